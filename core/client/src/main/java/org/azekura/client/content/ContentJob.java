package org.azekura.client.content;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.ClientName;
import org.azekura.api.message.Answer;
import org.azekura.api.message.CheckBatch;
import org.azekura.api.message.ClientOrder;
import org.azekura.api.message.ClientReport;
import org.azekura.api.message.RestoreBatch;
import org.azekura.api.message.StreamOpening;
import org.azekura.api.transport.Stream;
import org.azekura.client.job.Breaker;
import org.azekura.client.job.NodeLink;
import org.azekura.client.job.Tally;
import org.azekura.client.job.Ticker;
import org.azekura.wire.Conversation;
import org.azekura.wire.MessageCodec;
import org.azekura.wire.Transports;

/** Carries out one {@link ClientOrder.CheckContent}. Runs on a platform thread; one chunk is in memory at a time. */
public final class ContentJob {

    private static final Duration REPORT_TIME = Duration.ofMinutes(5);
    /** The server reads checksums between two batches. */
    private static final Duration BATCH_TIME = Duration.ofMinutes(60);
    /** A medium may have to be loaded first. */
    private static final Duration FRAME_TIME = Duration.ofMinutes(15);

    private final ClientOrder.CheckContent order;
    private final Conversation server;
    private final Breaker breaker;
    private final ContentCheck check;
    private final Tally tally = new Tally();
    private volatile Stream batches;

    public ContentJob(ClientOrder.CheckContent order, Conversation server, Breaker breaker) {
        this.order = order;
        this.server = server;
        this.breaker = breaker;
        this.check = new ContentCheck(order.idKey());
    }

    /** The stream on which batches come, behind its opening. */
    public void batches(Stream stream) {
        breaker.onTrip(stream::close);
        batches = stream;
        breaker.signal();
    }

    /** @throws BackupException why it could not be ended; what was reported stands */
    public void run(Transports transports, ClientName self) throws BackupException {
        Ticker ticker = new Ticker(order.job(), tally, server);
        try {
            breaker.await(() -> batches != null, "the first pack from the server", REPORT_TIME);
            try (NodeLink node = NodeLink.open(transports, order.node().at(server.connection().host()), self, breaker)) {
                for (ByteBuffer frame = batches.receive(BATCH_TIME); frame != null; frame = batches.receive(BATCH_TIME)) {
                    CheckBatch batch = MessageCodec.decode(frame, CheckBatch.class);
                    server.ask(new ClientReport.Checked(order.job(), batch.pack(), wrong(batch, node)), Answer.Done.class, REPORT_TIME);
                }
            }
        } finally {
            ticker.close();
        }
        batches.endSending();
    }

    private List<ChunkId> wrong(CheckBatch batch, NodeLink node) throws BackupException {
        List<ChunkId> wrong = new ArrayList<>();
        List<ChunkId> chunks = batch.chunks().stream().map(RestoreBatch.ChunkKey::chunk).toList();
        try (Stream stream = node.stream(new StreamOpening.ReadPack(order.job(), batch.pack(), chunks))) {
            for (RestoreBatch.ChunkKey chunk : batch.chunks()) {
                breaker.check();
                ByteBuffer frame = stream.receive(FRAME_TIME);
                if (frame == null) {
                    throw BackupException.network("transport.closed", order.job().toString(), "the node ended pack " + batch.pack()
                            + " of job " + order.job() + " too early", null);
                }
                tally.file();
                tally.bytes(frame.remaining());
                if (!check.isRight(frame, chunk.chunk(), chunk.key())) {
                    wrong.add(chunk.chunk());
                }
            }
        }
        return wrong;
    }
}
