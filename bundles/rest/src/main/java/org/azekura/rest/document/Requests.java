package org.azekura.rest.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.azekura.rest.call.Route;

/** What differs in the schemas of what is taken: nothing has to be there, and nothing else may be. */
final class Requests {

    private static final String REFERENCE = "#/" + Forms.AT + "/";

    private final ObjectNode schemas;

    Requests(ObjectNode schemas) {
        this.schemas = schemas;
    }

    void loosen(List<Route> routes) {
        Set<String> seen = new HashSet<>();
        for (Route route : routes) {
            switch (route.body()) {
                case Route.Body.Json(Class<?> type) -> loosen(schemas.path(Forms.name(type)), seen);
                case Route.Body.Kinds(String by, Map<String, Class<?>> types) -> types.forEach((word, type) -> loosen(word, by, schemas.path(Forms.name(type)), seen));
                case Route.Body.None _, Route.Body.File _ -> { }
            }
        }
    }

    private void loosen(String word, String by, JsonNode schema, Set<String> seen) {
        loosen(schema, seen);
        if (schema instanceof ObjectNode object) {
            ObjectNode kind = object.withObject("/properties/" + by).put("type", "string");
            kind.withArray("enum").add(word);
            if (!object.has("required")) {
                object.putArray("required").add(by);
            }
        }
    }

    private void loosen(JsonNode schema, Set<String> seen) {
        if (schema instanceof ObjectNode object && object.has("properties")) {
            if (!object.has("additionalProperties")) {
                object.remove("required");
                object.put("additionalProperties", false);
            }
        }
        schema.findValuesAsText("$ref").stream().filter(seen::add)
                .forEach(reference -> loosen(schemas.path(reference.substring(REFERENCE.length())), seen));
    }
}
