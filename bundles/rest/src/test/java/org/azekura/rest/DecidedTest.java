package org.azekura.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.azekura.rest.call.Json;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Of each operation that changes something it is decided, and written down with why, whether it is a dangerous act. */
class DecidedTest {

    private static final Path DECISIONS = Path.of("../../docs/decisions/0059-two-persons-and-a-delay.md");
    private static final Pattern ROW = Pattern.compile("\\| `([A-Z]+(?:, [A-Z]+)*) ([a-z][^`]*)` \\| (always|if|no) \\| (.*) \\|");

    @AutoClose
    private static final RestServer SERVER = RestServer.start();

    @Test
    void everyChangingOperationOfTheDocumentIsDecided() throws Exception {
        Map<String, String> documented = new TreeMap<>();
        Json.MAPPER.readTree(SERVER.get("/openapi.json").body()).path("paths").properties().forEach(path -> path.getValue().properties().stream()
                .filter(operation -> !operation.getKey().equals("get"))
                .forEach(operation -> documented.put(operation.getKey().toUpperCase() + " " + path.getKey().substring(1), operation.getValue().path("x-dangerous").asText("no"))));
        Map<String, String> decided = new TreeMap<>();
        for (String line : Files.readAllLines(DECISIONS)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                assertTrue(!row.group(4).isBlank(), line);
                for (String method : row.group(1).split(", ")) {
                    assertEquals(null, decided.put(method + " " + row.group(2), row.group(3)), line);
                }
            }
        }
        assertEquals(String.join("\n", documented.entrySet().stream().map(Map.Entry::toString).toList()), String.join("\n", decided.entrySet().stream().map(Map.Entry::toString).toList()));
    }

    /** A field that sounds so and is none is named here. */
    @Test
    void whatIsCalledLikeASecretIsNotShownToOthers() throws Exception {
        var schemas = Json.MAPPER.readTree(SERVER.get("/openapi.json").body()).at("/components/schemas");
        Pattern secret = Pattern.compile("(?i).*(password|passphrase|secret|recovery).*|key|code");
        for (var schema : schemas.properties()) {
            boolean taken = schema.getValue().has("additionalProperties") && !schema.getValue().has("required");
            for (var field : schema.getValue().path("properties").properties()) {
                if (taken && secret.matcher(field.getKey()).matches() && !field.getValue().path("type").toString().contains("boolean")) {
                    assertTrue(field.getValue().path("writeOnly").asBoolean(), schema.getKey() + "." + field.getKey());
                }
            }
        }
    }
}
