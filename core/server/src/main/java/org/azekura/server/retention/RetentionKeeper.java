package org.azekura.server.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.azekura.api.BackupException;
import org.azekura.api.NodeName;
import org.azekura.api.PoolName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.Jobs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has snapshots expire by itself: looks every ten minutes whether there are some that no rule wants and that can be reached, and orders a job then. A prune of their pool
 * follows, at most as often as it is set. On a thread of its own.
 */
public final class RetentionKeeper implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RetentionKeeper.class);
    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final Duration LOOK = Duration.ofMinutes(10);
    /** Between the end of one prune and the next, as long as there are pools to prune. */
    private static final Duration SOON = Duration.ofSeconds(15);
    /** What could not be deleted is tried again after this. */
    static final Duration AGAIN = Duration.ofHours(6);

    private final CatalogStore catalog;
    private final RetentionDesk desk;
    private final Ages ages;
    private final Jobs jobs;
    private final Predicate<NodeName> connected;
    private final LongSupplier nanos;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Duration pruneEvery = Duration.ZERO;
    private Set<SnapshotId> tried = Set.of();
    private long triedAt;

    /** @param nanos of a clock that nobody sets */
    public RetentionKeeper(CatalogStore catalog, RetentionDesk desk, Ages ages, Jobs jobs, Predicate<NodeName> connected, LongSupplier nanos) {
        this.catalog = catalog;
        this.desk = desk;
        this.ages = ages;
        this.jobs = jobs;
        this.connected = connected;
        this.nanos = nanos;
    }

    /** A pool is pruned at most so often because snapshots have expired; zero: it is not. */
    public void pruneEvery(Duration time) {
        pruneEvery = time;
    }

    /** Begins to look. */
    public void open() {
        Thread.ofVirtual().name("server-retention").start(this::run);
    }

    private void run() {
        try {
            for (Duration pause = FIRST; !closed.await(pause.toMillis(), TimeUnit.MILLISECONDS); pause = LOOK) {
                try {
                    boolean ordered = round();
                    for (long looks = LOOK.dividedBy(SOON); ordered && looks > 0 && !closed.await(SOON.toMillis(), TimeUnit.MILLISECONDS); looks--) {
                        ordered = isPruning() || prune();
                    }
                } catch (BackupException | RuntimeException e) {
                    log.warn("which snapshots expire can't be looked up now: {}", e.getMessage());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One look. @return whether a prune was ordered, behind which another may be */
    boolean round() throws BackupException {
        return jobs.list(true).stream().noneMatch(job -> job.kind() == Job.Kind.EXPIRE) && !expire() && !isPruning() && prune();
    }

    /** One at a time: they share the store of trees. */
    private boolean isPruning() throws BackupException {
        return jobs.list(true).stream().anyMatch(job -> job.kind() == Job.Kind.PRUNE);
    }

    /** Whether a job was ordered. */
    private boolean expire() throws BackupException {
        if (!desk.expiresAny()) {
            return false;
        }
        Set<SnapshotId> due = new HashSet<>();
        for (Snapshot snapshot : desk.due(null)) {
            if (catalog.read(view -> view.pool(snapshot.pool())).filter(pool -> connected.test(pool.node())).isPresent()) {
                due.add(snapshot.id());
            }
        }
        boolean again = nanos.getAsLong() - triedAt >= AGAIN.toNanos();
        if (due.isEmpty() || tried.containsAll(due) && !again) {
            return false;
        }
        jobs.submit(new JobOrder.Expire(null));
        tried = Set.copyOf(due);
        triedAt = nanos.getAsLong();
        return true;
    }

    /** Whether one was ordered. */
    private boolean prune() throws BackupException {
        Instant now = ages.now().get();
        Duration every = pruneEvery;
        for (PoolName pool : every.isZero() ? List.<PoolName>of() : catalog.read(view -> Unpruned.due(view, now, every))) {
            try {
                Unpruned.begun(catalog, pool, jobs.submit(new JobOrder.Prune(pool, false)).id(), now);
                return true;
            } catch (BackupException e) {
                log.info("pool={} can't be pruned now, though snapshots have expired there: {}", pool, e.getMessage());
            }
        }
        return false;
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
