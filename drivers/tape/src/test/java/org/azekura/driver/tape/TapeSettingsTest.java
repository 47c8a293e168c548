package org.azekura.driver.tape;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.azekura.api.device.ElementAddress;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The component, and the form that the console draws, as the build made it. */
class TapeSettingsTest {

    @Test
    void everySettingIsNamedAndDescribedAndHasTheDocumentedDefault() throws Exception {
        Map<String, String> settings = new TreeMap<>();
        NodeList attributes = form().getElementsByTagName("AD");
        for (int i = 0; i < attributes.getLength(); i++) {
            Element attribute = (Element) attributes.item(i);
            String id = attribute.getAttribute("id");
            assertFalse(attribute.getAttribute("name").isBlank(), id);
            assertFalse(attribute.getAttribute("description").isBlank(), id);
            settings.put(id, attribute.getAttribute("type") + " = " + attribute.getAttribute("default"));
        }
        assertEquals(Map.of("changer", "String = ", "drives", "String = ", "driveElements", "String = ", "longestBlock_KiB", "Integer = 1024",
                "protectBlocks", "Boolean = true", "chapFile", "String = ", "recordings", "String = "), settings);
        assertEquals("org.azekura.driver.tape", ((Element) form().getElementsByTagName("Designate").item(0)).getAttribute("factoryPid"));
    }

    private static Document form() throws Exception {
        try (InputStream in = TapeSettingsTest.class.getResourceAsStream("/OSGI-INF/metatype/org.azekura.driver.tape.TapeDevice$Settings.xml")) {
            assertNotNull(in, "the metatype that bnd makes");
            return DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(in);
        }
    }

    @Test
    void namesDrivesAndChangerAndWhereTheyAre() throws Exception {
        TapeLibrary.Setup setup = TapeDevice.setup(settings("/dev/sg3", " /dev/sg4 , iscsi://host/target/1", "256,257", 1024));
        assertEquals("/dev/sg3", setup.changer().orElseThrow().location());
        assertEquals(List.of("/dev/sg4", "iscsi://host/target/1"), setup.drives().stream().map(path -> path.location()).toList());
        assertEquals(List.of(new ElementAddress(256), new ElementAddress(257)), setup.elements());
        assertEquals(1 << 20, setup.mostBlock());
        assertEquals(Optional.empty(), TapeDevice.setup(settings("", "/dev/sg4", "", 64)).changer());
    }

    @Test
    void settingsThatWillNotDoEndTheActivation() {
        assertRefused("setting.drives", () -> TapeDevice.setup(settings("", "", "", 1024)));
        assertRefused("setting.drives", () -> TapeDevice.setup(settings("/dev/sg3", null, "", 1024)));
        assertRefused("setting.drives", () -> TapeDevice.setup(settings("", "/dev/sg4,/dev/sg4", "", 1024)));
        assertRefused("setting.changer", () -> TapeDevice.setup(settings("/dev/sg4", "/dev/sg4", "", 1024)));
        assertRefused("setting.driveElements", () -> TapeDevice.setup(settings("", "/dev/sg4", "1,2", 1024)));
        assertRefused("setting.driveElements", () -> TapeDevice.setup(settings("", "/dev/sg4", "x", 1024)));
        assertRefused("setting.drives", () -> TapeDevice.setup(settings("", "/etc/passwd", "", 1024)));
        assertRefused("setting.changer", () -> TapeDevice.setup(settings("iscsi://host", "/dev/sg4", "", 1024)));
        assertRefused("setting.recordings", () -> TapeDevice.setup(settings("", "/dev/sg4", "", 1024, "/dev/null")));
        assertRefused("setting.recordings", () -> TapeDevice.setup(settings("", "/dev/sg4", "", 1024, "tmp")));
        assertRefused("setting.longestBlock_KiB", () -> TapeDevice.setup(settings("", "/dev/sg4", "", 32)));
    }

    @Test
    void theComponentServesALibraryThatIsNotTouchedBeforeItIsUsedAndIsClosedForGood() throws Exception {
        TapeDevice device = new TapeDevice(settings("", "/dev/sg999", "", 1024));
        assertEquals("/dev/sg999", device.location());
        assertEquals(1, device.drives().size());
        assertRefused("device.io", device::selfTest);
        device.close();
        assertRefused("device.closed", device::selfTest);
    }

    private static TapeDevice.Settings settings(String changer, String drives, String elements, int longest) {
        return settings(changer, drives, elements, longest, "");
    }

    private static TapeDevice.Settings settings(String changer, String drives, String elements, int longest, String recordings) {
        Map<String, Object> values = new HashMap<>(Map.of("changer", changer, "driveElements", elements, "longestBlock__KiB", longest, "protectBlocks", true,
                "chapFile", "", "recordings", recordings));
        values.put("drives", drives);
        return (TapeDevice.Settings) Proxy.newProxyInstance(TapeDevice.class.getClassLoader(), new Class<?>[] {TapeDevice.Settings.class},
                (proxy, method, args) -> values.get(method.getName()));
    }
}
