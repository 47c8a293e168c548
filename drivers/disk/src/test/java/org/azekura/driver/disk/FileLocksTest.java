package org.azekura.driver.disk;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobLock;
import org.azekura.testkit.device.Blobs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLocksTest {

    private static final Instant LATER = Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);

    @TempDir
    Path dir;
    private DiskStore store;
    /** Whether this file system and whoever runs this can lock at all: that it can't is said then, and shown as well. */
    private boolean locks;

    @BeforeEach
    void open() throws Exception {
        store = new DiskStore(dir);
        Blobs.put(store, "packs/blob", new byte[] {1, 2, 3});
        locks = canLockIn(dir);
    }

    static boolean canLockIn(Path dir) throws IOException {
        Path probe = Files.createFile(dir.resolve("PROBE"));
        try {
            ImmutableFlag.set(probe, true);
            ImmutableFlag.set(probe, false);
            return true;
        } catch (ImmutableFlag.Refused e) {
            System.out.println("*** only the refusal is tested: " + e.getMessage());
            return false;
        } finally {
            Files.delete(probe);
        }
    }

    @AfterEach
    void free() throws IOException {
        store.close();
        try (Stream<Path> files = Files.walk(dir)) {
            for (Path file : files.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)).toList()) {
                FileLocks.lift(file);
            }
        }
    }

    private static BlobLock until(Instant time) {
        return new BlobLock(BlobLock.Mode.GOVERNANCE, time);
    }

    @Test
    void rootCanNeitherRemoveNorWriteALockedFile() throws Exception {
        if (!locks) {
            assertRefused("device.unsupported", () -> store.extend("packs/blob", until(LATER)));
            assertEquals(Optional.empty(), store.lock("packs/blob"));
            return;
        }
        store.extend("packs/blob", until(LATER));
        Path file = dir.resolve("packs/blob");
        assertThrows(IOException.class, () -> Files.delete(file));
        assertThrows(IOException.class, () -> Files.write(file, new byte[1]));
        assertThrows(IOException.class, () -> Files.move(file, dir.resolve("elsewhere")));
        assertRefused("blob.locked", () -> store.delete("packs/blob"));
        assertArrayEquals(new byte[] {1, 2, 3}, Blobs.get(store, "packs/blob", 0, 3));
        assertEquals(Map.of("packs/blob", 3L), Blobs.list(store, ""));
    }

    @Test
    void aLockThatWasCutOffIsKeptAndMadeWhole() throws Exception {
        if (locks) {
            store.extend("packs/blob", until(LATER));
            ImmutableFlag.set(dir.resolve("packs/blob"), false);
            assertEquals(Optional.empty(), store.lock("packs/blob"));
            assertRefused("blob.locked", () -> store.delete("packs/blob"));
            store.extend("packs/blob", until(LATER));
            assertEquals(Optional.of(until(LATER)), store.lock("packs/blob"));
        }
    }

    @Test
    void saysWhatItCanNotLock() throws BackupException {
        assertRefused("blob.missing", () -> store.extend("packs", until(LATER)));
        assertRefused("blob.missing", () -> store.extend("packs/none", until(LATER)));
        assertRefused("blob.missing", () -> store.lock("packs/none"));
        assertRefused("device.unsupported", () -> store.extend("packs/blob", new BlobLock(BlobLock.Mode.COMPLIANCE, LATER)));
    }
}
