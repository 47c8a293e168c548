package org.azekura.client.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.Set;
import org.azekura.api.JobId;
import org.azekura.api.message.ClientOrder;
import org.junit.jupiter.api.Test;

/** Jobs of two servers have one bound of their client. */
class ClientBoundTest {

    private static final JobId ONE = new JobId(1);
    private static final JobId TWO = new JobId(2);

    private final Set<JobId> running = new HashSet<>();
    private final ClientBound bound = new ClientBound(() -> 0);
    private final Paces first = new Paces(() -> 0, running::contains, bound);
    private final Paces second = new Paces(() -> 0, running::contains, bound);

    private void begin(Paces paces, JobId job, long ofClient) {
        paces.bound(new ClientOrder.Limit(job, 0, ofClient));
        running.add(job);
        paces.of(job, null, () -> { });
    }

    private void end(Paces paces, JobId job) {
        running.remove(job);
        paces.ended();
    }

    private long now() {
        return bound.bucket().bound();
    }

    @Test
    void theStrictestCountsOfThoseThatHaveJobs() {
        begin(first, ONE, 1000);
        begin(second, TWO, 4000);
        assertEquals(1000, now());
        end(first, ONE);
        assertEquals(4000, now());
        end(second, TWO);
        assertEquals(0, now());
    }

    @Test
    void aJobThatGoesOnWithAnotherServerCountsForThatAlone() {
        begin(first, ONE, 1000);
        end(first, ONE);
        begin(second, ONE, 4000);
        assertEquals(4000, now());
    }

    @Test
    void whatAServerSaidThatIsGoneDoesNotCount() {
        begin(first, ONE, 1000);
        begin(second, TWO, 0);
        assertEquals(1000, now());
        first.close();
        assertEquals(0, now());
    }

    /** Its bound comes before its job begins, and the end of another lets go of nothing that it needs. */
    @Test
    void anAttemptThatFollowsKeepsItsBound() {
        begin(first, ONE, 1000);
        first.bound(new ClientOrder.Limit(TWO, 0, 1000));
        end(first, ONE);
        running.add(TWO);
        first.of(TWO, null, () -> { });
        assertEquals(1000, now());
    }
}
