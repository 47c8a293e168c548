package org.azekura.driver.tape.scsi;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.azekura.api.BackupException;
import org.azekura.driver.tape.iscsi.IscsiPath;
import org.azekura.driver.tape.sg.SgPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScsiAddressTest {

    private static IscsiPath iscsi(String url) throws BackupException {
        return assertInstanceOf(IscsiPath.class, ScsiAddress.parse(url));
    }

    @Test
    void takesTargetsByNameAndNumber() throws Exception {
        IscsiPath path = iscsi("iscsi://lib.example.com:3261/iqn.2020-01.com.example:tape.a/12");
        assertEquals("lib.example.com", path.host());
        assertEquals(3261, path.port());
        assertEquals("iqn.2020-01.com.example:tape.a", path.target());
        assertEquals(12, path.lun());
        assertEquals("iscsi://lib.example.com:3261/iqn.2020-01.com.example:tape.a/12", path.location());
        assertTrue(path.initiator().matches("iqn\\.2026-01\\.org\\.azekura:[a-z0-9.-]+"), path.initiator());
        assertEquals(3260, iscsi("iscsi://10.0.0.5/iqn.2020-01.com.example:t/0").port());
        assertEquals("fd00::5", iscsi("iscsi://[fd00::5]:1/eui.02004567A425678D/16383").host());
    }

    @Test
    void takesDevicesOfThisHost() throws Exception {
        assertEquals(new SgPath(Path.of("/dev/sg3")), ScsiAddress.parse(" /dev/sg3 "));
        assertEquals("/dev/tape/by-id/scsi-1-changer", ScsiAddress.parse("/dev/tape/by-id/scsi-1-changer").location());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sg3", "/etc/passwd", "/dev/", "iscsi://host/target", "iscsi://host/target/", "iscsi://host/target/x", "iscsi:///t/0", "http://host/t/0",
        "iscsi://host:0/t/0", "iscsi://host:65536/t/0", "iscsi://host/t/16384", "iscsi://user@host:x/t/0", "iscsi://fd00::5/t/0"})
    void refusesWhatIsNoAddressAndSaysWhatWouldDo(String url) {
        BackupException e = assertRefused("setting.drives", () -> ScsiAddress.parse("drives", url));
        assertTrue(e.getMessage().startsWith("the setting drives = " + url + " will not do: "), e.getMessage());
    }
}
