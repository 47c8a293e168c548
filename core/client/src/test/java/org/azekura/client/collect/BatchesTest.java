package org.azekura.client.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class BatchesTest {

    /** Longer than a test may take: who waits so long has not seen what it waits for. */
    private static final int FOREVER_MILLIS = 3_600_000;
    private static final Duration SOON = Duration.ofMinutes(2);

    @Test
    void whatComesTogetherIsTakenTogetherAndInOrder() throws Exception {
        Batches<Integer> batches = new Batches<>(1, 0);
        batches.add(1);
        batches.add(List.of(2, 3));
        assertEquals(List.of(1, 2, 3), batches.take());
    }

    @Test
    void enoughIsTakenAtOnce() {
        Batches<Integer> batches = new Batches<>(3, FOREVER_MILLIS);
        CompletableFuture<List<Integer>> taken = taken(batches);
        batches.add(1);
        batches.add(2);
        batches.add(3);
        assertEquals(List.of(1, 2, 3), assertTimeoutPreemptively(SOON, taken::join));
    }

    @Test
    void lessIsTakenWhenTheFirstHasWaited() {
        Batches<Integer> batches = new Batches<>(100, 1);
        CompletableFuture<List<Integer>> taken = taken(batches);
        batches.add(7);
        assertEquals(List.of(7), assertTimeoutPreemptively(SOON, taken::join));
    }

    private static CompletableFuture<List<Integer>> taken(Batches<Integer> batches) {
        CompletableFuture<List<Integer>> taken = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("taker").start(() -> {
            try {
                taken.complete(batches.take());
            } catch (InterruptedException e) {
                taken.completeExceptionally(e);
            }
        });
        return taken;
    }
}
