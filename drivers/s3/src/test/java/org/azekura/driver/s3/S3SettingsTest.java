package org.azekura.driver.s3;

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
class S3SettingsTest {

    @Test
    void everySettingIsNamedAndDescribedAndHasTheDocumentedDefault() throws Exception {
        Document form;
        try (InputStream in = S3SettingsTest.class.getResourceAsStream("/OSGI-INF/metatype/org.azekura.driver.s3.S3Device$Settings.xml")) {
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
        assertEquals(new TreeMap<>(Map.ofEntries(Map.entry("endpoint", "String = "), Map.entry("region", "String = us-east-1"), Map.entry("bucket", "String = "),
                Map.entry("prefix", "String = "), Map.entry("credentials", "String = keys"), Map.entry("accessKey", "String = "), Map.entry("secret", "Password = "),
                Map.entry("pathStyle", "Boolean = true"), Map.entry("ca", "String = "), Map.entry("objectLock", "Boolean = false"), Map.entry("storageClass", "String = "),
                Map.entry("packsClass", "String = "), Map.entry("packsLeast_days", "Integer = -1"), Map.entry("upload_KiBps", "Integer = 0"), Map.entry("download_KiBps", "Integer = 0"),
                Map.entry("requests_ps", "Integer = 0"), Map.entry("price_GiB", "Double = 0.0"), Map.entry("price_kReads", "Double = 0.0"), Map.entry("price_kWrites", "Double = 0.0"),
                Map.entry("retrievalPrices", "String = "))), settings);
        assertEquals("org.azekura.driver.s3", ((Element) form.getElementsByTagName("Designate").item(0)).getAttribute("factoryPid"));
    }
}
