package org.azekura.server.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ManifestTurnTest {

    private static String code(ManifestTurn turn) {
        return assertThrows(BackupException.class, turn::take).failure().code();
    }

    private static <T> T elsewhere(Callable<T> step) throws Exception {
        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            return other.submit(step).get();
        }
    }

    @Test
    void whoWaitsTooLongIsToldAndTheNextHasIt() throws Exception {
        ManifestTurn turn = new ManifestTurn(new PoolName("main"), Duration.ofMillis(1));
        try (ManifestTurn.Taken _ = turn.take()) {
            assertEquals("manifests.busy", elsewhere(() -> code(turn)));
        }
        elsewhere(() -> {
            turn.take().close();
            return null;
        });
    }

    @Test
    void whoIsInterruptedDoesNotWait() throws Exception {
        ManifestTurn turn = new ManifestTurn(new PoolName("main"), Duration.ofDays(1));
        try (ManifestTurn.Taken _ = turn.take()) {
            assertEquals("manifests.interrupted", elsewhere(() -> {
                Thread.currentThread().interrupt();
                String code = code(turn);
                assertTrue(Thread.interrupted());
                return code;
            }));
        }
    }
}
