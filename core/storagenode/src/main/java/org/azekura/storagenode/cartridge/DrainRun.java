package org.azekura.storagenode.cartridge;

import java.util.List;
import java.util.Queue;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;

/** Brings packs from a spool to the cartridges of a pool, many with one sync, and then what stands behind them; as long as its {@link Drain} has some. */
final class DrainRun implements Runnable {

    private final PoolName pool;
    private final MediaSet set;
    private final Turns turns;
    private final Drain drain;
    private final SpoolNews news;
    private final SyncSpacing spacing = new SyncSpacing();

    DrainRun(PoolName pool, MediaSet set, Turns turns, Drain drain, SpoolNews news) {
        this.pool = pool;
        this.set = set;
        this.turns = turns;
        this.drain = drain;
        this.news = news;
    }

    /** In one thread at a time. */
    @Override
    public void run() {
        while (drain.awaitWork()) {
            BackupException failed = null;
            try {
                write(drain.load());
            } catch (BackupException e) {
                failed = e;
            } catch (RuntimeException | Error e) {
                failed = BackupException.bug("the spool of pool " + pool, e);
            }
            drain.ended(failed);
        }
    }

    private void write(Drain.Load load) throws BackupException {
        DrainedPacks packs = new DrainedPacks(pool, set, turns, drain.journal(), drain, news);
        Queue<JournalPack> rest = load.packs();
        while (!rest.isEmpty()) {
            List<JournalPack> batch = Journal.next(rest, spacing.bytes());
            long before = set.writing();
            packs.write(batch);
            spacing.took(batch.stream().mapToLong(JournalPack::size).sum(), set.writing() - before);
        }
        if (!load.fences().isEmpty()) {
            drain.refuseBehindLosses(load.fences());
            turns.take(set.where(), () -> {
                set.write(load.fences());
                return null;
            });
        }
    }
}
