package org.azekura.server.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class KnownReservesTest {

    private static final PoolName TAPE = new PoolName("tape");
    private static final Optional<Reserve> ONE = Optional.of(new Reserve(TAPE, 1, 1));
    private static final Optional<Reserve> TWO = Optional.of(new Reserve(TAPE, 2, 2));

    private final AtomicInteger questions = new AtomicInteger();
    private final CountDownLatch answers = new CountDownLatch(1);

    @Test
    void aLibraryThatDoesNotAnswerIsAskedOnceAndHoldsNobody() throws Exception {
        assertEquals(ONE, new KnownReserves().of(TAPE, () -> ONE));
        KnownReserves reserves = new KnownReserves(Duration.ofMillis(20));
        for (int i = 0; i < 3; i++) {
            assertEquals(Optional.empty(), reserves.of(TAPE, this::slow));
        }
        assertEquals(1, questions.get());
        answers.countDown();
        while (reserves.of(TAPE, this::slow).isEmpty()) {
            Thread.onSpinWait();
        }
        assertEquals(TWO, reserves.of(TAPE, this::slow));
    }

    @Test
    void whatWentWrongIsTold() {
        BackupException away = BackupException.device("device.io", "lib1", "it is off", null);
        assertEquals(away, assertThrows(BackupException.class, () -> new KnownReserves().of(TAPE, () -> {
            throw away;
        })));
    }

    private Optional<Reserve> slow() {
        questions.incrementAndGet();
        try {
            answers.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return TWO;
    }
}
