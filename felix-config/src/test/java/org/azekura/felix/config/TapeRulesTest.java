package org.azekura.felix.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of rules for tapes names tests: each of them is there. */
class TapeRulesTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|IT|Contract))\\.(\\w+)`");

    /** By name; two of one name are one. */
    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new HashMap<>();
        for (String room : List.of("core", "drivers", "bundles", "felix-config")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(room))) {
                for (Path file : files.filter(one -> one.toString().matches(".*/src/.*(Test|IT|Contract)\\.java")).toList()) {
                    sources.merge(file.getFileName().toString().replace(".java", ""), Files.readString(file), String::concat);
                }
            }
        }
        return sources;
    }

    @Test
    void everyTestThatIsNamedIsThere() throws IOException {
        Map<String, String> sources = sources();
        List<MatchResult> named = NAMED.matcher(Files.readString(ROOT.resolve("docs/tape-rules.md"))).results().toList();
        assertTrue(named.size() > 100, named.size() + " are named");
        List<String> missing = new ArrayList<>();
        for (MatchResult one : named) {
            String source = sources.getOrDefault(one.group(1), "");
            if (!Pattern.compile("@Test(?:(?!;).)*? void " + one.group(2) + "\\(", Pattern.DOTALL).matcher(source).find()) {
                missing.add(one.group());
            }
        }
        assertEquals(List.of(), missing);
    }
}
