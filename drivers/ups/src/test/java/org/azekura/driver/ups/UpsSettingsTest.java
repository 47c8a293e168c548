package org.azekura.driver.ups;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The component, and the form that the console draws, as the build made it. */
class UpsSettingsTest {

    @Test
    void everySettingIsNamedAndDescribedAndHasTheDocumentedDefault() throws Exception {
        Document form;
        try (InputStream in = UpsSettingsTest.class.getResourceAsStream("/OSGI-INF/metatype/org.azekura.driver.ups.UpsDevice$Settings.xml")) {
            assertNotNull(in, "the metatype that bnd makes");
            form = DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(in);
        }
        Map<String, String> settings = new TreeMap<>();
        NodeList attributes = form.getElementsByTagName("AD");
        for (int i = 0; i < attributes.getLength(); i++) {
            Element attribute = (Element) attributes.item(i);
            String id = attribute.getAttribute("id");
            assertFalse(attribute.getAttribute("name").isBlank(), id);
            assertFalse(attribute.getAttribute("description").isBlank(), id);
            settings.put(id, attribute.getAttribute("type") + " = " + attribute.getAttribute("default"));
        }
        assertEquals(new TreeMap<>(Map.of("port", "String = ", "poll_ms", "Integer = 2000", "silence_s", "Integer = 15", "batteryWait_s", "Integer = 5",
                "mainsWait_s", "Integer = 60", "longest_s", "Integer = 0", "low_percent", "Integer = 0", "empty_V", "Double = 0.0", "full_V", "Double = 0.0")), settings);
        assertEquals("org.azekura.driver.ups", ((Element) form.getElementsByTagName("Designate").item(0)).getAttribute("factoryPid"));
    }

    @Test
    void settingsThatWillNotDoEndTheActivation() {
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(Map.of("port", "ttyS0"), Map.of("poll__ms", 10), Map.of("silence__s", 0), Map.of("mainsWait__s", -1),
                Map.of("low__percent", 20), Map.of("empty__V", 27.0, "full__V", 21.0), Map.of("full__V", Double.NaN), Map.of("longest__s", 100_000))) {
            Map<String, Object> all = new HashMap<>(Map.of("port", "/dev/ttyS0"));
            all.putAll(wrong);
            assertRefused("setting.value", () -> new UpsDevice(Settings.with(all)));
        }
    }
}
