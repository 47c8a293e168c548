package org.azekura.rest.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.azekura.rest.call.Json;

/** Bodies of an operation: one as it may be, made of its schema, and from it those in which one field is odd. */
final class OddBodies {

    /** What fits a field of this name, where "x" and 1 do not. */
    private static final Map<String, String> FITTING = Map.ofEntries(Map.entry("saveSets", "[\"docs\"]"), Map.entry("pool", "\"default\""), Map.entry("copyTo", "[\"default\"]"),
            Map.entry("paths", "[\"/srv\"]"), Map.entry("snapshot", "\"0193b2c4\""), Map.entry("to", "\"/tmp/r\""), Map.entry("client", "\"host\""),
            Map.entry("settings", "{\"path\":\"/srv/x\"}"), Map.entry("limits", "[{\"perSecond\":1048576,\"from\":\"08:00\",\"to\":\"18:00\"}]"),
            Map.entry("machineTime", "\"2026-01-02T04:04:05Z\""), Map.entry("until", "\"2027-01-02T04:04:05Z\""), Map.entry("role", "\"client\""), Map.entry("ring", "\"AQID\""), Map.entry("encryption", "\"none\""),
            Map.entry("overwrite", "\"never\""), Map.entry("depth", "\"index\""), Map.entry("rules", "[{\"include\":false,\"pattern\":\"*.tmp\"}]"), Map.entry("limit", "0"),
            Map.entry("join", "\"host\""), Map.entry("volumes", "[\"A00001L8\"]"), Map.entry("barcodes", "[\"A00001L8\"]"), Map.entry("from", "\"1003\""));

    private static final String[] ODD = {"null", "\"\"", "\" \"", "-1", "0", "1e308", "10000000000000000000", "true", "1.5", "\"x\"", "[]", "{}", "[null]", "[[[[1]]]]",
        "\"\\u0000\"", "\"\\ud800\"", "\"..\"", "\"a/b\"", "\"%00\"", "\"%zz\"", "\"\\n\"", "\"9999-99-99T99:99:99Z\"", "{\"x\":null}"};

    private final JsonNode document;

    OddBodies(JsonNode document) {
        this.document = document;
    }

    /** Every form that the body of this operation may have, with all of its fields; one of the kinds that have the same form. */
    List<ObjectNode> fitting(JsonNode operation) {
        JsonNode schema = operation.at("/requestBody/content/application~1json/schema");
        List<ObjectNode> bodies = new ArrayList<>();
        for (JsonNode one : schema.has("oneOf") ? schema.path("oneOf") : Json.MAPPER.createArrayNode().add(schema)) {
            JsonNode form = resolved(one);
            if (form.isObject() && !form.isEmpty()) {
                ObjectNode body = (ObjectNode) value("", form);
                if (form.has("required")) {
                    body.set("kind", form.at("/properties/kind/enum/0"));
                }
                bodies.add(body);
            }
        }
        return bodies;
    }

    /** The same with each field, and each field of what is in it, made odd in turn. */
    List<String> odd(ObjectNode fitting) throws Exception {
        List<String> bodies = new ArrayList<>();
        change(fitting, fitting, bodies);
        return bodies;
    }

    private static void change(ObjectNode whole, JsonNode part, List<String> bodies) throws Exception {
        if (part instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : object.properties().stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)).entrySet()) {
                for (String odd : ODD) {
                    object.set(field.getKey(), Json.MAPPER.readTree(odd));
                    // a lone surrogate is none of what a writer writes
                    bodies.add(odd.contains("ud800") ? whole.toString().replace("\ud800", "\\ud800") : whole.toString());
                }
                object.remove(field.getKey());
                bodies.add(whole.toString());
                object.set(field.getKey(), field.getValue());
                change(whole, field.getValue(), bodies);
            }
        } else if (part instanceof ArrayNode array && !array.isEmpty()) {
            change(whole, array.get(0), bodies);
        }
    }

    private JsonNode value(String name, JsonNode given) {
        JsonNode schema = resolved(given);
        try {
            if (FITTING.containsKey(name)) {
                return Json.MAPPER.readTree(FITTING.get(name));
            }
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
        String type = schema.path("type").isArray() ? schema.path("type").get(0).asText() : schema.path("type").asText();
        return switch (type) {
            case "object" -> {
                ObjectNode object = Json.MAPPER.createObjectNode();
                schema.path("properties").properties().forEach(field -> object.set(field.getKey(), value(field.getKey(), field.getValue())));
                yield object;
            }
            case "array" -> Json.MAPPER.createArrayNode().add(value("", schema.path("items")));
            case "integer" -> Json.MAPPER.getNodeFactory().numberNode(1);
            case "boolean" -> Json.MAPPER.getNodeFactory().booleanNode(true);
            default -> Json.MAPPER.getNodeFactory().textNode("x");
        };
    }

    private JsonNode resolved(JsonNode schema) {
        JsonNode one = schema;
        while (one.has("$ref")) {
            one = document.at(one.path("$ref").asText().substring(1));
        }
        for (JsonNode choice : one.path("anyOf")) {
            if (!choice.path("type").asText().equals("null")) {
                return resolved(choice);
            }
        }
        return one;
    }
}
