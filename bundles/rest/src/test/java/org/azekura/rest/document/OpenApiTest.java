package org.azekura.rest.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.azekura.rest.RestServer;
import org.azekura.rest.call.Json;
import org.azekura.rest.call.Route;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The document says what is served, no more and no less. */
class OpenApiTest {

    @AutoClose
    private static final RestServer SERVER = RestServer.start();
    private static JsonNode document;

    @BeforeAll
    static void start() throws Exception {
        document = Json.MAPPER.readTree(SERVER.get("/openapi.json").body());
    }

    @Test
    void hasEveryRouteAndNothingElse() {
        Set<String> written = new TreeSet<>();
        document.path("paths").properties().forEach(path -> path.getValue().fieldNames().forEachRemaining(method -> written.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        assertEquals(SERVER.routes.stream().map(route -> route.method() + " /" + route.pattern()).collect(Collectors.toCollection(TreeSet::new)), written);
    }

    @Test
    void callsEachOperationByAWordOfItsOwn() {
        Set<String> ids = new HashSet<>();
        document.findValuesAsText("operationId").forEach(id -> assertTrue(id.matches("[a-z]+[A-Za-z]+") && ids.add(id), id));
        assertEquals(SERVER.routes.size(), ids.size());
    }

    @Test
    void refersOnlyToSchemasThatItHas() {
        Set<String> referred = new TreeSet<>(document.findValuesAsText("$ref"));
        assertFalse(referred.isEmpty());
        referred.forEach(reference -> assertTrue(document.at(reference.substring(1)).isObject(), reference));
    }

    @Test
    void saysOfAnOrderWhichFieldsItsKindHas() {
        JsonNode order = document.at("/paths/~1jobs/post/requestBody/content/application~1json/schema");
        assertEquals("kind", order.at("/discriminator/propertyName").asText());
        JsonNode restore = document.at("/components/schemas/RestoreOrder");
        assertEquals("restore", restore.at("/properties/kind/enum/0").asText());
        assertEquals("[\"kind\"]", restore.path("required").toString());
        assertFalse(restore.path("additionalProperties").asBoolean(true));
    }

    @Test
    void isNamedInTheManualOfTheInterface() throws Exception {
        String manual = Files.readString(Path.of("../../docs/rest.md"));
        String missing = SERVER.routes.stream().map(Route::pattern).distinct()
                .filter(pattern -> !Pattern.compile("[` ]" + pattern.replaceAll("\\{[^}]*}", "[A-Z]+") + "[`\\[? ]").matcher(manual).find()).collect(Collectors.joining("\n"));
        assertEquals("", missing, "docs/rest.md says nothing of these");
    }
}
