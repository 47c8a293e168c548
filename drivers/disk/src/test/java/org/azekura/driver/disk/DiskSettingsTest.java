package org.azekura.driver.disk;

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

/** Reads the form that the console draws, as the build made it. */
class DiskSettingsTest {

    @Test
    void everySettingIsNamedAndDescribedAndHasTheDocumentedDefault() throws Exception {
        Document form = form();
        Element head = (Element) form.getElementsByTagName("OCD").item(0);
        assertFalse(head.getAttribute("name").isBlank());
        assertFalse(head.getAttribute("description").isBlank());
        Map<String, String> settings = new TreeMap<>();
        NodeList attributes = form.getElementsByTagName("AD");
        for (int i = 0; i < attributes.getLength(); i++) {
            Element attribute = (Element) attributes.item(i);
            String id = attribute.getAttribute("id");
            assertFalse(attribute.getAttribute("name").isBlank(), id);
            assertFalse(attribute.getAttribute("description").isBlank(), id);
            settings.put(id, attribute.getAttribute("type") + " = " + attribute.getAttribute("default"));
        }
        assertEquals(Map.of("path", "String = "), settings);
    }

    @Test
    void oneConfigurationIsOneDevice() throws Exception {
        Element designate = (Element) form().getElementsByTagName("Designate").item(0);
        assertEquals("org.azekura.driver.disk", designate.getAttribute("factoryPid"));
    }

    private static Document form() throws Exception {
        try (InputStream in = DiskSettingsTest.class.getResourceAsStream("/OSGI-INF/metatype/org.azekura.driver.disk.DiskDevice$Settings.xml")) {
            assertNotNull(in, "the metatype that bnd makes");
            return DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(in);
        }
    }
}
