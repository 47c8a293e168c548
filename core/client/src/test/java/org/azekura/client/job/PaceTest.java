package org.azekura.client.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.message.ClientOrder;
import org.junit.jupiter.api.Test;

/** Bytes are counted over a time that passes only where somebody waits. */
class PaceTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long MIB = 1 << 20;

    private long now = 7;
    private final Bucket ofJob = new Bucket(() -> now);
    private final Bucket ofClient = new Bucket(() -> now);
    private final Pace pace = new Pace(List.of(ofJob, ofClient), nanos -> now += nanos);

    /** How many bytes go within so many seconds. */
    private long sent(int seconds, Random random) throws BackupException {
        long end = now + seconds * SECOND;
        long sent = 0;
        while (true) {
            long chunk = 1 + random.nextInt(300_000);
            pace.pass(chunk);
            if (now >= end) {
                return sent;
            }
            sent += chunk;
        }
    }

    private static void about(long expected, long found, long seed) {
        // A chunk at each end, and what had gathered.
        assertTrue(Math.abs(found - expected) < 700_000 + expected / 40, "seed " + seed + ": expected " + expected + ", found " + found);
    }

    @Test
    void withoutABoundNobodyWaits() throws Exception {
        for (int i = 0; i < 1000; i++) {
            pace.pass(MIB);
        }
        assertEquals(7, now);
    }

    @Test
    void asMuchGoesAsTheLowestBoundSays() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        ofJob.bound(20 * MIB);
        ofClient.bound(3 * MIB);
        about(60 * 3 * MIB, sent(60, random), seed);
        ofClient.bound(40 * MIB);
        about(60 * 20 * MIB, sent(60, random), seed);
        ofJob.bound(0);
        about(10 * 40 * MIB, sent(10, random), seed);
    }

    @Test
    void aBoundThatChangesCountsForWhoWaitsAlready() throws Exception {
        ofJob.bound(MIB);
        pace.pass(100 * MIB);
        long[] changeAt = {now + 2 * SECOND};
        Pace waiting = new Pace(List.of(ofJob), nanos -> {
            now += nanos;
            if (now >= changeAt[0]) {
                changeAt[0] = Long.MAX_VALUE;
                ofJob.bound(98 * MIB);
            }
        });
        long began = now;
        waiting.pass(1);
        assertEquals(3, (now - began) / SECOND, "two seconds at 1 MiB, 98 MiB in the third");
    }

    @Test
    void whatNobodyUsedIsLostButForAMoment() throws Exception {
        ofJob.bound(4 * MIB);
        pace.pass(1);
        now += 3600 * SECOND;
        pace.pass(MIB);
        pace.pass(1);
        long began = now;
        pace.pass(MIB);
        pace.pass(1);
        assertTrue(now - began > SECOND / 5, "an hour of waiting gave more than a quarter of a second: " + (now - began));
    }

    @Test
    void jobsShareTheBoundOfTheirClientInTurn() throws Exception {
        ofClient.bound(MIB);
        for (int i = 0; i < 20; i++) {
            assertEquals(i * SECOND, ofClient.untilTurn(ofClient.place(MIB)), 2, "who came as number " + i);
        }
    }

    @Test
    void whoseJobEndsWaitsNoLonger() throws Exception {
        Paces paces = new Paces(System::nanoTime, job -> true);
        Breaker breaker = new Breaker(new JobId(1));
        paces.bound(new ClientOrder.Limit(new JobId(1), 1, 0));
        Pace slow = paces.of(new JobId(1), breaker, () -> { });
        slow.pass(1000);
        FutureTask<BackupException> ends = new FutureTask<>(() -> assertThrows(BackupException.class, () -> slow.pass(1)));
        Thread waits = Thread.ofPlatform().daemon().start(ends);
        while (waits.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        breaker.cancel();
        assertEquals("job.cancelled", ends.get(120, TimeUnit.SECONDS).failure().code());
    }

    @Test
    void boundsOfJobsThatAreOverAreForgotten() {
        Paces paces = new Paces(() -> now, job -> job.value() == 1);
        for (int i = 1; i <= 10_000; i++) {
            paces.bound(new ClientOrder.Limit(new JobId(i), MIB, 0));
        }
        assertTrue(paces.size() <= 64, () -> "so many are kept: " + paces.size());
    }

    @Test
    void jobsOfAClientWithoutABoundAreForgottenTooAndWhatRunsIsKept() throws Exception {
        Paces paces = new Paces(() -> now, job -> job.value() == 1);
        JobId runs = new JobId(1);
        paces.bound(new ClientOrder.Limit(runs, MIB, 0));
        paces.of(runs, new Breaker(runs), () -> { }).pass(5 * MIB);
        for (int i = 2; i <= 10_000; i++) {
            paces.of(new JobId(i), new Breaker(new JobId(i)), () -> { }).pass(1);
        }
        assertTrue(paces.size() <= 64, () -> "so many are kept: " + paces.size());
        Breaker cancelled = new Breaker(runs);
        cancelled.cancel();
        BackupException waits = assertThrows(BackupException.class, () -> paces.of(runs, cancelled, () -> { }).pass(1), "its bound was forgotten");
        assertEquals("job.cancelled", waits.failure().code());
    }
}
