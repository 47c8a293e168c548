package org.azekura.driver.sftp;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.BlobWriter;
import org.azekura.api.device.Traffic;
import org.azekura.testkit.device.BlobStoreContract;
import org.azekura.testkit.device.Blobs;
import org.azekura.testkit.sftp.Sshd;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On OpenSSH's own server. */
class SftpStoreTest implements BlobStoreContract {

    @TempDir
    static Path dir;
    private static Sshd server;
    private static int folders;

    private Path root;
    private SftpStore store;

    @BeforeAll
    static void serve() throws Exception {
        server = new Sshd(dir, "internal-sftp");
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void open() throws Exception {
        root = dir.resolve("store-" + folders++);
        store = new SftpStore(given().check());
    }

    private Given given() throws Exception {
        return Given.of(server).with("path", root.toString());
    }

    @Override
    public BlobStore store() {
        return store;
    }

    @Override
    @AfterEach
    public void close() {
        store.close();
    }

    @Test
    void keepsFilesForTheirUserAloneAndLeavesNoDraft() throws Exception {
        Blobs.put(store, "packs/3f/pack", new byte[5]);
        try (BlobWriter dropped = store.create("packs/3f/other")) {
            dropped.write(ByteBuffer.allocate(100_000));
        }
        store.size("packs/3f/other"); // what nobody waits for is done before what comes after it
        for (String folder : List.of("", ".tmp", "packs", "packs/3f")) {
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve(folder))), folder);
        }
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("packs/3f/pack"))));
        assertEquals(List.of(), drafts());
    }

    @Test
    void countsTheBytesOfFilesAndTheRequests() throws Exception {
        Traffic before = store.traffic().orElseThrow();
        Blobs.put(store, "packs/3f/pack", new byte[100_000]);
        Traffic put = store.traffic().orElseThrow();
        assertTrue(put.minus(before).bytesIn() >= 100_000 && put.minus(before).bytesIn() < 101_000, put::toString);
        Blobs.get(store, "packs/3f/pack", 10, 1000);
        Traffic read = store.traffic().orElseThrow().minus(put);
        assertTrue(read.bytesOut() == 1000 && read.reads() >= 2 && read.writes() == 0, read::toString);
    }

    @Test
    void putsABlobInThePlaceOfAnother() throws Exception {
        assertTrue(store.capabilities().replace() && store.capabilities().atomicPut());
        for (byte[] content : List.of(new byte[] {1, 2, 3}, new byte[] {4})) {
            try (BlobWriter writer = store.replace("packs/blob")) {
                writer.write(ByteBuffer.wrap(content));
                writer.commit();
            }
            assertArrayEquals(content, Blobs.get(store, "packs/blob", 0, 10));
        }
        try (BlobWriter dropped = store.replace("packs/blob")) {
            dropped.write(ByteBuffer.allocate(9));
        }
        assertEquals(Map.of("packs/blob", 1L), Blobs.list(store, ""));
        assertEquals(List.of(), drafts());
    }

    @Test
    void neitherListsNorReadsWhatIsNoBlob() throws Exception {
        Blobs.put(store, "packs/blob", new byte[1]);
        Files.createSymbolicLink(root.resolve("packs/link"), root.resolve("packs/blob"));
        Files.createSymbolicLink(root.resolve("elsewhere"), dir.resolve("store-0"));
        Files.write(root.resolve("packs/README"), new byte[1]);
        Files.createDirectory(root.resolve("lost+found"));
        assertEquals(Map.of("packs/blob", 1L), Blobs.list(store, ""));
        assertEquals(-1, store.size("packs/link"));
        assertRefused("blob.missing", () -> store.read("packs/link", 0, ByteBuffer.allocate(1)));
        assertRefused("blob.exists", () -> store.create("packs/link"));
    }

    @Test
    void listsMoreNamesThanComeAtOnce() throws Exception {
        store.space();
        Map<String, Long> all = new TreeMap<>();
        for (int i = 0; i < 2000; i++) {
            String key = i < 1500 ? "packs/" + i : "packs/" + i % 40 + "-more/" + i;
            Files.createDirectories(root.resolve(key).getParent());
            Files.write(root.resolve(key), new byte[i % 3]);
            all.put(key, (long) i % 3);
        }
        assertEquals(all, Blobs.list(store, ""));
        all.keySet().removeIf(key -> !key.startsWith("packs/12"));
        assertEquals(all, Blobs.list(store, "packs/12"));
    }

    @Test
    void removesDraftsThatNobodyWritesAnyMore() throws Exception {
        try (BlobWriter mine = store.create("blob")) {
            String[] name = drafts().getFirst().split("\\.");
            String own = name[0] + ".%d." + name[2];
            Path drafts = root.resolve(".tmp");
            Files.write(drafts.resolve(own.formatted(1)), new byte[1]); // of another process, which runs
            Files.write(drafts.resolve(own.formatted(4_194_305)), new byte[1]); // of none: more than Linux counts to
            Files.write(drafts.resolve(own.formatted(ProcessHandle.current().pid()).replace(name[2], UUID.randomUUID().toString())), new byte[1]); // of a version of this that is gone
            Files.write(drafts.resolve("0123456789abcdef.1." + name[2]), new byte[1]); // of another host
            Path old = Files.write(drafts.resolve("0123456789abcdef.2." + name[2]), new byte[1]);
            Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Drafts.ABANDONED).minusSeconds(60)));
            Files.write(drafts.resolve("notes"), new byte[1]);
            List<String> left = List.of("0123456789abcdef.1." + name[2], own.formatted(1), String.join(".", name), "notes");
            try (SftpStore other = new SftpStore(given().check())) {
                other.space();
                assertEquals(left.stream().sorted().toList(), drafts());
            }
            mine.write(ByteBuffer.allocate(3));
            mine.commit();
        }
        assertEquals(3, store.size("blob"));
    }

    @Test
    void letsNoOtherServerNearTheBackups() throws Exception {
        for (String wrong : List.of("", "SHA256:" + "A".repeat(43))) {
            try (SftpStore other = new SftpStore(given().with("hostKey", wrong).check())) {
                String message = assertRefused("setting.hostKey", other::space).getMessage();
                assertTrue(message.contains(server.fingerprint() + " (ssh-ed25519)"), message);
            }
        }
        try (SftpStore one = new SftpStore(given().with("hostKey", "SHA256:" + "A".repeat(43) + " " + server.fingerprint()).check())) {
            one.space();
        }
    }

    @Test
    void saysWhoIsNotLetIn() throws Exception {
        Sshd.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", dir.resolve("stranger").toString());
        try (SftpStore other = new SftpStore(given().with("privateKey", Files.readString(dir.resolve("stranger"))).check())) {
            String message = assertRefused("device.denied", other::selfTest).getMessage();
            assertTrue(message.contains(server.user()) && message.contains("the key SHA256:"), message);
        }
    }

    @Test
    void saysWhichFolderWillNotDo() throws Exception {
        Path file = Files.write(dir.resolve("file-" + folders), new byte[1]);
        for (Path wrong : List.of(file, file.resolve("below"), dir.resolve("no/such"))) {
            try (SftpStore other = new SftpStore(given().with("path", wrong.toString()).check())) {
                assertRefused("setting.path", other::space);
            }
        }
    }

    private List<String> drafts() throws IOException {
        try (Stream<Path> drafts = Files.list(root.resolve(".tmp"))) {
            return drafts.map(draft -> draft.getFileName().toString()).sorted().toList();
        }
    }

    /** Where the file system has a number; another says nothing. */
    @Test
    void isTheSamePlaceWhateverBecameOfItsFolder() throws Exception {
        store.space();
        Optional<String> place = store.place();
        Assumptions.assumeTrue(place.isPresent(), "the file system of " + dir + " has no number");
        Files.move(root, dir.resolve("aside-" + folders));
        assertEquals(place, store.place());
        store.remake(place.get());
        Blobs.put(store, "packs/blob", new byte[] {1});
        assertTrue(Files.exists(root.resolve("packs/blob")));
        assertEquals(place, store.place());
        assertRefused("volume.missing", () -> store.remake("in another"));
        Path other = Files.createDirectory(dir.resolve("other-" + folders));
        try (SftpStore elsewhere = new SftpStore(Given.of(server).with("path", other.toString()).check())) {
            assertNotEquals(place, elsewhere.place());
        }
    }
}
