package org.azekura.server.job.place;

import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Pool;
import org.azekura.server.job.damage.LostPacks;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.Stage;
import org.azekura.server.pool.SetDesk;

/** Which media sets a job leaves as they are, with a line for each: a closed one may lie in a vault, and keeps nobody from looking after the others. */
public record ServedSets(Stage stage, JobRecord record) {

    /** What keeps a closed set from being used, null if nothing does. */
    @FunctionalInterface
    private interface Obstacle {
        String of(SetDesk sets, Pool set) throws BackupException;
    }

    /** Those that can be read now; one that is meant alone is tried. */
    public List<Pool> readable(List<Pool> pools) {
        return pools.size() == 1 ? pools : without(pools, (sets, set) -> sets.isAway(set) ? "none of its cartridges is in its library" : null);
    }

    /** Those that can be read and written now. A closed one never gets another cartridge because its last one is away. */
    public List<Pool> writable(List<Pool> pools) {
        return without(pools, (sets, set) -> sets.isUnwritable(set) || !hasLast(sets.medium(set)) ? "its last cartridge is not in its library" : null);
    }

    /** The catalog may not have heard yet that it was taken out. */
    private boolean hasLast(Pool set) throws BackupException {
        return stage.pools().media().hasLast(set, stage.hosts().node(set.node()));
    }

    private List<Pool> without(List<Pool> pools, Obstacle obstacle) {
        List<Pool> served = new ArrayList<>();
        for (Pool pool : pools) {
            String why = refusal(pool, obstacle);
            if (why == null) {
                served.add(pool);
            } else {
                leave(pool, why);
            }
        }
        return served;
    }

    private String refusal(Pool pool, Obstacle obstacle) {
        SetDesk sets = stage.pools().sets();
        try {
            if (sets.isOpen(pool)) {
                return null;
            }
            String why = obstacle.of(sets, pool);
            if (why == null) {
                stage.pools().require(pool, new LostPacks(stage));
            }
            return why;
        } catch (BackupException e) {
            return e.getMessage();
        }
    }

    /** It is left as it is. */
    public void leave(Pool set, String why) {
        record.line(JobLine.Level.INFO, "media set " + set.name() + " is left as it is: " + why);
    }
}
