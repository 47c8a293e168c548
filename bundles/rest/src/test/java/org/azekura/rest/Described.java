package org.azekura.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.azekura.rest.call.Json;
import org.azekura.rest.call.Refusal;
import org.azekura.rest.call.Reply;
import org.azekura.rest.call.Route;
import org.azekura.rest.call.RouteTable;
import org.azekura.rest.document.OpenApi;

/** Compares what is answered with what the document says of it: every field is described, and every one that is promised is there. */
final class Described {

    private static final Map<String, JsonSchema> SCHEMAS = new ConcurrentHashMap<>();
    private static JsonNode document;

    private Described() {}

    static void check(RouteTable table, String method, String path, HttpResponse<String> answer) throws IOException {
        String type = answer.headers().firstValue("Content-Type").orElse("");
        if (!type.contains("json") || path.equals("/openapi.json") || method.equals("HEAD")) {
            return;
        }
        String pattern;
        try {
            pattern = "/" + table.find(method, Route.ROOT + path).route().pattern();
        } catch (Refusal e) {
            return;
        }
        String at = "/paths/" + pattern.replace("/", "~1") + "/" + method.toLowerCase(Locale.ROOT) + "/responses/";
        String status = type.contains("problem") ? "default" : String.valueOf(answer.statusCode());
        JsonSchema schema = SCHEMAS.computeIfAbsent(at + status, key -> schema(table, key + "/content/" + (type.contains("problem") ? "application~1problem+json" : "application~1json") + "/schema"));
        String wrong = schema.validate(Json.MAPPER.readTree(answer.body())).stream().map(Object::toString).collect(Collectors.joining("\n"));
        assertEquals("", wrong, () -> method + " " + path + " answered " + answer.body());
    }

    private static synchronized JsonSchema schema(RouteTable table, String at) {
        if (document == null) {
            document = read(table);
        }
        JsonNode schema = document.at(at);
        if (schema.isMissingNode()) {
            throw new AssertionError("the document has nothing at " + at);
        }
        ObjectNode whole = schema.deepCopy();
        whole.set("components", document.path("components"));
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(whole);
    }

    private static JsonNode read(RouteTable table) {
        try {
            Reply reply = new OpenApi(table.routes()).route().endpoint().answer(TestDoor.callOfAdmin());
            JsonNode read = Json.MAPPER.readTree(((Reply.Text) reply).text());
            read.at("/components/schemas").forEach(schema -> {
                if (schema.has("properties")) {
                    ((ObjectNode) schema).put("additionalProperties", false);
                }
            });
            return read;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
