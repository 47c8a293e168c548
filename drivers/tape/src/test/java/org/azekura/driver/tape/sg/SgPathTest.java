package org.azekura.driver.tape.sg;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.azekura.api.BackupException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is no SCSI device. Real ones are met by the slow test under another kernel. */
class SgPathTest {

    @TempDir
    Path dir;

    private static void assertNotOpened(Path device, String why) {
        BackupException e = assertRefused("device.io", () -> new SgPath(device).open());
        assertTrue(e.getMessage().startsWith(device + ": cannot be opened: ") && e.getMessage().contains(why), e.getMessage());
    }

    @Test
    void whatIsNotThereIsNotOpened() {
        assertNotOpened(dir.resolve("sg0"), "it does not exist");
    }

    @Test
    void whatIsNoDeviceOfTheDriverIsNotOpened() throws Exception {
        assertNotOpened(Files.writeString(dir.resolve("file"), "x"), "no device of the SCSI generic driver");
        assertNotOpened(dir, "no device of the SCSI generic driver");
        assertNotOpened(Path.of("/dev/null"), "no device of the SCSI generic driver");
        assertNotOpened(Path.of("/dev/" + "x".repeat(5000)), "error 36");
    }

    @Test
    void nothingStaysOpenOfWhatWasRefused() throws Exception {
        long before = descriptors();
        for (int i = 0; i < 20; i++) {
            assertNotOpened(Path.of("/dev/null"), "no device");
        }
        assertTrue(descriptors() < before + 10, "descriptors are left open");
    }

    private static long descriptors() throws Exception {
        try (var all = Files.list(Path.of("/proc/self/fd"))) {
            return all.count();
        }
    }
}
