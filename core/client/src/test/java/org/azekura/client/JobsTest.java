package org.azekura.client;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.azekura.api.Failure;
import org.azekura.api.JobId;
import org.azekura.api.Overwrite;
import org.azekura.api.message.ClientOrder;
import org.azekura.client.collect.CollectJob;
import org.azekura.client.job.Breaker;
import org.junit.jupiter.api.Test;

class JobsTest {

    private static final JobId JOB = new JobId(1);

    private final Map<JobId, Jobs.Running> running = new HashMap<>();

    private Jobs jobs() {
        return new Jobs(new CollectJob.Self(null, null, null, null, null, null, null, null, null, 0), null, running, null);
    }

    private Failure refused(Jobs by) {
        return assertRefused("job.running", () -> by.receive(new ClientOrder.Restore(JOB, Scene.POOL, FakeNode.ACCESS, Scene.raw(Path.of("target")), Overwrite.NEVER, false, null))).failure();
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
    void anAttemptThatFailsSlowlyIsOrderedAgainAndOneThatRunsIsNot() throws Exception {
        Jobs jobs = jobs();
        Breaker before = run(jobs);
        assertEquals(Failure.Kind.OPERATOR, refused(jobs).kind());
        before.trip(new IllegalStateException("broken"));
        assertEquals(Failure.Kind.NETWORK, refused(jobs).kind());
    }
}
