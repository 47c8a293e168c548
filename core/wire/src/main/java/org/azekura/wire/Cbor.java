package org.azekura.wire;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;

/** Arrays of integers, texts and one record, to bytes and back. Thread-safe. */
final class Cbor {

    static final int VERSION = 0;

    private static final CBORMapper MAPPER = mapper(true);
    /** Of rows that an older version may have written. */
    private static final CBORMapper OLDER = mapper(false);

    private Cbor() {}

    /** @param whole whether every component must be there; else an absent one is null, zero or empty */
    private static CBORMapper mapper(boolean whole) {
        CBORFactory factory = CBORFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(12).maxNameLength(128).maxNumberLength(32).build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                // Half a surrogate pair, from a peer or a request, is passed on as U+FFFD: an exception would come too late.
                .enable(CBORGenerator.Feature.LENIENT_UTF_ENCODING)
                .build();
        CBORMapper mapper = CBORMapper.builder(factory)
                .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS, DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .configure(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES, whole)
                .configure(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES, whole)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(SerializationFeature.CLOSE_CLOSEABLE)
                .addModule(Scalars.module())
                .withConfigOverride(List.class, o -> o.setSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL).withValueNulls(whole ? Nulls.FAIL : Nulls.AS_EMPTY)))
                .withConfigOverride(Map.class, o -> o.setSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL).withValueNulls(whole ? Nulls.FAIL : Nulls.AS_EMPTY)))
                .withCoercionConfigDefaults(c -> c.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
                .build();
        return mapper;
    }

    /** What stands in an array before the record. */
    @FunctionalInterface
    interface Head {
        void write(JsonGenerator gen) throws IOException;
    }

    /** What is read from an array. */
    @FunctionalInterface
    interface Read<T> {
        T from(JsonParser parser) throws IOException, BackupException;
    }

    /** {@code [head…, record]} with {@code size} elements in all. */
    static byte[] encode(int size, Head head, Object record) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        try (JsonGenerator gen = MAPPER.createGenerator(out)) {
            gen.writeStartArray(null, size);
            head.write(gen);
            MAPPER.writeValue(gen, record);
            gen.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot encode " + record, e);
        }
        return out.toByteArray();
    }

    /** Reads one array that must fill all remaining bytes of the buffer; whatever is wrong with it is {@code message.corrupt}. */
    static <T> T decode(ByteBuffer bytes, Read<T> read) throws BackupException {
        byte[] array = array(bytes);
        try (JsonParser parser = MAPPER.createParser(array)) {
            need(parser.nextToken() == JsonToken.START_ARRAY, "no array");
            int version = integer(parser, "version");
            need(version == VERSION, "version " + version + ", expected " + VERSION);
            T value = read.from(parser);
            need(parser.nextToken() == JsonToken.END_ARRAY, "more elements than there should be");
            need(parser.nextToken() == null, "bytes behind the end");
            return value;
        } catch (IOException | RuntimeException e) {
            // Jackson's parsers answer some garbage with unchecked exceptions; the bytes are to blame all the same.
            throw corrupt(array.length, e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    static int integer(JsonParser parser, String what) throws IOException {
        need(parser.nextToken() == JsonToken.VALUE_NUMBER_INT, "no " + what);
        return parser.getIntValue();
    }

    static long number(JsonParser parser, String what) throws IOException {
        need(parser.nextToken() == JsonToken.VALUE_NUMBER_INT, "no " + what);
        return parser.getLongValue();
    }

    static String text(JsonParser parser, String what) throws IOException {
        need(parser.nextToken() == JsonToken.VALUE_STRING, "no " + what);
        return parser.getText();
    }

    static <T> T record(JsonParser parser, Class<T> type) throws IOException {
        return record(parser, type, true);
    }

    /** @param whole whether every component must be there */
    static <T> T record(JsonParser parser, Class<T> type, boolean whole) throws IOException {
        need(parser.nextToken() == JsonToken.START_OBJECT, "no body");
        return (whole ? MAPPER : OLDER).readValue(parser, type);
    }

    static void need(boolean condition, String what) {
        if (!condition) {
            throw new IllegalArgumentException(what);
        }
    }

    static BackupException corrupt(int length, String what) {
        String line = what.lines().findFirst().orElse("");
        return BackupException.corrupt("message.corrupt", "", "a message of " + length + " bytes cannot be understood: " + line);
    }

    private static byte[] array(ByteBuffer bytes) {
        byte[] array = new byte[bytes.remaining()];
        bytes.duplicate().get(array);
        return array;
    }
}
