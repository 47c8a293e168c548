package org.azekura.client.drill;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.message.Answer;
import org.azekura.api.message.ClientOrder;
import org.azekura.api.message.ClientReport;
import org.azekura.api.message.RestoreBatch;
import org.azekura.api.transport.Stream;
import org.azekura.client.job.Breaker;
import org.azekura.client.job.NodeLink;
import org.azekura.client.job.Paces;
import org.azekura.client.job.Tally;
import org.azekura.client.job.Ticker;
import org.azekura.client.restore.NodeChunks;
import org.azekura.engine.chunk.ChunkNamer;
import org.azekura.wire.Conversation;
import org.azekura.wire.MessageCodec;
import org.azekura.wire.Transports;

/** Carries out one {@link ClientOrder.Drill}. Runs on a platform thread. */
public final class DrillJob {

    private static final Duration REPORT_TIME = Duration.ofMinutes(5);
    private static final Duration BATCH_TIME = Duration.ofMinutes(15);

    private final ClientOrder.Drill order;
    private final Scratch scratch;
    private final Conversation server;
    private final Breaker breaker;
    private final Paces paces;
    private final Tally tally = new Tally();
    private volatile Stream batches;
    private boolean begun;

    public DrillJob(ClientOrder.Drill order, Scratch scratch, Conversation server, Breaker breaker, Paces paces) {
        this.order = order;
        this.scratch = scratch;
        this.server = server;
        this.breaker = breaker;
        this.paces = paces;
    }

    /** The stream on which batches come, behind its opening. */
    public void batches(Stream stream) {
        breaker.onTrip(stream::close);
        batches = stream;
        breaker.signal();
    }

    /** @throws BackupException why it could not be ended; nothing of it stays */
    public void run(Transports transports, ClientName self) throws BackupException {
        Ticker ticker = new Ticker(order.job(), tally, server);
        try {
            breaker.await(() -> batches != null, "the plan from the server", BATCH_TIME);
            server.ask(rehearse(transports, self), Answer.Done.class, REPORT_TIME);
        } finally {
            ticker.close();
        }
    }

    private ClientReport rehearse(Transports transports, ClientName self) throws BackupException {
        Path top = null;
        boolean kept = false;
        try (NodeLink node = NodeLink.open(transports, order.node().at(server.connection().host()), self, breaker);
                NodeChunks chunks = new NodeChunks(order.job(), node, breaker, paces.of(order.job(), breaker, tally::step))) {
            top = scratch.begin(order.job());
            Rehearsal rehearsal = new Rehearsal(top, scratch.room(), order.asItLies(), breaker, tally, new ChunkNamer(order.idKey()), this::nextBatch, chunks);
            for (Portion portion = rehearsal.restore(); portion != null;) {
                rehearsal.compare(portion);
                portion = rehearsal.isThrough() ? null : next(rehearsal, top);
            }
            breaker.check();
            kept = order.keep();
            return report(rehearsal, kept ? top : null);
        } finally {
            if (top != null && !kept) {
                scratch.remove(top);
            }
        }
    }

    /** The next portion, in the place of what was there. */
    private Portion next(Rehearsal rehearsal, Path top) throws BackupException {
        long begin = System.nanoTime();
        scratch.clear(top);
        rehearsal.cleared(begin);
        return rehearsal.restore();
    }

    private ClientReport report(Rehearsal rehearsal, Path kept) {
        Rehearsal.Findings found = rehearsal.findings();
        return new ClientReport.Rehearsed(order.job(), found.entries, found.files, found.bytes, found.differences.count(), found.lost, found.differences.first(), found.unmade.count(),
                found.unmade.first(), found.unheld.told(), rehearsal.times(), kept == null ? null : Scratch.raw(kept));
    }

    /** Null behind the last. */
    private RestoreBatch nextBatch() throws BackupException {
        if (order.asItLies() && begun) {
            // The server has the next cartridge brought when nothing of this one is wanted any more.
            batches.send(ByteBuffer.allocate(0), REPORT_TIME);
        }
        begun = true;
        ByteBuffer frame = batches.receive(BATCH_TIME);
        tally.step();
        return frame == null ? null : MessageCodec.decode(frame, RestoreBatch.class);
    }
}
