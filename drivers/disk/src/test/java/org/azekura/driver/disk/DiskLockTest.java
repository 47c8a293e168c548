package org.azekura.driver.disk;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.azekura.api.device.BlobStore;
import org.azekura.testkit.device.BlobLockContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract of locks where the file system and whoever runs this can lock; what is said where they can't is in {@link FileLocksTest}. */
class DiskLockTest implements BlobLockContract {

    @TempDir
    Path dir;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private DiskStore store;

    @BeforeEach
    void open() throws IOException {
        assumeTrue(FileLocksTest.canLockIn(dir), "*** NOT TESTED: files can't be locked in " + dir);
        store = new DiskStore(dir, () -> now);
    }

    @AfterEach
    void free() throws IOException {
        try (Stream<Path> files = Files.walk(dir)) {
            for (Path file : files.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)).toList()) {
                FileLocks.lift(file);
            }
        }
    }

    @Override
    public BlobStore store() {
        return store;
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public void pass(Duration time) {
        now = now.plus(time);
    }
}
