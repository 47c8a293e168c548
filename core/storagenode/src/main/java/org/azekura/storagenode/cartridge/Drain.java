package org.azekura.storagenode.cartridge;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
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
    /** What waits for all packs before it, with the losses there were then; guarded by the lock as all that follows. */
    private final Map<Waiting, Long> fences = new LinkedHashMap<>();
    /** Those of them that wait for what is being written; what comes meanwhile waits for the next time. */
    private List<Waiting> behind = List.of();
    private Thread thread;
    private boolean demanded;
    private volatile boolean closed;
    /** How often it has ended writing, and what came of the last time; null: all was written. */
    private long ends;
    private BackupException problem;
    private long endedAt;
    private final Losses losses;

    /** @param place where packs wait, and how many */
    Drain(PoolName pool, MediaSet set, Turns turns, SpoolPlace place, LongSupplier clock, SpoolNews news) {
        this.pool = pool;
        this.set = set;
        this.turns = turns;
        this.place = place;
        this.clock = clock;
        this.news = news;
        this.losses = new Losses(place.folder());
    }

    /** The packs that wait; null while the pool has no volume. */
    Journal journal() throws BackupException {
        if (journal == null && set.id() != null) {
            opening.lock();
            try {
                requireOpen();
                if (journal == null) {
                    place = place.decided();
                    journal = Journal.open(place.folder(), set.id(), place.disk(), clock, losses::add);
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
            fences.put(one, losses.count());
            wake();
            while (fences.containsKey(one)) {
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

    Buffered.Mark mark() {
        lock.lock();
        try {
            return new Buffered.Mark(journal.last(), losses.count(), this);
        } finally {
            lock.unlock();
        }
    }

    boolean isOnTape(Buffered.Mark mark, Duration atMost) throws BackupException {
        boolean there = await(() -> !journal.hasUpTo(mark.number()), atMost);
        losses.requireNoneSince(mark.of() == this ? mark.losses() : 0);
        return there;
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
                settle(List.copyOf(fences.keySet()), Trouble.closed(set.where()));
                thread = null;
            }
            return !closed;
        } catch (InterruptedException e) {
            thread = null;
            settle(List.copyOf(fences.keySet()), Trouble.interrupted(set.where(), e));
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
        Queue<JournalPack> now;
        lock.lock();
        try {
            last = List.copyOf(fences.keySet());
            behind = last;
            // One that becomes durable while these are written waits for the next time: for it alone the tape would stop once more.
            now = new ArrayDeque<>(journal.packs());
            demanded = false;
        } finally {
            lock.unlock();
        }
        DrainedPacks packs = new DrainedPacks(pool, set, turns, journal, this, news);
        while (!now.isEmpty()) {
            List<JournalPack> batch = Journal.next(now, spacing.bytes());
            long from = System.nanoTime();
            packs.write(batch);
            spacing.took(batch.stream().mapToLong(JournalPack::size).sum(), System.nanoTime() - from);
        }
        if (!last.isEmpty()) {
            refuseBehindLosses(last);
            turns.take(set.where(), () -> {
                set.write(last);
                return null;
            });
        }
    }

    /** What says that packs are there of which one is not any more. */
    private void refuseBehindLosses(List<Waiting> all) {
        lock.lock();
        try {
            for (Waiting one : all) {
                try {
                    losses.requireNoneSince(Keys.countsOnPacks(one.key()) ? fences.get(one) : Long.MAX_VALUE);
                } catch (BackupException e) {
                    one.failed(e);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** A pack is not what it was; who stands behind it is told. */
    void lost(String what) {
        losses.add(what);
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
