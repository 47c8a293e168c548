package org.azekura.wire;

import java.nio.ByteBuffer;
import org.azekura.api.BackupException;
import org.azekura.api.message.Message;
import org.azekura.api.transport.Stream;

/** A message as one frame of a data stream. Thread-safe. */
public final class MessageCodec {

    private static final RecordCodec<Message> CODEC = new RecordCodec<>(Message.class, Stream.MAX_FRAME);

    private MessageCodec() {}

    /** @throws IllegalArgumentException if the message is larger than {@link Stream#MAX_FRAME} */
    public static ByteBuffer encode(Message message) {
        return ByteBuffer.wrap(CODEC.encode(message));
    }

    /** @throws BackupException {@code message.corrupt} if it is not exactly one message */
    public static Message decode(ByteBuffer frame) throws BackupException {
        return CODEC.decode(frame);
    }

    /** @throws BackupException {@code message.corrupt} if it is not exactly one message of this type */
    public static <M extends Message> M decode(ByteBuffer frame, Class<M> type) throws BackupException {
        Message message = decode(frame);
        if (!type.isInstance(message)) {
            throw Cbor.corrupt(frame.remaining(), "expected " + type.getSimpleName() + ", found " + RecordFamily.nameOf(message.getClass()));
        }
        return type.cast(message);
    }
}
