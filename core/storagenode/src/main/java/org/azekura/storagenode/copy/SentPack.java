package org.azekura.storagenode.copy;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.azekura.api.BackupException;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.message.PackAnswer;
import org.azekura.api.message.StreamOpening;
import org.azekura.api.transport.Stream;
import org.azekura.wire.MessageCodec;

/**
 * A pack that the other side of a copy sends. One thread.
 *
 * @param size in bytes; -1 if it sends none
 */
record SentPack(Stream stream, long size) implements AutoCloseable {

    /** Why it sends none. */
    static final String NONE = "its source has it no more, or has found it damaged";
    private static final Duration SEND = Duration.ofSeconds(60);
    /** For the next piece of a pack: the cartridge that it comes from may have to be brought first. */
    private static final Duration RECEIVE = Duration.ofMinutes(15);

    /** @param from the other side's pool */
    static SentPack ask(CopySide side, PoolName from, PackId pack) throws BackupException {
        Stream stream = side.link().connection().open();
        boolean asked = false;
        try {
            stream.send(MessageCodec.encode(new StreamOpening.SendPack(side.order().job(), from, pack)), SEND);
            ByteBuffer first = stream.receive(RECEIVE);
            SentPack sent = new SentPack(stream, first == null ? -1 : MessageCodec.decode(first, PackAnswer.PackSize.class).bytes());
            asked = true;
            return sent;
        } finally {
            if (!asked) {
                stream.close();
            }
        }
    }

    /** The next piece; null behind the last. What can't be read ends early. */
    ByteBuffer next() throws BackupException {
        return stream.receive(RECEIVE);
    }

    @Override
    public void close() {
        stream.close();
    }
}
