package org.azekura.storagenode.pool;

import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.PackId;
import org.azekura.storagenode.cartridge.spool.Buffered;
import org.azekura.storagenode.index.JobPins;
import org.azekura.storagenode.index.KnownPack;

/** What a job relies on of the packs that wait for tape: those that it wrote, and those of chunks that it was told to be known. One thread at a time. */
public final class Reliance {

    private final Pool pool;
    private final JobPins pins;
    private Buffered.Mark since;
    private int known;

    /** From now on. */
    public Reliance(Pool pool, JobPins pins) {
        this.pool = pool;
        this.pins = pins;
        this.known = pool.lost().count();
        this.since = pool.spool().mark();
    }

    /** For {@link PoolSpool#awaitTape}; null if none wait for tape. */
    Buffered.Mark since() {
        return since;
    }

    /** Whether none of those is lost by now. What was lost until now is no concern of it then. */
    boolean isWhole() throws BackupException {
        Buffered.Mark now = pool.spool().mark();
        int count = pool.lost().count();
        if (isAnyOf(pool.gone()) || isAnyOf(pool.lost().since(known))) {
            return false;
        }
        since = now;
        known = count;
        return true;
    }

    /** One that is in no index was perhaps relied on. */
    private boolean isAnyOf(List<PackId> packs) throws BackupException {
        for (PackId id : packs) {
            KnownPack pack = pool.index().pack(id);
            if (pack == null || pool.index().pinned(pins, pack)) {
                return true;
            }
        }
        return false;
    }
}
