package org.azekura.storagenode.cartridge;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the packs of a pool's spool to its cartridges, many at once, in their order. One slot of the spool is what is being written, the other what comes
 * meanwhile. It begins when a slot is full, when somebody waits for what is behind them or for room, or when the first has waited for long. Thread-safe.
 *
 * <p>Locks: its own is held for a moment only, and while files are deleted; never while a drive is asked for anything.
 */
final class Drain {

    private static final long PATIENCE = TimeUnit.MINUTES.toNanos(15);
    /** After a failure nobody is served by trying at once what nobody waits for. */
    private static final long AGAIN = TimeUnit.MINUTES.toNanos(1);
    private static final long LOOK = TimeUnit.SECONDS.toNanos(30);
    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);

    private final PoolName pool;
    private final MediaSet set;
    private final Turns turns;
    private volatile SpoolPlace place;
    private final LongSupplier clock;
    private final SpoolNews news;
    private final SyncSpacing spacing = new SyncSpacing();
    private final ReentrantLock opening = new ReentrantLock();
    private volatile Journal journal;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** What waits for all packs before it, guarded by the lock as all that follows. */
    private final Set<Waiting> fences = new LinkedHashSet<>();
    /** Those of them that wait for what is being written; what comes meanwhile waits for the next time. */
    private List<Waiting> behind = List.of();
    private Thread thread;
    private boolean demanded;
    private volatile boolean closed;
    /** How often it has ended writing, and what came of the last time; null: all was written. */
    private long ends;
    private BackupException problem;
    private long endedAt;
    /** Packs that are not what they were; whoever stands behind them is told. */
    private final List<String> lost = new ArrayList<>();

    /** @param place where packs wait, and how many */
    Drain(PoolName pool, MediaSet set, Turns turns, SpoolPlace place, LongSupplier clock, SpoolNews news) {
        this.pool = pool;
        this.set = set;
        this.turns = turns;
        this.place = place;
        this.clock = clock;
        this.news = news;
    }

    /** The packs that wait; null while the pool has no volume. */
    Journal journal() throws BackupException {
        if (journal == null && set.id() != null) {
            opening.lock();
            try {
                requireOpen();
                if (journal == null) {
                    place = place.decided();
                    journal = Journal.open(place.folder(), set.id(), place.disk(), clock);
                }
            } finally {
                opening.unlock();
            }
        }
        return journal;
    }

    /** Whether a blob of this name waits in the spool. */
    boolean takes(String key) {
        return place.bytes() > 0 && Keys.isPack(key);
    }

    void requireOpen() throws BackupException {
        if (closed) {
            throw Trouble.closed(set.where());
        }
    }

    long progress() {
        Journal open = journal;
        return open == null ? 0 : open.drained() + ends;
    }

    /** A pack became durable. */
    void came() {
        lock.lock();
        try {
            wake();
        } finally {
            lock.unlock();
        }
    }

    /** Has all that is there written. */
    void begin() throws BackupException {
        if (journal() != null && !journal.isEmpty()) {
            demand();
        }
    }

    private void demand() {
        lock.lock();
        try {
            demanded = true;
            wake();
        } finally {
            lock.unlock();
        }
    }

    /** With the lock. */
    private void wake() {
        if (thread == null && !closed && (!fences.isEmpty() || !journal.isEmpty())) {
            thread = Thread.ofPlatform().daemon().name("spool of pool " + pool).start(this::run);
        }
        changed.signalAll();
    }

    /** Returns when this is on the set, behind everything that was durable before. */
    void fence(Waiting one) throws BackupException {
        lock.lock();
        try {
            requireOpen();
            fences.add(one);
            wake();
            while (fences.contains(one)) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
        one.result();
    }

    private interface Question {
        boolean isSo();
    }

    /** Has packs written until something is so, or the time is over; throws what is in the way. */
    private boolean await(Question question, Duration atMost) throws BackupException {
        long left = atMost.toNanos();
        lock.lock();
        try {
            long before = ends;
            while (!question.isSo()) {
                requireOpen();
                if (ends != before && problem != null) {
                    throw new BackupException(problem.failure(), problem);
                }
                if (left <= 0) {
                    return false;
                }
                if (!demanded && !journal.isEmpty()) {
                    demanded = true;
                    wake();
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException e) {
            throw Trouble.interrupted(set.where(), e);
        } finally {
            lock.unlock();
        }
    }

    boolean isOnTape(long mark, Duration atMost) throws BackupException {
        return await(() -> !journal.hasUpTo(mark), atMost);
    }

    boolean hasRoom(Duration atMost) throws BackupException {
        // Packs in the making alone fill nothing: nobody could make room by writing.
        return await(() -> journal.bytes() < place.bytes() || journal.isEmpty(), atMost);
    }

    /** Waits until some pack has left the disk, which is full; false if there is none that could. */
    boolean makeRoom() throws BackupException {
        long before = journal.bytes();
        boolean some = !journal.isEmpty();
        while (some && !await(() -> journal.bytes() < before || journal.isEmpty(), Duration.ofMinutes(1))) {
            LOG.info("pool {}: the disk of {} is full; packs wait for others to get to tape", pool, place.folder());
        }
        return some;
    }

    private void run() {
        while (awaitWork()) {
            BackupException failed = null;
            try {
                work();
            } catch (BackupException e) {
                failed = e;
            } catch (RuntimeException | Error e) {
                failed = BackupException.bug("the spool of pool " + pool, e);
            }
            ended(failed);
        }
    }

    /** False if there is nothing left to do. */
    private boolean awaitWork() {
        lock.lock();
        try {
            for (long wait = due(); wait > 0 && !closed; wait = due()) {
                if (wait == Long.MAX_VALUE) {
                    thread = null;
                    return false;
                }
                changed.awaitNanos(Math.min(wait, LOOK));
            }
            if (closed) {
                settle(List.copyOf(fences), Trouble.closed(set.where()));
                thread = null;
            }
            return !closed;
        } catch (InterruptedException e) {
            thread = null;
            settle(List.copyOf(fences), Trouble.interrupted(set.where(), e));
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** In how many nanoseconds there is something to do. */
    private long due() {
        if (!fences.isEmpty() || demanded && !journal.isEmpty()) {
            return 0;
        }
        demanded = false;
        JournalPack first = journal.first();
        if (first == null) {
            return Long.MAX_VALUE;
        }
        long full = journal.bytes() >= place.bytes() / 2 ? 0 : first.since() + PATIENCE - clock.getAsLong();
        return problem == null ? full : Math.max(full, endedAt + AGAIN - clock.getAsLong());
    }

    private void ended(BackupException failed) {
        lock.lock();
        try {
            ends++;
            problem = failed;
            endedAt = clock.getAsLong();
            if (failed != null && !closed) {
                LOG.warn("pool {}: packs stay in the spool: {}", pool, failed.getMessage());
            }
            settle(behind, failed == null ? BackupException.bug(set.where() + ": what waited was not written", null) : failed);
            behind = List.of();
        } finally {
            lock.unlock();
        }
    }

    /** Those that are not written will not be. */
    private void settle(List<Waiting> all, BackupException why) {
        all.forEach(one -> one.failed(why));
        all.forEach(fences::remove);
        changed.signalAll();
    }

    private void work() throws BackupException {
        List<Waiting> last;
        long upTo;
        lock.lock();
        try {
            last = List.copyOf(fences);
            behind = last;
            upTo = journal.last();
            demanded = false;
        } finally {
            lock.unlock();
        }
        DrainedPacks packs = new DrainedPacks(pool, set, turns, journal, this, news);
        for (List<JournalPack> batch = journal.next(upTo, spacing.bytes()); !batch.isEmpty(); batch = journal.next(upTo, spacing.bytes())) {
            long from = System.nanoTime();
            packs.write(batch);
            spacing.took(batch.stream().mapToLong(JournalPack::size).sum(), System.nanoTime() - from);
        }
        if (!last.isEmpty()) {
            requireNothingLost();
            turns.take(set.where(), () -> {
                set.write(last);
                return null;
            });
        }
    }

    private void requireNothingLost() throws BackupException {
        String what;
        lock.lock();
        try {
            what = String.join("; ", lost);
            lost.clear();
        } finally {
            lock.unlock();
        }
        if (!what.isEmpty()) {
            throw BackupException.corrupt("spool.corrupt", place.folder().toString(), "in " + place.folder() + " is damaged what was durable: " + what
                    + "; run the backup again, and look at that disk");
        }
    }

    /** Who stands behind such a pack is told. */
    void lost(String what) {
        lock.lock();
        try {
            lost.add(what);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Does something with the files of the spool.
     *
     * @throws BackupException {@code device.closed}: whoever serves the library next has the files
     */
    void whileOpen(Runnable act) throws BackupException {
        lock.lock();
        try {
            requireOpen();
            act.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** What is being written is given up; files stay as they are for who serves the library next. Does not wait. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
