package org.azekura.server.proof;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.azekura.api.BackupException;
import org.azekura.api.NodeName;
import org.azekura.api.SaveSetId;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.server.Proofs.Newest;
import org.azekura.api.server.Spread;

/**
 * Knows how snapshots are spread. The newest of each save set are looked for among all snapshots; what was found is kept until a job has ended or something was said that
 * may change it, and for a minute at most. Thread-safe.
 */
public final class SpreadKeeper {

    private static final long KEPT_ns = Duration.ofMinutes(1).toNanos();

    private final CatalogStore catalog;
    private final NodeName server;
    private final LongSupplier clock;
    private final ReentrantLock lock = new ReentrantLock();
    /** Null before it was asked for, and when it may be another. */
    private List<Newest> newest;
    private long counted;
    private int changes;

    /**
     * @param server the host on which the server runs
     * @param clock  nanoseconds
     */
    public SpreadKeeper(CatalogStore catalog, NodeName server, LongSupplier clock) {
        this.catalog = catalog;
        this.server = server;
        this.clock = clock;
    }

    /** Something happened that may change it. */
    public void changed() {
        lock.lock();
        try {
            newest = null;
            changes++;
        } finally {
            lock.unlock();
        }
    }

    /** @param snapshots as they were listed */
    public Map<SnapshotId, Spread> of(Collection<Snapshot> snapshots) throws BackupException {
        return catalog.read(view -> new SpreadWalk(view, server).of(snapshots));
    }

    /** By save set. */
    List<Newest> newest() throws BackupException {
        int before;
        lock.lock();
        try {
            if (newest != null && clock.getAsLong() - counted < KEPT_ns) {
                return newest;
            }
            before = changes;
        } finally {
            lock.unlock();
        }
        List<Newest> now = catalog.read(this::count);
        lock.lock();
        try {
            if (before == changes) {
                newest = now;
                counted = clock.getAsLong();
            }
        } finally {
            lock.unlock();
        }
        return now;
    }

    private List<Newest> count(CatalogView view) throws BackupException {
        Map<SaveSetId, Snapshot> last = new TreeMap<>();
        for (Snapshot snapshot : view.newestSnapshots(1)) {
            last.put(new SaveSetId(snapshot.client(), snapshot.saveSet()), snapshot);
        }
        Map<SnapshotId, Spread> spreads = new SpreadWalk(view, server).ofNewest(last.values());
        return last.entrySet().stream().map(set -> new Newest(set.getKey(), set.getValue().id(), spreads.get(set.getValue().id()))).toList();
    }
}
