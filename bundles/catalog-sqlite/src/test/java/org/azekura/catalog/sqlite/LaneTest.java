package org.azekura.catalog.sqlite;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.azekura.api.BackupException;
import org.azekura.catalog.sql.Lane;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LaneTest {

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);
    private final AtomicBoolean ran = new AtomicBoolean();
    private Lane lane = lane(Duration.ofSeconds(20));

    private static Lane lane(Duration turn) {
        return new Lane("lane", 1, turn, SqliteFault.of(Path.of("catalog")));
    }

    @AfterEach
    void close() {
        go.countDown();
        lane.close();
    }

    @Test
    void givesBackWhatComesOutAndWhatIsThrown() throws Exception {
        assertEquals("done", lane.run(() -> "done"));
        assertRefused("test", () -> lane.run(() -> {
            throw BackupException.operator("test", "", "");
        }));
        assertThrows(ArithmeticException.class, () -> lane.run(() -> 1 / (begun.getCount() - 1)));
        assertThrows(StackOverflowError.class, () -> lane.run(() -> {
            throw new StackOverflowError();
        }));
    }

    @Test
    void givesUpAfterTheTimeoutWithoutDoingIt() throws Exception {
        lane = lane(Duration.ofMillis(20));
        FutureTask<Boolean> occupant = occupy();
        assertRefused("catalog.busy", this::note);
        go.countDown();
        assertTrue(occupant.get(120, TimeUnit.SECONDS), "what has begun is waited for beyond the time-out");
        lane.run(() -> null);
        assertFalse(ran.get());
    }

    @Test
    void isInterruptedOnlyWhileItWaitsForATurn() throws Exception {
        FutureTask<Boolean> occupant = occupy();
        Thread.currentThread().interrupt();
        assertRefused("catalog.interrupted", this::note);
        assertTrue(Thread.interrupted());
        go.countDown();
        assertTrue(occupant.get(120, TimeUnit.SECONDS));
        assertFalse(ran.get());
    }

    @Test
    void waitsForWhatHasBegunEvenWhenInterrupted() throws Exception {
        Thread[] caller = new Thread[1];
        FutureTask<Boolean> call = new FutureTask<>(() -> lane.run(() -> {
            caller[0].interrupt();
            begun.countDown();
            return wait(go);
        }) && Thread.interrupted());
        caller[0] = Thread.ofPlatform().daemon().unstarted(call);
        caller[0].start();
        assertTrue(begun.await(120, TimeUnit.SECONDS));
        go.countDown();
        assertTrue(call.get(120, TimeUnit.SECONDS), "it was done, and the interrupt was not forgotten");
    }

    private static boolean wait(CountDownLatch latch) {
        try {
            return latch.await(120, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }

    private FutureTask<Boolean> occupy() throws InterruptedException {
        FutureTask<Boolean> occupant = new FutureTask<>(() -> lane.run(() -> {
            begun.countDown();
            return wait(go);
        }));
        Thread.ofVirtual().start(occupant);
        assertTrue(begun.await(120, TimeUnit.SECONDS));
        return occupant;
    }

    private void note() throws BackupException {
        lane.run(() -> {
            ran.set(true);
            return null;
        });
    }
}
