package org.azekura.server.browse;

import java.util.List;
import java.util.concurrent.Semaphore;
import org.azekura.api.BackupException;
import org.azekura.api.RawPath;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.server.Snapshots.Lying;

/** Refuses whom there is no place for: each walks a tree in the thread that he asked with, and there are few of those. Any thread. */
final class FewAtATime implements SnapshotBrowser.Where {

    static final int PLACES = 4;

    private final SnapshotBrowser.Where where;
    private final Semaphore places = new Semaphore(PLACES);

    FewAtATime(SnapshotBrowser.Where where) {
        this.where = where;
    }

    /** @throws BackupException {@code snapshot.busy}: others are asking */
    @Override
    public List<Lying> of(Snapshot snapshot, List<RawPath> paths) throws BackupException {
        if (!places.tryAcquire()) {
            throw BackupException.operator("snapshot.busy", snapshot.id().toString(), "where it lies is being looked up for " + PLACES + " others; try again in a moment");
        }
        try {
            return where.of(snapshot, paths);
        } finally {
            places.release();
        }
    }
}
