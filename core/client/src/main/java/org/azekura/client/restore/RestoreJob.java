package org.azekura.client.restore;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.ClientName;
import org.azekura.api.PathProblem;
import org.azekura.api.message.Answer;
import org.azekura.api.message.ClientOrder;
import org.azekura.api.message.ClientReport;
import org.azekura.api.message.NodeAccess;
import org.azekura.api.message.RestorePoint;
import org.azekura.api.transport.Stream;
import org.azekura.client.hook.HookDesk;
import org.azekura.client.hook.HookFacts;
import org.azekura.client.hook.HookedJob;
import org.azekura.client.job.Breaker;
import org.azekura.client.job.Findings;
import org.azekura.client.job.NodeLink;
import org.azekura.client.job.Paces;
import org.azekura.client.job.Problems;
import org.azekura.client.job.Tally;
import org.azekura.client.job.Ticker;
import org.azekura.wire.Conversation;
import org.azekura.wire.Transports;

/** Carries out one {@link ClientOrder.Restore}. Runs on a platform thread. */
public final class RestoreJob {

    private static final Duration REPORT_TIME = Duration.ofMinutes(5);

    private final ClientOrder.Restore order;
    private final Conversation server;
    private final HookDesk desk;
    private final Breaker breaker;
    private final Paces paces;
    private final Problems problems = new Problems();
    private final Tally tally = new Tally();
    private final Restorer restorer;
    private final PlanStream plan;
    private final Questions questions;

    public RestoreJob(ClientOrder.Restore order, HookDesk desk, Conversation server, Breaker breaker, Paces paces) {
        this.order = order;
        this.server = server;
        this.desk = desk;
        this.breaker = breaker;
        this.paces = paces;
        this.plan = new PlanStream(breaker, tally, order.asItLies());
        this.questions = new Questions(breaker, Questions.STREAM_TIME);
        this.restorer = new Restorer(order.target(), order.overwrite(), breaker, problems, tally, order.earlier(), this::keep, order.asItLies());
    }

    /** The stream on which batches come, behind its opening. */
    public void batches(Stream stream) {
        plan.accept(stream);
    }

    /** The stream on which the server is asked where else chunks lie, behind its opening. */
    public void questions(Stream stream) {
        questions.accept(stream);
    }

    /** @throws BackupException why it could not be ended; what is complete stays, what is not is removed unless the job goes on */
    public void run(Transports transports, ClientName self) throws BackupException {
        Ticker ticker = new Ticker(order.job(), tally, server);
        try {
            plan.await();
            if (order.dryRun()) {
                restorer.dryRun(plan);
            } else {
                try (HookedJob hooks = desk.begin(order.hooks(), HookFacts.of(order), breaker, tally, server)) {
                    restore(transports, self);
                    hooks.done(problems);
                }
            }
            breaker.check();
            Findings.tell(order.job(), server, problems.behind(restorer.told()), List.of());
            server.ask(new ClientReport.Restored(order.job(), tally.files(), tally.bytes()), Answer.Done.class, REPORT_TIME);
        } finally {
            ticker.close();
        }
    }

    private void keep(RestorePoint point, List<PathProblem> since) throws BackupException {
        Findings.tell(order.job(), server, since, List.of());
        server.ask(new ClientReport.Placed(order.job(), point), Answer.Done.class, REPORT_TIME);
    }

    private void restore(Transports transports, ClientName self) throws BackupException {
        try (NodeReading chunks = reading(order.node(), transports, self);
                OtherPlaces elsewhere = new OtherPlaces(questions, breaker, node -> reading(node, transports, self))) {
            restorer.run(plan, new FurtherChunks(chunks, elsewhere));
        }
    }

    private NodeReading reading(NodeAccess node, Transports transports, ClientName self) throws BackupException {
        NodeLink link = NodeLink.open(transports, node.at(server.connection().host()), self, breaker);
        return new NodeReading(link, new NodeChunks(order.job(), link, breaker, paces.of(order.job(), breaker, tally::step)));
    }

    /** Chunks of one pool of a node. */
    private record NodeReading(NodeLink node, NodeChunks chunks) implements OtherPlaces.Reading {

        @Override
        public void read(Map<ChunkId, byte[]> wanted, Taker taker) throws BackupException {
            chunks.read(wanted, taker);
        }

        @Override
        public void close() {
            chunks.close();
            node.close();
        }
    }
}
