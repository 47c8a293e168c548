package org.azekura.driver.serialchanger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The form that the console draws, as the build made it. */
class SerialChangerSettingsTest {

    @Test
    void everySettingIsNamedAndDescribedAndHasTheDocumentedDefault() throws Exception {
        Document form;
        try (InputStream in = SerialChangerSettingsTest.class.getResourceAsStream("/OSGI-INF/metatype/org.azekura.driver.serialchanger.SerialChangerDevice$Settings.xml")) {
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
        assertEquals(new TreeMap<>(Map.of("port", "String = ", "profile", "String = generic", "drives_of", "String = ", "notes", "String = ", "cartridges", "String = ")),
                settings);
        assertEquals("org.azekura.driver.serialchanger", ((Element) form.getElementsByTagName("Designate").item(0)).getAttribute("factoryPid"));
    }
}
