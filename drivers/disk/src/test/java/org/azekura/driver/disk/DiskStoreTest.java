package org.azekura.driver.disk;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Stream;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.BlobWriter;
import org.azekura.testkit.device.BlobStoreContract;
import org.azekura.testkit.device.Blobs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskStoreTest implements BlobStoreContract {

    @TempDir
    Path dir;
    private DiskStore store;

    @Override
    public BlobStore store() {
        return store;
    }

    @BeforeEach
    void open() {
        store = new DiskStore(dir);
    }

    @Override
    @AfterEach
    public void close() {
        store.close();
    }

    @Test
    void keepsOthersOut() throws Exception {
        Blobs.put(store, "packs/3f/3f2a", new byte[1]);
        assertMode("rwx------", "packs");
        assertMode("rwx------", "packs/3f");
        assertMode("rw-------", "packs/3f/3f2a");
        assertMode("rwx------", ".tmp");
    }

    private void assertMode(String expected, String name) throws IOException {
        assertEquals(expected, PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve(name))), name);
    }

    @Test
    void leavesNoDraftBehind() throws Exception {
        Blobs.put(store, "done", new byte[1]);
        store.create("dropped").close();
        try (BlobWriter late = store.create("taken")) {
            Blobs.put(store, "taken", new byte[1]);
            assertRefused("blob.exists", late::commit);
        }
        assertEquals(0, drafts());
        assertEquals(1, Files.getAttribute(dir.resolve("done"), "unix:nlink"));
    }

    @Test
    void removesAtOpeningWhatAKilledRunLeft() throws Exception {
        Files.createDirectory(dir.resolve(".tmp"));
        Files.write(dir.resolve(".tmp/left"), new byte[100]);
        assertEquals(Map.of(), Blobs.list(store, ""));
        new DiskStore(dir);
        assertEquals(0, drafts());
    }

    @Test
    void doesNotRemoveWhatAnotherStoreIsWriting() throws Exception {
        try (BlobWriter writer = store.create("blob")) {
            writer.write(ByteBuffer.wrap(new byte[] {1, 2}));
            new DiskStore(dir);
            assertEquals(1, drafts());
            writer.commit();
        }
        assertArrayEquals(new byte[] {1, 2}, Blobs.get(store, "blob", 0, 2));
    }

    @Test
    void opensWhereItMayNotWriteAndStillReads() throws Exception {
        Blobs.put(store, "blob", new byte[] {5});
        Files.delete(dir.resolve(".tmp"));
        Files.write(dir.resolve(".tmp"), new byte[0]);
        DiskStore again = new DiskStore(dir);
        assertArrayEquals(new byte[] {5}, Blobs.get(again, "blob", 0, 1));
        assertRefused("device.io", () -> again.create("other"));
    }

    @Test
    void neverShowsItsOwnFolder() throws Exception {
        try (BlobWriter writer = store.create("blob")) {
            writer.write(ByteBuffer.allocate(1));
            String draft;
            try (Stream<Path> drafts = Files.list(dir.resolve(".tmp"))) {
                draft = ".tmp/" + drafts.findFirst().orElseThrow().getFileName();
            }
            assertRefused("blob.key", () -> store.size(draft));
            assertRefused("blob.key", () -> store.create(".tmp"));
            assertEquals(Map.of(), Blobs.list(store, ""));
            assertEquals(Map.of(), Blobs.list(store, ".tmp"));
        }
    }

    @Test
    void overlooksWhatIsNotABlob() throws Exception {
        Files.createDirectories(dir.resolve("lost+found/x"));
        Files.write(dir.resolve("lost+found/x/y"), new byte[1]);
        Files.write(dir.resolve("README.txt"), new byte[1]);
        Path outside = Files.createTempFile("outside", "");
        try {
            Files.createSymbolicLink(dir.resolve("link"), outside);
            Files.createSymbolicLink(dir.resolve("folder"), outside.getParent());
            assertEquals(Map.of(), Blobs.list(store, ""));
            assertEquals(-1, store.size("link"));
            assertRefused("blob.missing", () -> store.read("link", 0, ByteBuffer.allocate(1)));
            assertRefused("blob.exists", () -> store.create("link"));
            store.delete("link");
            assertTrue(Files.exists(outside));
            assertTrue(Files.isSymbolicLink(dir.resolve("link")));
        } finally {
            Files.delete(outside);
            Files.delete(dir.resolve("link"));
            Files.delete(dir.resolve("folder"));
        }
    }

    @Test
    void makesAFolderAgainThatSomebodyRemoved() throws Exception {
        Blobs.put(store, "packs/3f/one", new byte[1]);
        Files.delete(dir.resolve("packs/3f/one"));
        Files.delete(dir.resolve("packs/3f"));
        Blobs.put(store, "packs/3f/two", new byte[1]);
        assertEquals(1, store.size("packs/3f/two"));
    }

    @Test
    void aFolderThatIsGoneIsNotTakenForAnEmptyOne() throws Exception {
        Path root = Files.createDirectory(dir.resolve("mounted"));
        try (DiskStore other = new DiskStore(root)) {
            Files.delete(root);
            assertRefused("volume.missing", () -> other.list("", blob -> {}));
            assertRefused("volume.missing", () -> other.list("packs/", blob -> {}));
        }
    }

    @Test
    void saysThatTheDiskIsFull() throws Exception {
        // The kernel's own error: every write to this file finds no room.
        FileChannel full = FileChannel.open(Path.of("/dev/full"), StandardOpenOption.WRITE);
        Path draft = dir.resolve("draft");
        try (BlobWriter writer = new DiskWriter(store, "blob", draft, full, false)) {
            String message = assertRefused("device.full", () -> writer.write(ByteBuffer.allocate(10))).getMessage();
            assertTrue(message.contains("blob") && message.contains(dir.toString()), message);
        }
        assertFalse(full.isOpen());
    }

    private long drafts() throws IOException {
        try (Stream<Path> drafts = Files.list(dir.resolve(".tmp"))) {
            return drafts.count();
        }
    }
}
