package org.azekura.server.host;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;

/** Who writes or deletes manifests of one pool just now. On tape that takes hours, so nobody waits for it to its end: people do, with a request, and jobs that are cancelled. Thread-safe. */
public final class ManifestTurn {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ReentrantLock lock = new ReentrantLock();
    private final PoolName pool;
    private final Duration patience;

    ManifestTurn(PoolName pool) {
        this(pool, PATIENCE);
    }

    ManifestTurn(PoolName pool, Duration patience) {
        this.pool = pool;
        this.patience = patience;
    }

    /** Until it is closed, by the thread that took it. */
    public interface Taken extends AutoCloseable {
        @Override
        void close();
    }

    /** @throws BackupException {@code manifests.busy}: another has it still; {@code manifests.interrupted} */
    public Taken take() throws BackupException {
        try {
            if (lock.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return lock::unlock;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BackupException.device("manifests.interrupted", pool.value(), "interrupted while another writes manifests of pool " + pool, e);
        }
        throw BackupException.device("manifests.busy", pool.value(), "manifests of pool " + pool + " are being written or deleted just now; try again later", null);
    }
}
