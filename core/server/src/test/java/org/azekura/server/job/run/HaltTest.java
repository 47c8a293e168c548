package org.azekura.server.job.run;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.azekura.api.BackupException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class HaltTest {

    private static final BackupException CANCELLED = BackupException.operator("job.cancelled", "1", "somebody cancelled it");

    @Test
    void whoWaitsIsWokenAtOnce() throws Exception {
        Halt halt = new Halt();
        CompletableFuture<Void> woken = new CompletableFuture<>();
        Thread waiting = Thread.ofVirtual().start(() -> {
            try {
                halt.await(Duration.ofDays(1).toMillis());
                woken.complete(null);
            } catch (InterruptedException e) {
                woken.completeExceptionally(e);
            }
        });
        while (waiting.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        assertFalse(woken.isDone());
        halt.say(CANCELLED);
        woken.get();
        assertRefused("job.cancelled", halt::check);
    }

    @Test
    void whoComesLaterDoesNotWait() throws Exception {
        Halt halt = new Halt();
        halt.check();
        halt.await(1);
        assertFalse(halt.isSaid());
        halt.say(CANCELLED);
        halt.await(Duration.ofDays(1).toMillis());
        assertTrue(halt.isSaid());
    }

    @Test
    void ofOneReasonNobodyHearsWhereAnotherWasSaid() throws Exception {
        Halt halt = new Halt();
        halt.say(CANCELLED);
        halt.check("server.stopping");
        assertFalse(halt.isSaid("server.stopping"));
        assertRefused("job.cancelled", () -> halt.check("job.cancelled"));
    }
}
