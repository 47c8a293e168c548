package org.azekura.client.collect;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.message.ChunkAnswer;
import org.azekura.api.transport.Stream;
import org.azekura.wire.MessageCodec;

/** Listens to what comes back on a stream that chunks are sent on. */
final class Receiving {

    /** Nothing comes while nothing is sent; the connection tells whether the other side is alive. */
    private static final Duration SILENCE = Duration.ofHours(24);

    private Receiving() {}

    /**
     * Begins to listen, until the other side ends its sending or the stream breaks.
     *
     * @param durable is told how many frames are durable
     * @return completed at the end of the other side's sending, or with why it never comes
     */
    static CompletableFuture<Void> begin(String who, JobId job, Stream stream, LongConsumer durable) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        Thread.ofVirtual().name("job " + job + " listens to " + who).start(() -> {
            try {
                for (ByteBuffer frame = stream.receive(SILENCE); frame != null; frame = stream.receive(SILENCE)) {
                    durable.accept(MessageCodec.decode(frame, ChunkAnswer.Durable.class).frames());
                }
                end.complete(null);
            } catch (BackupException | RuntimeException e) {
                end.completeExceptionally(e);
            }
        });
        return end;
    }
}
