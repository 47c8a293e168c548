package org.azekura.server.names;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.names.NameIndex;
import org.azekura.engine.tree.TreeReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the index of names follow the catalog, on a thread of its own: part after part, so that it can end at any moment and go on later. Safe for any
 * number of threads.
 */
public final class NameKeeper implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(NameKeeper.class);
    /** Who changed the catalog may have told nobody. */
    private static final long PAUSE_s = 60;

    /** Changes that are kept in memory; a few MiB. */
    private static final int PART = 10_000;

    private final CatalogStore catalog;
    private final Trees trees;
    private final Supplier<NameIndex> indexes;
    private final int part;
    /** Of who reads into the index, and who drops a pool: what a key opened must not come back behind its end. */
    private final ReentrantLock turn = new ReentrantLock(true);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private final Condition went = lock.newCondition();
    private boolean due = true;
    private long rounds;
    private volatile boolean closed;
    /** Somebody waits for the turn. */
    private volatile boolean wanted;

    /** What the keys that are here open. */
    public interface Trees {

        /** @throws BackupException {@code key.missing} */
        TreeReader reader(Pool pool) throws BackupException;

        boolean opens(Pool pool) throws BackupException;
    }

    /** @param indexes gives the one that is there, or null */
    public NameKeeper(CatalogStore catalog, Trees trees, Supplier<NameIndex> indexes) {
        this(catalog, trees, indexes, PART);
    }

    NameKeeper(CatalogStore catalog, Trees trees, Supplier<NameIndex> indexes, int part) {
        this.part = part;
        this.catalog = catalog;
        this.trees = trees;
        this.indexes = indexes;
    }

    public void open() {
        Thread.ofPlatform().daemon().name("server-names").start(this::run);
    }

    /** Null if there is none just now. */
    NameIndex index() {
        return indexes.get();
    }

    /** Whether what is in a pool may be known here. */
    boolean opens(PoolName name) throws BackupException {
        Pool pool = catalog.read(view -> view.pool(name)).orElse(null);
        return pool != null && trees.opens(pool);
    }

    /** The catalog may have other snapshots. */
    public void changed() {
        lock.lock();
        try {
            due = true;
            woken.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        while (!closed) {
            try {
                awaitDue();
                round(() -> closed || wanted);
            } catch (InterruptedException e) {
                return;
            } catch (BackupException | RuntimeException e) {
                log.warn("the index of names could not be brought up to date, and is in a minute: {}", e.getMessage());
            }
            lock.lock();
            try {
                rounds++;
                went.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private void awaitDue() throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.SECONDS.toNanos(PAUSE_s);
            while (!due && !closed && left > 0) {
                left = woken.awaitNanos(left);
            }
            due = false;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until it has looked at the catalog once more, but no longer than this. */
    void awaitRound(long millis) {
        lock.lock();
        try {
            long end = rounds + 2; // one may have begun before now
            due = true;
            woken.signalAll();
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (rounds < end && left > 0) {
                left = went.awaitNanos(left);
                due = true;
                woken.signalAll();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** A key went: so do the names that it opened, before this returns. */
    public void keysChanged() {
        wanted = true;
        turn.lock();
        try {
            wanted = false;
            NameIndex index = index();
            if (index != null) {
                dropClosed(index, pools());
            }
        } catch (BackupException e) {
            log.error("names of a pool whose key is not here any more could not be deleted; they are tried again in a minute: {}", e.getMessage());
        } finally {
            turn.unlock();
        }
        changed();
    }

    private Map<PoolName, List<Snapshot>> pools() throws BackupException {
        Map<PoolName, List<Snapshot>> pools = new LinkedHashMap<>();
        catalog.read(view -> view.snapshots(null)).forEach(s -> pools.computeIfAbsent(s.pool(), pool -> new ArrayList<>()).add(s));
        return pools;
    }

    private void dropClosed(NameIndex index, Map<PoolName, List<Snapshot>> pools) throws BackupException {
        for (PoolName name : index.pools()) {
            Pool pool = pools.containsKey(name) ? catalog.read(view -> view.pool(name)).orElse(null) : null;
            if (pool == null || !trees.opens(pool)) {
                index.drop(name);
                log.info("pool={} its names are deleted: {}", name, pool == null ? "it has no snapshots" : "its key is not here");
            }
        }
    }

    /** Brings the index up to date, or a part of the way. */
    void round(BooleanSupplier stop) throws BackupException {
        NameIndex index = index();
        if (index == null) {
            return;
        }
        turn.lock();
        try {
            Map<PoolName, List<Snapshot>> pools = pools();
            dropClosed(index, pools);
            for (Map.Entry<PoolName, List<Snapshot>> each : pools.entrySet()) {
                Pool pool = catalog.read(view -> view.pool(each.getKey())).orElse(null);
                if (!stop.getAsBoolean() && pool != null && trees.opens(pool)) {
                    new PoolReading(index, trees.reader(pool), pool.name(), part, stop).follow(each.getValue());
                }
            }
        } finally {
            turn.unlock();
        }
        if (stop.getAsBoolean()) {
            changed();
        }
    }

    @Override
    public void close() {
        closed = true;
        changed();
        turn.lock(); // the trees are closed behind this
        turn.unlock();
    }
}
