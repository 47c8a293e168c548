package org.azekura.driver.sftp;

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
class SftpSettingsTest {

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
        assertEquals(Map.of("host", "String = ", "port", "Integer = 22", "user", "String = ", "path", "String = ", "hostKey", "String = ", "password", "Password = ",
                "privateKey", "Password = ", "passphrase", "Password = ", "connections", "Integer = 2", "timeout_s", "Integer = 60"), settings);
        assertEquals("org.azekura.driver.sftp", ((Element) form().getElementsByTagName("Designate").item(0)).getAttribute("factoryPid"));
    }

    private static Document form() throws Exception {
        try (InputStream in = SftpSettingsTest.class.getResourceAsStream("/OSGI-INF/metatype/org.azekura.driver.sftp.SftpDevice$Settings.xml")) {
            assertNotNull(in, "the metatype that bnd makes");
            return DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(in);
        }
    }
}
