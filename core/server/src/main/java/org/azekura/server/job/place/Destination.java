package org.azekura.server.job.place;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.ByteSize;
import org.azekura.api.ClientName;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Pool;
import org.azekura.api.message.PoolAnswer;
import org.azekura.api.message.PoolOrder;
import org.azekura.api.server.JobOrder;
import org.azekura.server.job.damage.LostPacks;
import org.azekura.server.job.run.Obstacle;
import org.azekura.server.job.run.Orders;
import org.azekura.server.job.run.Stage;
import org.azekura.server.pool.PoolChoice;

/**
 * Where one backup goes: into the pool that it is meant for or, while that can't take it, into another of its group. A node that has gone is
 * waited for as long as its pool's patience says; whatever else is in the way is not. Asked anew for every attempt. Thread-safe.
 */
public final class Destination {

    /** As much as a pack has: with less nothing is begun where others stand in. */
    static final long LEAST_ROOM = 32 << 20;
    private static final long UNBOUNDED = Long.MAX_VALUE;

    private final Stage stage;
    private final PoolChoice choice;
    private final ClientName client;
    private final PoolName meant;
    private final boolean only;
    private final boolean patient;
    /** Pools that this backup has filled, and what was free in them then. */
    private final Map<PoolName, Long> filled = new HashMap<>();

    /**
     * @param meant   the pool that it is meant for
     * @param patient whether it can be done later, without anybody ordering it again
     */
    public Destination(Stage stage, JobOrder.Backup order, ClientName client, Pool meant, boolean patient) {
        this.stage = stage;
        this.choice = new PoolChoice(stage.pools(), stage.catalog());
        this.client = client;
        this.meant = meant.name();
        this.only = order.only();
        this.patient = patient;
    }

    /**
     * A pool that takes the backup now.
     *
     * @param detour why not the one that it is meant for; null if it is that one
     */
    public record Way(Pool pool, String detour) {}

    public PoolName meant() {
        return meant;
    }

    /**
     * @param begun the job if an earlier attempt may have stored something: where that is, it goes on; else null
     * @throws BackupException what is in the way of the pool that it is meant for, if no other takes it now
     */
    public Way choose(Job begun) throws BackupException {
        Pool named = stage.pools().get(meant);
        Pool pool = stage.pools().sets().open(named);
        List<Pool> others = others(named);
        if (begun != null && begun.detour() != null) {
            for (Pool other : others) {
                if (other.name().equals(begun.pool()) && obstacle(other, true) == null) {
                    return new Way(other, begun.detour());
                }
            }
        }
        BackupException why = obstacle(pool, !others.isEmpty());
        if (why == null) {
            return new Way(pool, null);
        }
        if (!isAwaited(named, why)) {
            for (Pool other : others) {
                if (obstacle(other, true) == null) {
                    return new Way(other, "pool " + named.name() + " of group " + named.group() + " can't take it: " + why.getMessage());
                }
            }
        }
        throw why;
    }

    /** Before anything is queued: a pool whose node is away counts as one that comes back. */
    public void require() throws BackupException {
        List<BackupException> obstacles = new ArrayList<>();
        Pool named = stage.pools().get(meant);
        for (Pool each : with(stage.pools().sets().open(named), others(named))) {
            try {
                stage.pools().require(each, new LostPacks(stage));
                return;
            } catch (BackupException e) {
                obstacles.add(e);
            }
        }
        throw obstacles.getFirst();
    }

    /** Those that stand in, each by its open set. */
    private List<Pool> others(Pool named) throws BackupException {
        List<Pool> others = new ArrayList<>();
        for (Pool other : only ? List.<Pool>of() : choice.standIns(named, client)) {
            others.add(stage.pools().sets().open(other));
        }
        return others;
    }

    private static List<Pool> with(Pool pool, List<Pool> others) {
        List<Pool> all = new ArrayList<>(others);
        all.addFirst(pool);
        return all;
    }

    private boolean isAwaited(Pool pool, BackupException why) {
        return patient && why.failure().code().equals("node.offline") && stage.hosts().away(pool.node()).toSeconds() < pool.patience();
    }

    /** Null if there is none. @param measured whether its room counts */
    private BackupException obstacle(Pool pool, boolean measured) {
        try {
            stage.hosts().node(pool.node());
            stage.pools().require(pool, new LostPacks(stage));
            if (measured) {
                requireUse(pool);
            }
            return null;
        } catch (BackupException e) {
            return e;
        }
    }

    private void requireUse(Pool pool) throws BackupException {
        if (!stage.vault().canFill(pool)) {
            throw BackupException.operator("key.missing", pool.name().value(), "no key of pool " + pool.name() + " is here");
        }
        long free = free(pool);
        if (free < least(pool)) {
            throw BackupException.device(Obstacle.FULL, pool.name().value(), "pool " + pool.name() + " has no room: " + ByteSize.format(free)
                    + " are free", null);
        }
    }

    private synchronized long least(Pool pool) {
        Long then = filled.get(pool.name());
        return then == null ? LEAST_ROOM : then + LEAST_ROOM;
    }

    private long free(Pool pool) throws BackupException {
        try {
            long free = stage.hosts().node(pool.node()).ask(new PoolOrder.MeasureRoom(pool.name()), PoolAnswer.Room.class, Orders.PROMPT).free();
            return free < 0 ? UNBOUNDED : free;
        } catch (BackupException e) {
            // as if it could not be served: a node that has just come may not have opened it yet
            throw BackupException.network("pool.offline", pool.name().value(), "pool " + pool.name() + " can't be measured: " + e.getMessage(), e);
        }
    }

    /** This backup found no more room there: it does not come back before there is more than now. */
    public void filled(PoolName name) {
        try {
            Pool pool = stage.pools().get(name);
            if (stage.pools().sets().head(pool).group() != null && !only) {
                long free = free(pool);
                synchronized (this) {
                    filled.put(name, free == UNBOUNDED ? 0 : free);
                }
            }
        } catch (BackupException e) {
            return; // it is in the way by itself
        }
    }
}
