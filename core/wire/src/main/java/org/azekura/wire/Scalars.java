package org.azekura.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.azekura.api.ApplianceId;
import org.azekura.api.ChunkId;
import org.azekura.api.ClientName;
import org.azekura.api.DeviceName;
import org.azekura.api.Endpoint;
import org.azekura.api.HookName;
import org.azekura.api.JobId;
import org.azekura.api.NodeName;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.SaveSetName;
import org.azekura.api.SessionId;
import org.azekura.api.SnapshotId;
import org.azekura.api.TrustGroup;
import org.azekura.api.VolumeId;
import org.azekura.api.device.Barcode;

/** How the values of the API stand in CBOR where they are not records of components. Strict: one form each, nothing coerced. */
final class Scalars {

    private final SimpleModule module = new SimpleModule("azekura");

    private Scalars() {
        bytes(byte[].class, b -> b, b -> b);
        bytes(RawPath.class, RawPath::bytes, RawPath::new);
        bytes(ChunkId.class, ChunkId::bytes, ChunkId::of);
        id(ApplianceId.class, ApplianceId::bytes, ApplianceId::read);
        id(PackId.class, PackId::bytes, PackId::read);
        id(SessionId.class, SessionId::bytes, SessionId::read);
        id(SnapshotId.class, SnapshotId::bytes, SnapshotId::read);
        id(TrustGroup.class, TrustGroup::bytes, TrustGroup::read);
        id(VolumeId.class, VolumeId::bytes, VolumeId::read);
        number(JobId.class, JobId::value, JobId::new);
        text(Barcode.class, Barcode::value, Barcode::new);
        text(ClientName.class, ClientName::value, ClientName::new);
        text(DeviceName.class, DeviceName::value, DeviceName::new);
        text(HookName.class, HookName::value, HookName::new);
        text(NodeName.class, NodeName::value, NodeName::new);
        text(PoolName.class, PoolName::value, PoolName::new);
        text(SaveSetName.class, SaveSetName::value, SaveSetName::new);
        text(Endpoint.class, Endpoint::toString, Endpoint::parse);
        text(String.class, s -> s, s -> s);
        form(Instant.class, Scalars::writeInstant, Scalars::readInstant);
    }

    static SimpleModule module() {
        return new Scalars().module;
    }

    private <T> void id(Class<T> type, Function<T, byte[]> out, Function<ByteBuffer, T> in) {
        bytes(type, out, b -> {
            if (b.length != 16) {
                throw new IllegalArgumentException(type.getSimpleName() + " has 16 bytes, not " + b.length);
            }
            return in.apply(ByteBuffer.wrap(b));
        });
    }

    private <T> void bytes(Class<T> type, Function<T, byte[]> out, Function<byte[], T> in) {
        form(type, (value, gen) -> gen.writeBinary(out.apply(value)),
                parser -> in.apply(need(parser, JsonToken.VALUE_EMBEDDED_OBJECT, type).getBinaryValue()));
    }

    private <T> void text(Class<T> type, Function<T, String> out, Function<String, T> in) {
        form(type, (value, gen) -> gen.writeString(out.apply(value)),
                parser -> in.apply(need(parser, JsonToken.VALUE_STRING, type).getText()));
    }

    private <T> void number(Class<T> type, ToLongFunction<T> out, Function<Long, T> in) {
        form(type, (value, gen) -> gen.writeNumber(out.applyAsLong(value)),
                parser -> in.apply(need(parser, JsonToken.VALUE_NUMBER_INT, type).getLongValue()));
    }

    private static void writeInstant(Instant at, JsonGenerator gen) throws IOException {
        gen.writeStartArray(at, 2);
        gen.writeNumber(at.getEpochSecond());
        gen.writeNumber(at.getNano());
        gen.writeEndArray();
    }

    private static Instant readInstant(JsonParser parser) throws IOException {
        need(parser, JsonToken.START_ARRAY, Instant.class).nextToken();
        long seconds = need(parser, JsonToken.VALUE_NUMBER_INT, Instant.class).getLongValue();
        parser.nextToken();
        int nanos = need(parser, JsonToken.VALUE_NUMBER_INT, Instant.class).getIntValue();
        parser.nextToken();
        need(parser, JsonToken.END_ARRAY, Instant.class);
        if (nanos < 0 || nanos > 999_999_999) {
            throw new IllegalArgumentException("an instant has 0 to 999999999 nanoseconds, not " + nanos);
        }
        return Instant.ofEpochSecond(seconds, nanos);
    }

    private static JsonParser need(JsonParser parser, JsonToken token, Class<?> type) throws IOException {
        if (parser.currentToken() != token) {
            throw new IllegalArgumentException(type.getSimpleName() + ": expected " + token + ", found " + parser.currentToken());
        }
        return parser;
    }

    @FunctionalInterface
    private interface Out<T> {
        void write(T value, JsonGenerator gen) throws IOException;
    }

    @FunctionalInterface
    private interface In<T> {
        T read(JsonParser parser) throws IOException;
    }

    private <T> void form(Class<T> type, Out<T> out, In<T> in) {
        module.addSerializer(type, new JsonSerializer<T>() {
            @Override
            public void serialize(T value, JsonGenerator gen, SerializerProvider provider) throws IOException {
                out.write(value, gen);
            }
        });
        module.addDeserializer(type, new JsonDeserializer<T>() {
            @Override
            public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
                return in.read(parser);
            }
        });
    }
}
