package org.azekura.wire;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.azekura.api.BackupException;
import org.azekura.api.Failure;
import org.azekura.api.message.Message;
import org.azekura.api.transport.Stream;

/**
 * A frame of a control stream, as {@code envelope} in the package's grammar.
 *
 * @param number of the ask, 0 for a tell
 * @param body   a {@link Message}; a {@link Failure} with kind FAILURE; null if the envelope could be read, but not its body
 * @param wrong  why there is no body, else null
 */
record Envelope(Kind kind, long number, Object body, Failure wrong) {

    /** The order is the number on the wire. */
    enum Kind { TELL, ASK, ANSWER, FAILURE }

    private static final Kind[] KINDS = Kind.values();
    private static final RecordFamily FAMILY = new RecordFamily(Message.class, Failure.class);

    /** @throws IllegalArgumentException if it is larger than a frame */
    static ByteBuffer encode(Kind kind, long number, Object body) {
        byte[] bytes = Cbor.encode(5, gen -> {
            gen.writeNumber(Cbor.VERSION);
            gen.writeNumber(kind.ordinal());
            gen.writeNumber(number);
            gen.writeString(RecordFamily.nameOf(body.getClass()));
        }, body);
        if (bytes.length > Stream.MAX_FRAME) {
            throw new IllegalArgumentException(RecordFamily.nameOf(body.getClass()) + " of " + bytes.length
                    + " bytes is larger than a frame of " + Stream.MAX_FRAME);
        }
        return ByteBuffer.wrap(bytes);
    }

    /** @throws BackupException {@code message.corrupt} if not even kind and number can be read */
    static Envelope decode(ByteBuffer frame) throws BackupException {
        Envelope[] head = new Envelope[1];
        try {
            return Cbor.decode(frame, parser -> {
                int kind = Cbor.integer(parser, "kind");
                Cbor.need(kind >= 0 && kind < KINDS.length, "unknown kind " + kind);
                long number = Cbor.number(parser, "number");
                head[0] = new Envelope(KINDS[kind], number, null, null);
                return new Envelope(KINDS[kind], number, body(parser, KINDS[kind]), null);
            });
        } catch (BackupException e) {
            if (head[0] == null) {
                throw e;
            }
            return new Envelope(head[0].kind, head[0].number, null, e.failure());
        }
    }

    private static Object body(JsonParser parser, Kind kind) throws IOException {
        String name = Cbor.text(parser, "type");
        Class<?> type = FAMILY.typeOf(name);
        Cbor.need(type != null, "unknown type \"" + name + "\"");
        Cbor.need((kind == Kind.FAILURE) == (type == Failure.class), "a " + name + " is no body of " + kind);
        return Cbor.record(parser, type);
    }
}
