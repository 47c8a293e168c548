package org.azekura.testkit.tape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.azekura.testkit.Daemon;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** That the peers come, go, and come back where they were. What they answer is tested by those who talk to them. */
@Timeout(300)
class PeersTest {

    @TempDir
    Path dir;

    @Test
    void twoLibrariesRunAtOnceAndOneComesBackAfterAKill() throws Exception {
        Vtl.assumeUsable();
        try (Vtl one = Vtl.start(Files.createDirectory(dir.resolve("one"))); Vtl other = Vtl.start(Files.createDirectory(dir.resolve("two")), 1)) {
            assertNotEquals(one.port(), other.port());
            one.insert(Vtl.FIRST_MAIL_SLOT, "NEW001L5");
            assertTrue(Files.size(one.medium("NEW001L5")) > 0);
            assertThrows(IllegalStateException.class, () -> one.insert(Vtl.FIRST_SLOT + Vtl.SLOTS, "NEW002L5"), "there is no such slot");
            one.remove(Vtl.FIRST_MAIL_SLOT);
            one.insert(Vtl.FIRST_MAIL_SLOT, "NEW002L5");
            String url = one.changer();
            one.kill();
            assertFalse(Daemon.listens(one.port()));
            assertTrue(Daemon.listens(other.port()));
            one.restart();
            assertTrue(Daemon.listens(one.port()));
            assertEquals(url, one.changer());
        }
    }

    @Test
    void aDriveComesBackAfterAKill() throws Exception {
        Istgt.assumeUsable();
        try (Istgt drive = Istgt.start(dir)) {
            int port = drive.port();
            drive.kill();
            assertFalse(Daemon.listens(port));
            drive.restart();
            assertTrue(Daemon.listens(port));
        }
    }
}
