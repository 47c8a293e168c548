package org.azekura.storagenode.lease;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.junit.jupiter.api.Test;

class PassTest {

    private static final JobId ONE = new JobId(1);
    private static final JobId OTHER = new JobId(2);
    private static final JobId THIRD = new JobId(3);

    private final AtomicLong clock = new AtomicLong();
    private final Pass pass = new Pass(MountRules.USUAL, clock::get);

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    /** Asks, and returns once that is known to wait, or to be served. */
    private CompletableFuture<Pass.Step> begin(JobId job, long object) {
        return begin(job, object, () -> false);
    }

    private CompletableFuture<Pass.Step> begin(JobId job, long object, BooleanSupplier stop) {
        CompletableFuture<Pass.Step> step = new CompletableFuture<>();
        Thread thread = Thread.ofPlatform().daemon().start(() -> {
            try {
                step.complete(pass.enter(job, object, 0, stop));
            } catch (BackupException | RuntimeException e) {
                step.completeExceptionally(e);
            }
        });
        while (!step.isDone() && thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        return step;
    }

    private static Pass.Step get(CompletableFuture<Pass.Step> step) throws Exception {
        return step.get(120, TimeUnit.SECONDS);
    }

    private void joined(JobId job, Long... objects) throws BackupException {
        pass.expect(job);
        pass.join(job, List.of(objects), (all, joins) -> new Pass.Plan(all.stream().sorted().toList(), null));
    }

    @Test
    void whoIsLeastFarIsServedFirst() throws Exception {
        joined(ONE, 20L, 60L);
        joined(OTHER, 10L, 50L);
        Pass.Step first = pass.enter(ONE, 20, 0, () -> false);
        CompletableFuture<Pass.Step> behind = begin(OTHER, 10);
        CompletableFuture<Pass.Step> far = begin(ONE, 60);
        CompletableFuture<Pass.Step> stranger = begin(THIRD, 5);
        first.close();
        get(behind).close();
        behind = begin(OTHER, 50);
        get(behind).close();
        assertFalse(far.isDone(), "the other one may come back");
        pass.leave(OTHER);
        get(far).close();
        assertFalse(stranger.isDone(), "who has not joined comes last");
        pass.leave(ONE);
        get(stranger).close();
    }

    @Test
    void whoWasServedHasAMomentToComeBack() throws Exception {
        pass.enter(ONE, 20, 0, () -> false).close();
        CompletableFuture<Pass.Step> other = begin(OTHER, 30);
        pass(Duration.ofSeconds(1));
        pass.enter(ONE, 21, 0, () -> false).close();
        assertFalse(other.isDone());
        pass(MountRules.USUAL.linger());
        get(other).close();
        CompletableFuture<Pass.Step> back = begin(ONE, 32);
        pass.enter(OTHER, 31, 0, () -> false).close();
        assertFalse(back.isDone(), "it is his now, and who came too late waits");
        pass.leave(OTHER);
        get(back).close();
    }

    /** A pack that was found damaged is looked through for no job. */
    @Test
    void whoIsNoJobWaitsForHisTurnAndKeepsNobodyFromHis() throws Exception {
        pass.enter(ONE, 20, 0, () -> false).close();
        CompletableFuture<Pass.Step> nobody = begin(null, 30);
        CompletableFuture<Pass.Step> other = begin(OTHER, 40);
        assertFalse(nobody.isDone(), "who was served may come back");
        pass.enter(ONE, 21, 0, () -> false).close();
        pass(MountRules.USUAL.linger());
        get(nobody).close();
        get(other).close();
        assertRefused("job.ended", () -> {
            try (Pass.Step _ = pass.enter(OTHER, 41, 0, () -> false)) {
                pass.enter(null, 30, 0, () -> true);
            }
        });
    }

    @Test
    void whoReadsAloneNeverWaits() throws Exception {
        for (long object : new long[] {20, 10, 30}) {
            pass.enter(ONE, object, 0, () -> false).close();
        }
        pass.leave(ONE);
        pass.enter(OTHER, 5, 0, () -> false).close();
    }

    @Test
    void nobodyWaitsLongerThanATurn() throws Exception {
        Pass.Step step = pass.enter(ONE, 1, 0, () -> false);
        CompletableFuture<Pass.Step> far = begin(OTHER, 1_000_000);
        CompletableFuture<Pass.Step> third = begin(THIRD, 500_000);
        CompletableFuture<Pass.Step> next = begin(ONE, 2);
        step.close();
        long seconds = 0;
        for (long object = 3; CompletableFuture.anyOf(next, far).get(120, TimeUnit.SECONDS) != null && !far.isDone(); object++, seconds++) {
            pass(Duration.ofSeconds(1));
            CompletableFuture<Pass.Step> after = begin(ONE, object);
            next.get().close();
            next = after;
        }
        // two others share a turn
        assertEquals(300, seconds);
        get(far).close();
        pass.leave(OTHER);
        get(next).close();
        assertFalse(third.isDone(), "he has his own time");
        pass.leave(ONE);
        get(third).close();
    }

    @Test
    void whoJoinsIsPutBetweenAndSoIsServed() throws Exception {
        pass.expect(ONE);
        pass.expect(OTHER);
        assertEquals(List.of(10L, 40L, 20L), pass.join(ONE, List.of(10L, 20L, 40L), (all, joins) -> {
            assertFalse(joins);
            return new Pass.Plan(List.of(10L, 40L, 20L), null);
        }));
        Pass.Step step = pass.enter(ONE, 10, 0, () -> false);
        assertEquals(List.of(45L, 25L), pass.join(OTHER, List.of(25L, 45L), (all, joins) -> {
            assertEquals(List.of(10L, 40L, 20L, 25L, 45L), all);
            return new Pass.Plan(List.of(10L, 40L, 45L, 20L, 25L), null);
        }));
        CompletableFuture<Pass.Step> other = begin(OTHER, 45);
        CompletableFuture<Pass.Step> next = begin(ONE, 40);
        step.close();
        step = get(next);
        next = begin(ONE, 20);
        assertFalse(other.isDone());
        step.close();
        get(other).close();
        assertFalse(next.isDone(), "he may want more there");
        pass.leave(OTHER);
        get(next).close();
    }

    /** A cartridge is brought while a plan is made: others join meanwhile. */
    @Test
    void twoWhoJoinAtTheSameTimeAreBothPlanned() throws Exception {
        pass.expect(OTHER);
        List<List<Long>> asked = new ArrayList<>();
        assertEquals(List.of(15L, 25L), pass.join(OTHER, List.of(25L, 15L), (all, joins) -> {
            asked.add(all);
            if (asked.size() == 1) {
                joined(ONE, 10L, 20L);
            } else if (asked.size() == 2) {
                joined(THIRD, 20L, 30L);
            }
            return new Pass.Plan(all.stream().sorted().toList(), null);
        }));
        assertEquals(List.of(List.of(25L, 15L), List.of(10L, 20L, 25L, 15L), List.of(10L, 20L, 30L, 25L, 15L)), asked);
    }

    @Test
    void manyObjectsAreJoinedInAMoment() {
        List<Long> even = LongStream.range(0, 100_000).mapToObj(i -> 2 * i).toList();
        List<Long> odd = LongStream.range(0, 100_000).mapToObj(i -> 2 * i + 1).toList();
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            joined(ONE, even.toArray(Long[]::new));
            joined(OTHER, odd.toArray(Long[]::new));
            pass.enter(OTHER, odd.getLast(), 0, () -> false).close();
        });
    }

    /** A job is cancelled while its cartridge is brought. */
    @Test
    void whoLeavesWhileHeIsPlannedStaysAway() throws Exception {
        pass.expect(ONE);
        assertRefused("job.ended", () -> pass.join(ONE, List.of(10L, 20L), (all, joins) -> {
            pass.leave(ONE);
            return new Pass.Plan(all, null);
        }));
        pass.expect(OTHER);
        assertEquals(List.of(30L), pass.join(OTHER, List.of(30L), (all, joins) -> {
            assertEquals(List.of(30L), all);
            return new Pass.Plan(all, null);
        }));
        assertRefused("job.ended", () -> pass.join(ONE, List.of(10L), (all, joins) -> {
            throw new AssertionError("nothing is brought for him any more");
        }));
    }

    @Test
    void whoIsTakenUpAgainBeforeHeHasLeftStays() throws Exception {
        pass.expect(ONE);
        joined(ONE, 10L, 20L);
        pass.leave(ONE);
        joined(OTHER, 15L);
        Pass.Step step = pass.enter(THIRD, 1, 0, () -> false);
        CompletableFuture<Pass.Step> far = begin(OTHER, 15);
        CompletableFuture<Pass.Step> first = begin(ONE, 10);
        step.close();
        pass.leave(THIRD);
        get(first).close();
        pass.leave(ONE);
        get(far).close();
    }

    @Test
    void whoIsStoppedWaitsNoLonger() throws Exception {
        Pass.Step step = pass.enter(ONE, 1, 0, () -> false);
        assertRefused("job.ended", () -> pass.enter(OTHER, 2, 0, () -> true));
        step.close();
        pass.leave(ONE);
        pass.enter(OTHER, 2, 0, () -> true).close();
    }

    /** Who else waits has left by then, and it would be his turn. */
    @Test
    void whoIsStoppedWhileHeWaitsIsNotServed() throws Exception {
        AtomicBoolean stopped = new AtomicBoolean();
        Pass.Step step = pass.enter(ONE, 1, 0, () -> false);
        CompletableFuture<Pass.Step> ended = begin(OTHER, 2, stopped::get);
        stopped.set(true);
        step.close();
        pass.leave(ONE);
        assertInstanceOf(BackupException.class, assertThrows(ExecutionException.class, () -> get(ended)).getCause());
        pass.enter(THIRD, 3, 0, () -> false).close();
    }

    @Test
    void whoIsInterruptedKeepsNobodyFromReading() throws Exception {
        Pass.Step step = pass.enter(ONE, 1, 0, () -> false);
        CompletableFuture<BackupException> refused = new CompletableFuture<>();
        Thread thread = Thread.ofPlatform().daemon().start(() -> refused.complete(assertRefused("device.interrupted", () -> pass.enter(OTHER, 2, 0, () -> false))));
        thread.interrupt();
        refused.get(120, TimeUnit.SECONDS);
        step.close();
        pass.leave(ONE);
        pass.enter(THIRD, 3, 0, () -> false).close();
    }
}
