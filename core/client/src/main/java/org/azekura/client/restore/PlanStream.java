package org.azekura.client.restore;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.azekura.api.BackupException;
import org.azekura.api.message.RestoreBatch;
import org.azekura.api.transport.Stream;
import org.azekura.client.job.Breaker;
import org.azekura.client.job.Tally;
import org.azekura.wire.MessageCodec;

/** A plan as it comes from the server. One thread but for {@link #accept}. */
public final class PlanStream implements Batches {

    private static final Duration SEND_TIME = Duration.ofMinutes(5);
    private static final Duration BATCH_TIME = Duration.ofMinutes(15);

    private final Breaker breaker;
    private final Tally tally;
    private final boolean asItLies;
    private volatile Stream batches;
    private boolean begun;

    /** @param asItLies whether the server is told of each batch that is through */
    public PlanStream(Breaker breaker, Tally tally, boolean asItLies) {
        this.breaker = breaker;
        this.tally = tally;
        this.asItLies = asItLies;
    }

    /** The stream on which batches come, behind its opening. */
    public void accept(Stream stream) {
        breaker.onTrip(stream::close);
        batches = stream;
        breaker.signal();
    }

    /** Returns when the stream is there. */
    public void await() throws BackupException {
        breaker.await(() -> batches != null, "the plan from the server", BATCH_TIME);
    }

    @Override
    public RestoreBatch next() throws BackupException {
        if (asItLies && begun) {
            // The server has the next cartridge brought when nothing of this one is wanted any more.
            batches.send(ByteBuffer.allocate(0), SEND_TIME);
        }
        begun = true;
        ByteBuffer frame = batches.receive(BATCH_TIME);
        tally.step();
        return frame == null ? null : MessageCodec.decode(frame, RestoreBatch.class);
    }
}
