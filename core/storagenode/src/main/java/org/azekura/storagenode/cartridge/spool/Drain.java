package org.azekura.storagenode.cartridge.spool;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.storagenode.cartridge.blob.Keys;
import org.azekura.storagenode.cartridge.blob.Trouble;
import org.azekura.storagenode.cartridge.blob.Turns;
import org.azekura.storagenode.cartridge.blob.Waiting;
import org.azekura.storagenode.cartridge.set.MediaSet;
import org.azekura.storagenode.lease.MountRules;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the packs of a pool's spool brought to its cartridges, by a {@link DrainRun}, and has those wait who wait for that. One slot of the spool is what is being
 * written, the other what comes meanwhile. Thread-safe.
 *
 * <p>Locks: its own is held for a moment only, and while files are deleted; never while a drive is asked for anything.
 */
public final class Drain {

    private static final Duration SLICE = Duration.ofMinutes(1);
    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);

    private final PoolName pool;
    private final MediaSet set;
    private final SpoolDoor door;
    private final DrainRun run;
    private final DrainState state;
    private final ReentrantLock lock;
    private final Condition changed;

    /**
     * @param place where packs wait, and how many
     * @param rules when they are worth a drive; half of the place counts as a batch
     */
    Drain(PoolName pool, MediaSet set, Turns turns, SpoolPlace place, MountRules rules, LongSupplier clock, SpoolNews news) {
        this.pool = pool;
        this.set = set;
        Losses losses = new Losses(place.folder());
        this.door = new SpoolDoor(set, place, clock, losses::add);
        this.state = new DrainState(door, losses);
        this.lock = state.lock;
        this.changed = state.changed;
        this.run = new DrainRun(pool, set, turns, this, state, rules, clock, news);
    }

    /** The packs that wait; null while the pool has no volume. */
    public Journal journal() throws BackupException {
        return door.open();
    }

    /** The same, also where no packs are to wait: what is to take the place of a blob does. */
    public Journal made() throws BackupException {
        return door.made();
    }

    /** Whether a blob of this name waits in the spool. */
    public boolean takes(String key) {
        return door.place().bytes() > 0 && Keys.isPack(key);
    }

    void requireOpen() throws BackupException {
        door.requireOpen();
    }

    /** Whether packs wait. Any thread. */
    boolean isAwaiting() {
        Journal open = state.packs();
        return open != null && !open.isEmpty();
    }

    public long progress() {
        Journal open = state.packs();
        return open == null ? 0 : open.drained() + state.ends;
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
    public void begin() throws BackupException {
        Journal open = journal();
        if (open != null && !open.isEmpty()) {
            demand();
        }
    }

    private void demand() {
        lock.lock();
        try {
            state.demanded = true;
            wake();
        } finally {
            lock.unlock();
        }
    }

    /** With the lock. */
    private void wake() {
        if (state.thread == null && !door.isClosed() && (!state.fences.isEmpty() || !state.packs().isEmpty())) {
            state.thread = Thread.ofPlatform().daemon().name("spool of pool " + pool).start(run);
        }
        changed.signalAll();
    }

    /** Returns when this is on the set, behind everything that was durable before. */
    public void fence(Waiting one) throws BackupException {
        lock.lock();
        try {
            requireOpen();
            state.fences.add(one);
            wake();
            while (state.fences.has(one)) {
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
            long before = state.ends;
            while (!question.isSo()) {
                requireOpen();
                if (state.ends != before && state.problem != null) {
                    throw new BackupException(state.problem.failure(), state.problem);
                }
                if (left <= 0) {
                    return false;
                }
                if (!state.demanded && !state.packs().isEmpty()) {
                    state.demanded = true;
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

    public Buffered.Mark mark() {
        lock.lock();
        try {
            return new Buffered.Mark(state.packs().last(), state.losses.count(), this);
        } finally {
            lock.unlock();
        }
    }

    public boolean isOnTape(Buffered.Mark mark, Duration atMost) throws BackupException {
        boolean there = await(() -> !state.packs().hasUpTo(mark.number()), atMost);
        state.losses.requireNoneSince(mark.of() == this ? mark.losses() : 0);
        return there;
    }

    /** Returns when all that is durable now is on tape. */
    void awaitTape() throws BackupException {
        Buffered.Mark now = mark();
        while (!isOnTape(now, SLICE)) {
            requireOpen();
        }
    }

    public boolean hasRoom(Duration atMost) throws BackupException {
        // Packs in the making alone fill nothing: nobody could make room by writing.
        return await(() -> state.packs().bytes() < door.place().bytes() || state.packs().isEmpty(), atMost);
    }

    /** Waits until some pack has left the disk, which is full; false if there is none that could. */
    boolean makeRoom() throws BackupException {
        long before = state.packs().bytes();
        boolean some = !state.packs().isEmpty();
        while (some && !await(() -> state.packs().bytes() < before || state.packs().isEmpty(), SLICE)) {
            LOG.info("pool {}: the disk of {} is full; packs wait for others to get to tape", pool, door.place().folder());
        }
        return some;
    }

    /** A pack is not what it was; who stands behind it is told. */
    void lost(String what) {
        state.losses.add(what);
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
    public void close() {
        lock.lock();
        try {
            door.close();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
