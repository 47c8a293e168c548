package org.azekura.cli.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * Jackson's trees, read and written by its streams. Its mapper does the same, but first sets up to bind any class there may be, which
 * is a quarter of what a short command costs.
 */
public final class Json {

    private static final JsonFactory STREAMS = new JsonFactory();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Json() {}

    public static ObjectNode object() {
        return NODES.objectNode();
    }

    public static ArrayNode array() {
        return NODES.arrayNode();
    }

    /** Leaves out what was not given. @param value null if it was not */
    public static void putGiven(ObjectNode to, String field, String value) {
        if (value != null) {
            to.put(field, value);
        }
    }

    public static JsonParser parser(InputStream in) throws IOException {
        return STREAMS.createParser(in);
    }

    public static JsonGenerator generator(OutputStream out) throws IOException {
        return STREAMS.createGenerator(out);
    }

    /** The document in a stream; a missing node if that is empty. */
    public static JsonNode read(InputStream in) throws IOException {
        try (JsonParser parser = STREAMS.createParser(in)) {
            return parser.nextToken() == null ? MissingNode.getInstance() : tree(parser);
        }
    }

    public static JsonNode read(String text) throws IOException {
        try (JsonParser parser = STREAMS.createParser(text)) {
            return parser.nextToken() == null ? MissingNode.getInstance() : tree(parser);
        }
    }

    /** The value that begins with the token just read, up to its last token. Jackson bounds how deep it goes. */
    public static JsonNode tree(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                ObjectNode object = NODES.objectNode();
                for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                    parser.nextToken();
                    object.set(name, tree(parser));
                }
                yield object;
            }
            case START_ARRAY -> {
                ArrayNode array = NODES.arrayNode();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    array.add(tree(parser));
                }
                yield array;
            }
            case VALUE_STRING -> NODES.textNode(parser.getText());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NUMBER_INT -> switch (parser.getNumberType()) {
                case INT -> NODES.numberNode(parser.getIntValue());
                case LONG -> NODES.numberNode(parser.getLongValue());
                default -> NODES.numberNode(parser.getBigIntegerValue());
            };
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
            default -> NODES.nullNode();
        };
    }

    /** @param node null and a missing one are written as null */
    public static void write(JsonGenerator to, JsonNode node) throws IOException {
        // no patterns: the first switch over types makes a class, which takes longer than the whole document
        switch (node == null ? JsonNodeType.NULL : node.getNodeType()) {
            case OBJECT -> {
                to.writeStartObject();
                for (Map.Entry<String, JsonNode> field : node.properties()) {
                    to.writeFieldName(field.getKey());
                    write(to, field.getValue());
                }
                to.writeEndObject();
            }
            case ARRAY -> {
                to.writeStartArray();
                for (JsonNode element : node) {
                    write(to, element);
                }
                to.writeEndArray();
            }
            case STRING -> to.writeString(node.textValue());
            case BOOLEAN -> to.writeBoolean(node.booleanValue());
            case NUMBER -> writeNumber(to, node);
            case NULL, MISSING, BINARY, POJO -> to.writeNull();
        }
    }

    private static void writeNumber(JsonGenerator to, JsonNode number) throws IOException {
        if (!number.isIntegralNumber()) {
            to.writeNumber(number.doubleValue());
        } else if (number.canConvertToLong()) {
            to.writeNumber(number.longValue());
        } else {
            to.writeNumber(number.bigIntegerValue());
        }
    }

    public static byte[] bytes(JsonNode node) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator generator = STREAMS.createGenerator(bytes)) {
            write(generator, node);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    public static String text(JsonNode node) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = STREAMS.createGenerator(text)) {
            write(generator, node);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
