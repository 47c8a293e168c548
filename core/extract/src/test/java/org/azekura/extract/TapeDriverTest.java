package org.azekura.extract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.Library;
import org.azekura.driver.tape.PlainLibrary;
import org.azekura.testkit.tape.Vtl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as it is, on a robot and drives that speak SCSI. */
class TapeDriverTest {

    @TempDir
    Path dir;

    @Test
    void aCartridgeIsReadByTheDriverOfTapeDrives() throws Exception {
        Vtl.assumeUsable();
        VolumeMaker.make(dir, 30);
        Path key = dir.resolve("recovery.txt");
        Called.with(dir.resolve("volume"), "--key", key, "--to", dir.resolve("sound")).exits(0);
        try (Vtl vtl = Vtl.start(dir)) {
            Library library = PlainLibrary.open(vtl.changer(), List.of(vtl.drive(0), vtl.drive(1)), "");
            Reel.on(library, new Barcode("VT0002L5"), dir.resolve("volume"), dir);
            ((AutoCloseable) library).close();
            Called.with(vtl.drive(0), vtl.drive(1), "--changer", vtl.changer(), "--barcode", "VT0002L5", "--key", key, "--to", dir.resolve("restored")).exits(0);
            vtl.account("reader", "a-secret-of-ours", "library", "a-secret-of-tgtd");
            Path account = Files.writeString(dir.resolve("chap"), "user=reader\nsecret=a-secret-of-ours\ntargetUser=library\ntargetSecret=a-secret-of-tgtd\n");
            Files.setPosixFilePermissions(account, PosixFilePermissions.fromString("rw-------"));
            Called.with(vtl.drive(0), "--changer", vtl.changer(), "--barcode", "VT0002L5", "--key", key, "--to", dir.resolve("unknown")).exits(1);
            Called.with(vtl.drive(0), "--changer", vtl.changer(), "--chap-file", account, "--barcode", "VT0002L5", "--key", key, "--to", dir.resolve("known")).exits(0);
        }
        assertEquals(Restored.list(dir.resolve("sound")), Restored.list(dir.resolve("known")));
        assertEquals(Restored.list(dir.resolve("sound")), Restored.list(dir.resolve("restored")));
    }
}
