package org.azekura.packages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ManifestTextTest {

    private static final String TEXT = """
            azekura-driver: 1
            name: demo
            version: 1.2.3
            kind: device
            publisher: Ärzte ohne Tape
            licence: Apache-2.0
            needs: org.azekura.api [0.1.0,1.0.0)
            needs: org.azekura.api.device [0.1.0,1.0.0)
            bundle: bundles/org.azekura.driver.demo.jar
            family: Directory
            family: File share
            note: Keeps what it gets.
            note: And that is all.
            """;

    @Test
    void isWrittenAsTheGrammarSays() throws Flaw {
        assertEquals(TEXT, new String(ManifestText.encode(Made.manifest()), UTF_8));
        assertEquals(Made.manifest(), ManifestText.decode(TEXT.getBytes(UTF_8)));
    }

    @Test
    void saysWhatIsWrong() {
        Map<String, String> wrong = Map.ofEntries(Map.entry("azekura-driver: 1", "azekura-driver: 2"), Map.entry("name: demo", "name: Demo"),
                Map.entry("version: 1.2.3", "version: 1.2"), Map.entry("kind: device", "kind: printer"), Map.entry("publisher: Ä", "publisher:  Ä"),
                Map.entry("licence: Apache-2.0\n", ""), Map.entry("api.device [", "aaa ["), Map.entry("bundle: bundles/", "bundle: "),
                Map.entry("family: Directory\n", "family: Directory\nnote: x\n"), Map.entry("that is all.", "that is all.\nmore: x"),
                Map.entry("0.1.0,1.0.0)", "0.1.0,1.0.0]"), Map.entry("bundle: bundles/org.azekura.driver.demo.jar\n", ""), Map.entry("all.\n", "all."),
                Map.entry("And", "\u0007"), Map.entry("demo\n", "demo\r\n"));
        wrong.forEach((from, to) -> {
            String text = TEXT.replaceFirst(Pattern.quote(from), Matcher.quoteReplacement(to));
            Flaw flaw = assertThrows(Flaw.class, () -> ManifestText.decode(text.getBytes(UTF_8)), from);
            assertTrue(flaw.getMessage().contains("manifest"), flaw.getMessage());
        });
        assertThrows(Flaw.class, () -> ManifestText.decode(new byte[] {(byte) 0xff, '\n'}));
    }
}
