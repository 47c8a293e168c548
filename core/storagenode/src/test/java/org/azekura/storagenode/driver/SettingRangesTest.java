package org.azekura.storagenode.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Test;

class SettingRangesTest {

    private static final String METATYPE = """
            <metatype:MetaData xmlns:metatype="http://www.osgi.org/xmlns/metatype/v1.2.0">
              <OCD id="other"><AD id="drives" type="Integer" min="5"/></OCD>
              <OCD id="shelf">
                <AD id="drives" type="Integer" min="1" max="16"/>
                <AD id="slots" type="Integer" max="1000"><Option label="a" value="1"/></AD>
                <AD id="folder" type="String"/>
              </OCD>
            </metatype:MetaData>
            """;

    private static Map<String, SettingRanges.Range> read(String xml, String form) throws XMLStreamException {
        Map<String, SettingRanges.Range> ranges = new HashMap<>();
        SettingRanges.read(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)), form, ranges);
        return ranges;
    }

    @Test
    void readsTheBoundsOfOneFormOnly() throws Exception {
        assertEquals(Map.of("drives", new SettingRanges.Range("1", "16"), "slots", new SettingRanges.Range(null, "1000"), "folder", SettingRanges.Range.NONE),
                read(METATYPE, "shelf"));
        assertEquals(Map.of(), read(METATYPE, "nothing"));
    }
}
