package org.azekura.driver.simulator;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The component, and the form that the console draws, as the build made it. */
class SimulatorSettingsTest {

    @TempDir
    Path dir;

    @Test
    void everySettingIsNamedAndDescribedAndHasTheDocumentedDefault() throws Exception {
        Document form = form();
        Map<String, String> settings = new TreeMap<>();
        NodeList attributes = form.getElementsByTagName("AD");
        for (int i = 0; i < attributes.getLength(); i++) {
            Element attribute = (Element) attributes.item(i);
            String id = attribute.getAttribute("id");
            assertFalse(attribute.getAttribute("name").isBlank(), id);
            assertFalse(attribute.getAttribute("description").isBlank(), id);
            settings.put(id, attribute.getAttribute("type") + " = " + attribute.getAttribute("default"));
        }
        Map<String, String> expected = new TreeMap<>(Map.of("folder", "String = ", "drives", "Integer = 1", "slots", "Integer = 8", "mailSlots", "Integer = 1",
                "cartridges", "Integer = 0", "cleaning", "Integer = 1", "generation", "String = LTO-8", "capacity_MB", "Long = 0"));
        expected.putAll(Map.of("earlyWarning_MB", "Long = 0", "buffer_MB", "Integer = 16", "speed_MBps", "Integer = 0", "timeScale", "Double = 0.0",
                "faults", "String = "));
        assertEquals(expected, settings);
    }

    @Test
    void oneConfigurationIsOneLibrary() throws Exception {
        Element designate = (Element) form().getElementsByTagName("Designate").item(0);
        assertEquals("org.azekura.driver.simulator", designate.getAttribute("factoryPid"));
    }

    private static Document form() throws Exception {
        try (InputStream in = SimulatorSettingsTest.class
                .getResourceAsStream("/OSGI-INF/metatype/org.azekura.driver.simulator.SimulatorDevice$Settings.xml")) {
            assertNotNull(in, "the metatype that bnd makes");
            return DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(in);
        }
    }

    @Test
    void theComponentServesALibraryAndIsClosedForGood() throws Exception {
        SimulatorDevice device = new SimulatorDevice(settings(dir + "/library"));
        device.selfTest();
        assertEquals(1, device.drives().size());
        assertEquals(dir + "/library", device.location());
        device.close();
        assertRefused("device.closed", device::selfTest);
        SimulatorDevice unused = new SimulatorDevice(settings(dir + "/library"));
        unused.close();
        assertRefused("device.closed", unused::selfTest);
    }

    @Test
    void settingsThatWillNotDoEndTheActivation() {
        assertRefused("setting.folder", () -> new SimulatorDevice(settings("library")));
    }

    /** The defaults, and this folder. */
    private static SimulatorDevice.Settings settings(String folder) {
        return (SimulatorDevice.Settings) Proxy.newProxyInstance(SimulatorDevice.class.getClassLoader(), new Class<?>[] {SimulatorDevice.Settings.class},
                (proxy, method, args) -> method.getName().equals("folder") ? folder : method.getDefaultValue());
    }
}
