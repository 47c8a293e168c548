package org.azekura.rest.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class AcquaintanceTest {

    private static final URI PLACE = URI.create("https://backup1:8443");

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger attempts = new AtomicInteger();

    private static FutureTask<HttpClient> asking(Acquaintance known) {
        FutureTask<HttpClient> asked = new FutureTask<>(() -> known.client(PLACE));
        Thread.ofVirtual().start(asked);
        return asked;
    }

    private static void assertUnreached(FutureTask<HttpClient> asked) {
        assertTrue(assertThrows(ExecutionException.class, () -> asked.get(10, TimeUnit.SECONDS)).getCause() instanceof Acquaintance.Unreached);
    }

    @Test
    void closingWaitsForNoAttemptAndSendsAllAwayWhoDo() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<HttpClient> never = new CompletableFuture<>();
        Acquaintance known = new Acquaintance(place -> {
            attempts.incrementAndGet();
            begun.countDown();
            return never.join(); // not even an interrupt ends it
        }, nanos::get);
        FutureTask<HttpClient> one = asking(known);
        FutureTask<HttpClient> other = asking(known);
        begun.await();
        known.close();
        assertUnreached(one);
        assertUnreached(other);
        assertUnreached(asking(known));
        assertEquals(1, attempts.get());
        try (HttpClient late = HttpClient.newHttpClient()) {
            never.complete(late);
            assertTrue(late.awaitTermination(Duration.ofSeconds(10)), "nobody has it");
        }
    }

    @Test
    void aPlaceThatFailedIsNotTriedAgainForSomeSeconds() throws Exception {
        Acquaintance known = new Acquaintance(place -> {
            attempts.incrementAndGet();
            throw new IOException("filtered");
        }, nanos::get);
        for (int i = 0; i < 5; i++) {
            assertEquals("filtered", assertThrows(Acquaintance.Unreached.class, () -> known.client(PLACE)).getMessage());
        }
        assertEquals(1, attempts.get());
        assertThrows(Acquaintance.Unreached.class, () -> known.client(URI.create("https://backup3:8443")));
        assertEquals(2, attempts.get(), "another place is another matter");
        nanos.addAndGet(Acquaintance.NOT_AGAIN.toNanos());
        assertThrows(Acquaintance.Unreached.class, () -> known.client(URI.create("https://backup3:8443")));
        assertEquals(3, attempts.get());
        known.close();
    }

    @Test
    void aClientIsForgottenByWhomItFailedAloneAndEndsWhatItHasBegun() throws Exception {
        Acquaintance known = new Acquaintance(place -> HttpClient.newHttpClient(), nanos::get);
        HttpClient old = known.client(PLACE);
        known.forget(old);
        HttpClient next = known.client(PLACE);
        assertNotSame(old, next);
        known.forget(old);
        assertSame(next, known.client(PLACE), "another thread that failed with the old one");
        assertFalse(old.isTerminated(), "somebody may still be answered by it");
        known.close();
        assertTrue(old.awaitTermination(Duration.ofSeconds(10)));
        assertTrue(next.awaitTermination(Duration.ofSeconds(10)));
    }
}
