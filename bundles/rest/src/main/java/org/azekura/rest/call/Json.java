package org.azekura.rest.call;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.stream.Collectors;

/** JSON as this interface speaks it: camelCase names, nothing unknown accepted, times as RFC 3339. */
public final class Json {

    public static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    private Json() {}

    /** A body that must be an object; nothing at all is an empty one. */
    public static ObjectNode object(byte[] body) throws Refusal {
        if (body.length == 0) {
            return MAPPER.createObjectNode();
        }
        try {
            JsonNode node = MAPPER.readTree(body);
            if (node instanceof ObjectNode object) {
                return object;
            }
            throw Refusal.badRequest("request.json", "", "the body must be a JSON object, like {\"kind\": \"verify\"}");
        } catch (JsonProcessingException e) {
            throw Refusal.badRequest("request.json", "", "the body is no JSON: " + firstLine(e));
        } catch (IOException e) {
            throw Refusal.badRequest("request.json", "", "the body cannot be read: " + e.getMessage());
        }
    }

    /** The body as a record of ours. */
    public static <T> T read(ObjectNode body, Class<T> type) throws Refusal {
        try {
            return MAPPER.treeToValue(body, type);
        } catch (UnrecognizedPropertyException e) {
            throw Refusal.badRequest("request.field", e.getPropertyName(), "there is no field \"" + path(e) + "\" here; there is "
                    + e.getKnownPropertyIds().stream().map(Object::toString).sorted().collect(Collectors.joining(", ")));
        } catch (JsonMappingException e) {
            throw Refusal.badRequest("request.value", path(e), "the field \"" + path(e) + "\" is wrong: " + firstLine(e));
        } catch (JsonProcessingException e) {
            throw Refusal.badRequest("request.json", "", firstLine(e));
        }
    }

    public static String time(Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(at -> at.getFieldName() != null ? at.getFieldName() : "[" + at.getIndex() + "]")
                .collect(Collectors.joining("."));
    }

    /** Jackson's text names our classes from the second sentence on; the first one is for people. */
    private static String firstLine(JsonProcessingException e) {
        return e.getOriginalMessage().lines().findFirst().orElse("").replaceAll("`[a-z.]+\\.([A-Za-z$]+)(<[^`]*>)?`", "$1");
    }
}
