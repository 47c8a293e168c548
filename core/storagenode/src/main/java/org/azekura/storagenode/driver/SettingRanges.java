package org.azekura.storagenode.driver;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The smallest and greatest values of settings: the metatype service only says whether a value is between them, so they are read where it reads them. */
final class SettingRanges {

    private static final Logger LOG = LoggerFactory.getLogger(SettingRanges.class);

    private SettingRanges() {}

    /** Either is null where there is no bound. */
    record Range(String least, String most) {
        static final Range NONE = new Range(null, null);
    }

    /** By the name of the setting, of one class of objects; nothing of files that can't be read, for they bound nothing. */
    static Map<String, Range> of(Bundle bundle, String objectClass) {
        Map<String, Range> ranges = new HashMap<>();
        Enumeration<URL> files = bundle.findEntries("OSGI-INF/metatype", "*.xml", false);
        for (URL file : files == null ? Collections.<URL>emptyList() : Collections.list(files)) {
            try (InputStream in = file.openStream()) {
                read(in, objectClass, ranges);
            } catch (IOException | XMLStreamException e) {
                LOG.warn("bundle {}: the ranges of its settings in {} can't be read: {}", bundle.getSymbolicName(), file.getPath(), e.getMessage());
            }
        }
        return ranges;
    }

    static void read(InputStream in, String objectClass, Map<String, Range> into) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        XMLStreamReader xml = factory.createXMLStreamReader(in);
        boolean here = false;
        while (xml.hasNext()) {
            if (xml.next() != XMLStreamConstants.START_ELEMENT) {
                continue;
            }
            if (xml.getLocalName().equals("OCD")) {
                here = objectClass.equals(xml.getAttributeValue(null, "id"));
            } else if (here && xml.getLocalName().equals("AD")) {
                into.put(xml.getAttributeValue(null, "id"), new Range(xml.getAttributeValue(null, "min"), xml.getAttributeValue(null, "max")));
            }
        }
    }
}
