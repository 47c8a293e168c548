package org.azekura.client.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.JobId;
import org.azekura.client.job.Breaker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpeningTest {

    private static final int LARGE = 10 << 20;

    private final Breaker breaker = new Breaker(new JobId(1));
    private final Opening opening = new Opening("test", breaker);
    private final List<String> taken = new ArrayList<>();

    @AfterEach
    void close() {
        opening.close();
    }

    private static ChunkId id(int number) {
        return new ChunkId(0, 0, 0, number);
    }

    private void take(ChunkId chunk, byte[] content, int stored) {
        taken.add(chunk.equals(id(stored)) ? stored + (content == null ? " damaged" : " of " + content.length) : "another");
    }

    @Test
    void allComeOnceAndInTheirOrderWhateverTheyWeighAndHowLongTheyTake() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> expected = new ArrayList<>();
        opening.run(() -> {
            for (int i = 0; i < 500; i++) {
                byte[] content = random.nextInt(10) == 0 ? null : new byte[random.nextInt(1000)];
                int spins = random.nextInt(20_000);
                expected.add(i + (content == null ? " damaged" : " of " + content.length));
                opening.add(id(i), i, random.nextInt(LARGE), () -> {
                    for (int s = 0; s < spins; s++) {
                        Thread.onSpinWait();
                    }
                    return content;
                });
            }
            expected.add("500 damaged");
            opening.addDamaged(id(500), 500);
        }, this::take);
        assertEquals(expected, taken, "seed " + seed);
    }

    @Test
    void whatHasComeAndIsNotWrittenTakesNoMoreRoomThanTheBudget() throws Exception {
        AtomicLong under = new AtomicLong();
        AtomicLong most = new AtomicLong();
        opening.run(() -> {
            for (int i = 0; i < 100; i++) {
                opening.add(id(i), i, LARGE, () -> {
                    most.accumulateAndGet(under.addAndGet(LARGE), Math::max);
                    return new byte[0];
                });
            }
        }, (chunk, content, stored) -> under.addAndGet(-LARGE));
        assertEquals(0, under.get());
        assertTrue(most.get() <= Opening.BUDGET_BYTES, most + " bytes");
    }

    @Test
    void whatIsLargerThanTheBudgetComesAlone() throws Exception {
        AtomicInteger opened = new AtomicInteger();
        opening.run(() -> {
            for (int i = 0; i < 10; i++) {
                opening.add(id(i), i, Opening.BUDGET_BYTES + 1, () -> new byte[opened.incrementAndGet()]);
            }
        }, (chunk, content, stored) -> {
            assertEquals(content.length, opened.get());
            take(chunk, content, stored);
        });
        assertEquals(10, taken.size());
    }

    @Test
    void whatHasComeIsWrittenByTheCallerWhileTheNextIsWaitedFor() throws Exception {
        Thread caller = Thread.currentThread();
        CountDownLatch written = new CountDownLatch(1);
        opening.run(() -> {
            assertNotEquals(caller, Thread.currentThread());
            opening.add(id(1), 1, 1, () -> {
                assertNotEquals(caller, Thread.currentThread());
                return new byte[0];
            });
            await(written);
        }, (chunk, content, stored) -> {
            assertSame(caller, Thread.currentThread());
            take(chunk, content, stored);
            written.countDown();
        });
        assertEquals(List.of("1 of 0"), taken);
    }

    private static void await(CountDownLatch written) {
        try {
            assertTrue(written.await(120, TimeUnit.SECONDS), "what has come was not written");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatIsNoDamageEndsTheRestore() {
        BackupException failed = assertThrows(BackupException.class, () -> opening.run(() -> opening.add(id(1), 1, 1, () -> {
            throw new IllegalStateException("broken");
        }), this::take));
        assertEquals("broken", failed.getCause().getMessage());
        assertEquals(List.of(), taken);
    }

    @Test
    void aFailureOfTheReceiverComesBehindWhatItHasReceived() {
        BackupException failed = assertThrows(BackupException.class, () -> opening.run(() -> {
            opening.add(id(1), 1, 1, () -> new byte[1]);
            throw BackupException.network("transport.closed", "", "gone", null);
        }, this::take));
        assertEquals("transport.closed", failed.failure().code());
        assertEquals(List.of("1 of 1"), taken);
    }

    @Test
    void nothingIsWrittenOnceTheJobIsCancelled() {
        BackupException failed = assertThrows(BackupException.class, () -> opening.run(() -> {
            for (int i = 0; i < 10; i++) {
                opening.add(id(i), i, 1, () -> new byte[1]);
            }
        }, (chunk, content, stored) -> {
            take(chunk, content, stored);
            breaker.cancel();
        }));
        assertEquals("job.cancelled", failed.failure().code());
        assertEquals(List.of("0 of 1"), taken);
    }
}
