package org.azekura.storagenode.cartridge.spool;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.storagenode.cartridge.blob.Trouble;
import org.azekura.storagenode.cartridge.blob.Turns;
import org.azekura.storagenode.cartridge.blob.Waiting;
import org.azekura.storagenode.cartridge.set.MediaSet;
import org.azekura.storagenode.lease.MountRequest;
import org.azekura.storagenode.lease.MountRequest.Purpose;
import org.azekura.storagenode.lease.MountRules;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings packs from a spool to the cartridges of a pool, many with one sync, in their order, and then what stands behind them. It begins when a slot is full, when
 * somebody waits for what is behind them or for room, or when the first has waited for long; and ends when there are none. In one thread at a time.
 */
final class DrainRun implements Runnable {

    /** After a failure nobody is served by trying at once what nobody waits for. */
    private static final long AGAIN = TimeUnit.MINUTES.toNanos(1);
    private static final long LOOK = TimeUnit.SECONDS.toNanos(30);
    private static final Logger LOG = LoggerFactory.getLogger(DrainRun.class);

    private final PoolName pool;
    private final MediaSet set;
    private final Turns turns;
    private final Drain drain;
    private final DrainState state;
    private final MountRules rules;
    private final LongSupplier clock;
    private final SpoolNews news;
    private final SyncSpacing spacing = new SyncSpacing();

    /** @param rules when packs are worth a drive; half of the spool counts as a batch */
    DrainRun(PoolName pool, MediaSet set, Turns turns, Drain drain, DrainState state, MountRules rules, LongSupplier clock, SpoolNews news) {
        this.pool = pool;
        this.set = set;
        this.turns = turns;
        this.drain = drain;
        this.state = state;
        this.rules = rules;
        this.clock = clock;
        this.news = news;
    }

    @Override
    public void run() {
        while (awaitWork()) {
            BackupException failed = null;
            try {
                write(load());
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
        state.lock.lock();
        try {
            for (long wait = due(); wait > 0 && !state.door.isClosed(); wait = due()) {
                if (wait == Long.MAX_VALUE) {
                    state.thread = null;
                    return false;
                }
                state.changed.awaitNanos(Math.min(wait, LOOK));
            }
            if (state.door.isClosed()) {
                giveUp(Trouble.closed(set.where()));
            }
            return !state.door.isClosed();
        } catch (InterruptedException e) {
            giveUp(Trouble.interrupted(set.where(), e));
            return false;
        } finally {
            state.lock.unlock();
        }
    }

    private void giveUp(BackupException why) {
        state.thread = null;
        state.fences.endAll(why);
        state.changed.signalAll();
    }

    /** In how many nanoseconds it is worth a drive. */
    private long due() {
        Journal packs = state.packs();
        if (!state.fences.isEmpty() || state.demanded && !packs.isEmpty()) {
            return 0;
        }
        state.demanded = false;
        JournalPack first = packs.first();
        if (first == null) {
            return Long.MAX_VALUE;
        }
        long now = clock.getAsLong();
        MountRequest waits = new MountRequest(0, Purpose.WRITE, pool.value(), Math.max(1, packs.bytes()), false, Duration.ofNanos(now - first.since()));
        long ripe = waits.ripeIn(rules.ofBatch(state.door.place().bytes() / 2)).toNanos();
        return state.problem == null ? ripe : Math.max(ripe, state.endedAt + AGAIN - now);
    }

    /** What is written now, in its order: packs, then what stands behind them. */
    private record Load(Queue<JournalPack> packs, List<Waiting> fences) {

        /** Whether something there wins room. */
        boolean frees() {
            return fences.stream().anyMatch(Waiting::frees);
        }
    }

    /** One that becomes durable while these are written waits for the next time: for it alone the tape would stop once more. */
    private Load load() {
        state.lock.lock();
        try {
            state.demanded = false;
            return new Load(new ArrayDeque<>(state.packs().packs()), state.fences.next());
        } finally {
            state.lock.unlock();
        }
    }

    private void write(Load load) throws BackupException {
        DrainedPacks packs = new DrainedPacks(pool, set, turns, state.packs(), drain, news);
        while (!load.packs.isEmpty()) {
            List<JournalPack> batch = Journal.next(load.packs, spacing.bytes());
            long before = set.writing();
            packs.write(batch, load.frees());
            spacing.took(batch.stream().mapToLong(JournalPack::size).sum(), set.writing() - before);
        }
        if (!load.fences.isEmpty()) {
            refuseBehindLosses();
            turns.take(set.where(), () -> {
                set.write(load.fences, load.frees());
                return null;
            });
        }
    }

    private void refuseBehindLosses() {
        state.lock.lock();
        try {
            state.fences.refuseBehindLosses();
        } finally {
            state.lock.unlock();
        }
    }

    private void ended(BackupException failed) {
        state.lock.lock();
        try {
            state.ends++;
            state.problem = failed;
            state.endedAt = clock.getAsLong();
            if (failed != null && !state.door.isClosed()) {
                LOG.warn("pool {}: packs stay in the spool: {}", pool, failed.getMessage());
            }
            state.fences.end(failed == null ? BackupException.bug(set.where() + ": what waited was not written", null) : failed);
            state.changed.signalAll();
        } finally {
            state.lock.unlock();
        }
    }
}
