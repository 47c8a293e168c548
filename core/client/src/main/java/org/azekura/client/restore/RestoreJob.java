package org.azekura.client.restore;

import java.time.Duration;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.PathProblem;
import org.azekura.api.message.Answer;
import org.azekura.api.message.ClientOrder;
import org.azekura.api.message.ClientReport;
import org.azekura.api.message.RestorePoint;
import org.azekura.api.transport.Stream;
import org.azekura.client.hook.HookDesk;
import org.azekura.client.hook.HookFacts;
import org.azekura.client.hook.HookedJob;
import org.azekura.client.job.Breaker;
import org.azekura.client.job.Findings;
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
    private final Problems problems = new Problems();
    private final Tally tally = new Tally();
    private final Restorer restorer;
    private final PlanStream plan;
    private final Elsewhere elsewhere;

    public RestoreJob(ClientOrder.Restore order, HookDesk desk, Conversation server, Breaker breaker, Paces paces) {
        this.order = order;
        this.server = server;
        this.desk = desk;
        this.breaker = breaker;
        this.plan = new PlanStream(breaker, tally, order.asItLies());
        this.elsewhere = new Elsewhere(order.job(), server, breaker, () -> paces.of(order.job(), breaker, tally::step));
        this.restorer = new Restorer(order.target(), order.overwrite(), breaker, problems, tally, order.earlier(), this::keep, order.asItLies());
    }

    /** The stream on which batches come, behind its opening. */
    public void batches(Stream stream) {
        plan.accept(stream);
    }

    /** The stream on which the server is asked where else chunks lie, behind its opening. */
    public void questions(Stream stream) {
        elsewhere.questions(stream);
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
        try (OtherPlaces.Reading chunks = elsewhere.reading(order.node(), transports, self); OtherPlaces others = elsewhere.places(transports, self)) {
            restorer.run(plan, new FurtherChunks(chunks, others));
        }
    }
}
