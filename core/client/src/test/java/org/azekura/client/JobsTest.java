package org.azekura.client;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.azekura.api.Failure;
import org.azekura.api.JobId;
import org.azekura.api.Overwrite;
import org.azekura.api.message.Answer;
import org.azekura.api.message.ClientOrder;
import org.azekura.api.message.ClientReport;
import org.azekura.client.collect.CollectJob;
import org.azekura.client.job.Breaker;
import org.azekura.client.job.Pace;
import org.azekura.client.job.Paces;
import org.azekura.transport.local.LocalTransport;
import org.azekura.wire.Conversation;
import org.junit.jupiter.api.Test;

class JobsTest {

    private static final JobId JOB = new JobId(1);
    private static final Duration TIME = Duration.ofMinutes(1);

    private final Map<JobId, Jobs.Running> running = new HashMap<>();

    private Jobs jobs() {
        return jobs(new Paces(System::nanoTime, running::containsKey), running, null);
    }

    private static Jobs jobs(Paces paces, Map<JobId, Jobs.Running> running, Conversation server) {
        return new Jobs(new CollectJob.Self(null, null, null, null, null, null, null, null, null, 0), null, paces, running, server, () -> {});
    }

    private Failure refused(Jobs by) {
        return assertRefused("job.running", () -> by.receive(restore())).failure();
    }

    private static ClientOrder.Restore restore() {
        return new ClientOrder.Restore(JOB, Scene.POOL, FakeNode.ACCESS, Scene.raw(Path.of("target")), Overwrite.NEVER, false, null);
    }

    /** The thread has ended, so nobody waits for it, and still is in the list. */
    private Breaker run(Jobs by) throws InterruptedException {
        Thread ended = Thread.ofPlatform().start(() -> {});
        ended.join();
        Breaker breaker = new Breaker(JOB);
        running.put(JOB, new Jobs.Running(by, breaker, ended));
        return breaker;
    }

    @Test
    void aJobWhoseTakeOverTakesLongIsOrderedAgain() throws Exception {
        Breaker before = run(jobs());
        Failure refused = refused(jobs());
        assertEquals(Failure.Kind.NETWORK, refused.kind());
        assertTrue(refused.retryable());
        assertTrue(before.cancelled());
    }

    @Test
    void noServerEndsAJobThatAnotherHasOrderedSince() throws Exception {
        Jobs before = jobs();
        Jobs now = jobs();
        Breaker runs = run(now);
        before.receive(new ClientOrder.Cancel(JOB, true));
        assertFalse(runs.cancelled());
        now.receive(new ClientOrder.Cancel(JOB, true));
        assertTrue(runs.cancelled());
    }

    @Test
    void anAttemptThatFailsSlowlyIsOrderedAgainAndOneThatRunsIsNot() throws Exception {
        Jobs jobs = jobs();
        Breaker before = run(jobs);
        assertEquals(Failure.Kind.OPERATOR, refused(jobs).kind());
        before.trip(new IllegalStateException("broken"));
        assertEquals(Failure.Kind.NETWORK, refused(jobs).kind());
    }

    /** The server begins the next attempt as soon as it has heard of the failure; the thread that failed ends some time behind that. */
    @Test
    void theNextAttemptKeepsItsBoundHoweverLateTheFailedOneEnds() throws Exception {
        LocalTransport transport = new LocalTransport();
        CompletableFuture<Jobs> jobs = new CompletableFuture<>();
        CountDownLatch heard = new CountDownLatch(1);
        Map<JobId, Jobs.Running> all = new ConcurrentHashMap<>();
        Paces paces = new Paces(System::nanoTime, all::containsKey);
        try (var _ = transport.listen("server", "server", connection -> new Conversation(connection, message -> {
            if (message instanceof ClientReport.JobFailed) {
                jobs.join().receive(new ClientOrder.Limit(JOB, 1, 0));
                heard.countDown();
            }
            return new Answer.Done();
        }).start()); Conversation server = new Conversation(transport.dial("server", "client", TIME), message -> new Answer.Done()).start()) {
            jobs.complete(jobs(paces, all, server));
            jobs.join().receive(new ClientOrder.Limit(JOB, 1, 0));
            jobs.join().receive(restore());
            Jobs.Running failing = all.get(JOB);
            failing.breaker().trip(BackupException.network("transport.closed", JOB.toString(), "the node is gone", null));
            assertTrue(heard.await(TIME.toSeconds(), TimeUnit.SECONDS));
            assertTrue(failing.thread().join(TIME));
        }
        Breaker next = new Breaker(JOB);
        Pace pace = paces.of(JOB, next, () -> {});
        next.cancel();
        pace.pass(1000);
        assertRefused("job.cancelled", () -> pace.pass(1));
    }
}
