package org.azekura.felix.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationFilesTest {

    @TempDir
    Path folder;

    @Test
    void readsTypesAndComments() throws Exception {
        write("a.json", "// mine\n{ \"p\": { \"text\": \"x\", \"whole:Integer\": 5, \"many\": [ \"a\" ] } }");
        var settings = ConfigurationFiles.read(List.of(folder)).get("p");
        assertEquals("x", settings.get("text"));
        assertEquals(5, settings.get("whole"));
        assertEquals(List.of("a"), List.of((Object[]) settings.get("many")));
    }

    @Test
    void laterFolderOverridesSingleKeys() throws Exception {
        Path mine = Files.createDirectory(folder.resolve("mine"));
        write("defaults.json", "{\"p\": {\"a\": \"1\", \"b\": \"2\"}, \"q\": {}}");
        Files.writeString(mine.resolve("any.json"), "{\"p\": {\"b\": \"3\"}}");
        assertEquals(Map.of("p", Map.of("a", "1", "b", "3"), "q", Map.of()), ConfigurationFiles.read(List.of(folder, mine)));
    }

    @Test
    void refusesAPidInTwoFiles() throws Exception {
        write("a.json", "{\"p\": {}}");
        write("b.json", "{\n\n\"p\": {}}");
        assertRefused("b.json, line 3: ", "\"p\" is also set in " + folder.resolve("a.json"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\\n\"p\": {\\n\"k\": 1,,\\n}}          | 3 | COMMA",
        "[1]                                      | 1 | does not begin with {",
        "{\\n\"p\": 5}                            | 2 | \"p\": 5",
        "{\"\": {}}                               | 1 | \"\"",
        "{\"p\": {\\n\"k\": null}}                | 2 | \"k\" is null",
        "{\"p\": {\\n\\n\"k:Integer\": \"x\"}}    | 3 | k:Integer",
        "{\"p\": {\\n\"k:Colour\": \"x\"}}        | 2 | k:Colour",
        "{\"p\": {}, \\n\"p\": {}}                | 2 | 'p'",
        "{\"p\": {}}\\n rest                      | 2 | Unexpected char",
        "{\"p\": {                                | 1 | EOF"})
    void refusesWithLineAndFault(String text, int line, String fault) throws IOException {
        write("a.json", text.replace("\\n", "\n"));
        assertRefused("configuration file " + folder.resolve("a.json") + ", line " + line + ": ", fault);
    }

    @Test
    void refusesEmptyLargeAndUndecodableFiles() throws IOException {
        write("a.json", "");
        assertRefused("a.json, line 1: ", "EOF");
        Files.write(folder.resolve("a.json"), new byte[] {'{', (byte) 0xff, '}'});
        assertRefused("a.json, line 1: ", "UTF-8");
        Files.write(folder.resolve("a.json"), new byte[(int) ConfigurationFile.MAX_BYTES + 1]);
        assertRefused("a.json, line 1: ", "1048577 bytes");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private void assertRefused(String... parts) {
        var refused = assertThrows(StartFailure.class, () -> ConfigurationFiles.read(List.of(folder)));
        assertEquals(2, refused.exitCode());
        assertEquals(1, refused.getMessage().lines().count());
        for (String part : parts) {
            assertTrue(refused.getMessage().contains(part), refused.getMessage());
        }
    }
}
