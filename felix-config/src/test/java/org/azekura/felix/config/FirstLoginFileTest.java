package org.azekura.felix.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstLoginFileTest {

    @TempDir
    Path folder;

    @Test
    void isThereForItsOwnerUntilThePasswordIsUsed() throws Exception {
        Path file = folder.resolve("first");
        CountDownLatch asked = new CountDownLatch(1);
        AtomicBoolean used = new AtomicBoolean();
        new FirstLoginFile(file).show(new FirstPassword("admin", "once", "", () -> {
            asked.countDown();
            return used.get();
        }));
        asked.await();
        assertEquals("admin\nonce\n", Files.readString(file));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        used.set(true);
        assertTimeoutPreemptively(Duration.ofMinutes(2), () -> {
            while (Files.exists(file)) {
                Thread.onSpinWait();
            }
        });
    }

    /** Who is told to end while he starts. */
    @Test
    void isGoneAtTheEndAndDoesNotComeBehindIt() throws Exception {
        Path file = folder.resolve("first");
        FirstLoginFile shown = new FirstLoginFile(file);
        shown.show(new FirstPassword("admin", "once", "it is short", () -> false));
        assertEquals("admin\nonce\nit is short\n", Files.readString(file));
        shown.close();
        assertFalse(Files.exists(file));
        shown.show(new FirstPassword("admin", "once", "", () -> false));
        assertFalse(Files.exists(file));
    }

    @Test
    void takesAwayWhatAKilledProcessHasLeft() throws Exception {
        Path file = Files.writeString(folder.resolve("first"), "admin\nbefore\n");
        new FirstLoginFile(file);
        assertFalse(Files.exists(file));
    }
}
