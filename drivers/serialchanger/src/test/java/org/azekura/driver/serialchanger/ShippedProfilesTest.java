package org.azekura.driver.serialchanger;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.Changer;
import org.azekura.api.device.Drive;
import org.azekura.api.device.Element;
import org.azekura.api.device.ElementAddress;
import org.azekura.api.device.Library;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The profiles that ship, each on a robot that speaks as its documentation says; and the settings of the driver. */
class ShippedProfilesTest {

    @TempDir
    Path dir;

    private static ElementAddress at(int address) {
        return new ElementAddress(address);
    }

    static SerialChangerDevice.Settings settings(Map<String, Object> given) {
        return (SerialChangerDevice.Settings) Proxy.newProxyInstance(SerialChangerDevice.class.getClassLoader(), new Class<?>[] {SerialChangerDevice.Settings.class},
                (proxy, method, args) -> given.getOrDefault(method.getName(), method.getDefaultValue()));
    }

    private Map<String, Object> usual(String port, String profile, String cartridges) {
        return new HashMap<>(Map.of("port", port, "profile", profile, "cartridges", cartridges, "drives__of", "lib1", "notes", dir.resolve("notes").toString()));
    }

    private SerialChangerDevice device(String port, String profile, String cartridges) throws BackupException {
        return new SerialChangerDevice(Setup.check(settings(usual(port, profile, cartridges))), setup -> use -> null);
    }

    private static Element element(Changer changer, int address) throws BackupException {
        return changer.inventory().stream().filter(element -> element.address().equals(at(address))).findFirst().orElseThrow();
    }

    @Test
    void theLettersMoveFromTheTopOfOneStackToAnother() throws Exception {
        try (RobotSimulator robot = RobotSimulator.generic(dir)) {
            SerialChangerDevice device = device(robot.port(), "generic", "10=A1,11=A2,12=A3");
            Changer changer = device.changer().orElseThrow();
            device.selfTest();
            assertRefused("changer.address", () -> changer.move(at(10), at(500)));
            changer.move(at(12), at(500));
            assertEquals(Optional.of(new Barcode("A3")), element(changer, 500).barcode());
            assertEquals(0, element(changer, 500).drive().orElseThrow());
            assertRefused("changer.address", () -> changer.move(at(500), at(111)));
            assertRefused("changer.address", () -> changer.move(at(500), at(12)));
            changer.move(at(500), at(110));
            changer.move(at(11), at(500));
            changer.move(at(500), at(210));
            robot.answers("E07");
            assertRefused("device.hardware", () -> changer.move(at(10), at(500)));
            changer.initialise();
            assertEquals(List.of("V", "I", "A", "I", "G", "R", "I", "C"), robot.commands());
            assertEquals(Optional.of(new Barcode("A1")), element(changer, 10).barcode());
            device.close();
        }
    }

    @Test
    void theOtherOneGrabsAndPuts() throws Exception {
        try (RobotSimulator robot = RobotSimulator.rimage(dir)) {
            SerialChangerDevice device = device(robot.port(), "rimage", "100=A1");
            Changer changer = device.changer().orElseThrow();
            device.selfTest();
            changer.move(at(100), at(502));
            changer.move(at(502), at(200));
            assertEquals(List.of("\u001b!e1C", "\u001b!f12002C", "\u001b!f12431C", "\u001b!f12432C", "\u001b!f12011C"), robot.commands());
            robot.answers("\u001b!f11C\u0004");
            robot.answers("\u001b!f01365534C\u0004");
            assertRefused("device.hardware", () -> changer.move(at(200), at(500)));
            assertInstanceOf(Element.Unknown.class, element(changer, 200).content());
            assertEquals(4, device.drives().size());
            device.close();
        }
    }

    @Test
    void theDrivesAreThoseOfTheOtherDeviceWhileItIsThere() throws Exception {
        Drive lent = (Drive) Proxy.newProxyInstance(Drive.class.getClassLoader(), new Class<?>[] {Drive.class}, (proxy, method, args) -> {
            if (method.getName().equals("unload")) {
                throw BackupException.device("drive.empty", "lib1", "nothing in it", null);
            }
            return new Drive.Identity("v", "p", "r", "s");
        });
        Library library = (Library) Proxy.newProxyInstance(Library.class.getClassLoader(), new Class<?>[] {Library.class}, (proxy, method, args) -> List.of(lent));
        boolean[] there = {false};
        SerialChangerDevice device = new SerialChangerDevice(Setup.check(settings(usual("/dev/ttyS9", "rimage", ""))),
                setup -> use -> there[0] ? use.with(library) : null);
        List<Drive> drives = device.drives();
        assertEquals(drives, device.drives());
        assertEquals("drive 1 of lib1", drives.get(1).location());
        assertRefused("device.unserved", () -> drives.getFirst().identity());
        there[0] = true;
        assertEquals("s", drives.getFirst().identity().serial());
        assertRefused("drive.empty", () -> drives.getFirst().unload());
        assertRefused("device.unserved", () -> drives.get(1).identity());
        device.close();
        assertRefused("device.closed", () -> drives.getFirst().identity());
    }

    @Test
    void settingsThatWillNotDoAreRefused() {
        for (Map.Entry<String, String> wrong : Map.of("port", "ttyS0", "profile", "none", "drives__of", "", "notes", "/none/at/all", "cartridges", "9999=A1").entrySet()) {
            Map<String, Object> given = usual("/dev/ttyS0", "generic", "10=A1");
            given.put(wrong.getKey(), wrong.getValue());
            assertRefused("setting." + wrong.getKey().replace("__", "_"), () -> Setup.check(settings(given)));
        }
        for (String cartridges : List.of("10=A1,10=A2", "10=A1,11=A1", "x", "10=")) {
            assertRefused("setting.cartridges", () -> Setup.check(settings(usual("/dev/ttyS0", "generic", cartridges))));
        }
    }
}
