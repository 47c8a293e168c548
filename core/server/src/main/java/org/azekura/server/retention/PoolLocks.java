package org.azekura.server.retention;

import java.time.Duration;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.TimeSpan;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.device.BlobLock;
import org.azekura.api.server.Retention;
import org.azekura.server.host.Edition;
import org.azekura.server.pool.MediaSets;

/** For how long, and how hard, what lies in pools is locked. Thread-safe. */
final class PoolLocks {

    private static final Duration LONGEST = Duration.ofDays(366L * 100);

    private final CatalogStore catalog;
    private final RetentionDesk.Media media;

    PoolLocks(CatalogStore catalog, RetentionDesk.Media media) {
        this.catalog = catalog;
        this.media = media;
    }

    Retention.PoolLock of(PoolName pool) throws BackupException {
        List<BlobLock.Mode> device = media.modes(pool);
        return catalog.read(view -> {
            MediaSets.requireNamed(view, pool);
            return new Retention.PoolLock(view.lock(pool), view.lockMode(pool), device);
        });
    }

    /**
     * Has what lies in a pool be locked longer, or harder, from now on.
     *
     * @param mode null: as before
     * @throws BackupException {@code lock.invalid}, {@code lock.refused}
     */
    Retention.PoolLock longer(PoolName pool, Duration time, BlobLock.Mode mode) throws BackupException {
        if (time.compareTo(Duration.ofSeconds(1)) < 0 || time.compareTo(LONGEST) > 0) {
            throw BackupException.operator("lock.invalid", pool.value(), "pool " + pool + " is not locked: a lock is for a time up to a hundred years, like 30d, not " + time);
        }
        catalog.write(edit -> {
            MediaSets.requireNamed(edit, pool);
            Duration before = edit.lock(pool);
            if (time.compareTo(before) < 0) {
                throw BackupException.operator("lock.refused", pool.value(), "what lies in pool " + pool + " is locked for " + TimeSpan.format(before)
                        + "; a lock can only be made longer");
            }
            if (mode != null && mode.compareTo(edit.lockMode(pool)) < 0) {
                throw BackupException.operator("lock.refused", pool.value(), "the media of pool " + pool + " lock in the mode " + edit.lockMode(pool).word()
                        + "; a lock can only be made stronger");
            }
            edit.putLock(pool, time);
            if (mode != null) {
                edit.putLockMode(pool, mode);
            }
            Edition.next(edit);
            return null;
        });
        media.locked(pool);
        return of(pool);
    }
}
