package org.azekura.server.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Pool;
import org.azekura.server.pool.MediaSets;

/**
 * Pools in which snapshots have expired whose space has not been returned since, or not all of it. They are settings of the catalog, and so outlive the server: one for a pool says
 * {@code yes}, or the number of the prune that is to return it; another when that began, by the retention time; a third, for each volume of it, from when on there is more to return.
 */
public final class Unpruned {

    private static final String WANTED = "retention.unpruned.";
    private static final String LAST = "retention.pruned.";
    private static final String LATER = "retention.paid.";
    private static final String YES = "yes";

    private Unpruned() {}

    /** A snapshot of this pool, or of a set of it, has expired. */
    public static void note(CatalogStore catalog, PoolName pool) throws BackupException {
        catalog.write(edit -> {
            edit.putSetting(WANTED + MediaSets.head(edit, pool), YES);
            return null;
        });
    }

    /**
     * A prune of this pool, a set of it or a replica in it has left what can go from then on, or nothing.
     *
     * @param free null for nothing
     */
    public static void later(CatalogStore catalog, PoolName pool, Instant free) throws BackupException {
        if (free != null || catalog.read(view -> view.setting(LATER + pool)).isPresent()) {
            catalog.write(edit -> {
                if (free == null) {
                    edit.deleteSetting(LATER + pool);
                } else {
                    edit.putSetting(LATER + pool, free.toString());
                }
                return null;
            });
        }
    }

    /** Those whose turn it is: the last prune that came of an expiry is so long ago. */
    static List<PoolName> due(CatalogView view, Instant now, Duration every) throws BackupException {
        List<PoolName> due = new ArrayList<>();
        Set<PoolName> free = free(view, now);
        for (Pool pool : view.pools()) {
            String wanted = view.setting(WANTED + pool.name()).orElse(null);
            Instant last = view.setting(LAST + pool.name()).map(Instant::parse).orElse(Instant.MIN);
            if (!last.isAfter(now.minus(every)) && (free.contains(pool.name()) || wanted != null && (wanted.equals(YES) || !isDone(view, wanted)))) {
                due.add(pool.name());
            }
        }
        return due;
    }

    /** Those in which something can go that a prune had to leave. */
    private static Set<PoolName> free(CatalogView view, Instant now) throws BackupException {
        Set<PoolName> free = new HashSet<>();
        for (Map.Entry<String, String> left : view.settings(LATER).entrySet()) {
            if (!Instant.parse(left.getValue()).isAfter(now)) {
                free.add(MediaSets.named(view, new PoolName(left.getKey().substring(LATER.length()))));
            }
        }
        return free;
    }

    private static boolean isDone(CatalogView view, String prune) throws BackupException {
        return view.job(new JobId(Long.parseLong(prune))).filter(job -> !job.state().ended() || job.state() == Job.State.DONE).isPresent();
    }

    /** The row of a prune that has ended is deleted: what came of it is known here alone from then on. */
    public static void forget(CatalogEdit edit, Job prune) throws BackupException {
        for (Map.Entry<String, String> wanted : edit.settings(WANTED).entrySet()) {
            if (wanted.getValue().equals(prune.id().toString())) {
                if (prune.state() == Job.State.DONE) {
                    edit.deleteSetting(wanted.getKey());
                } else {
                    edit.putSetting(wanted.getKey(), YES);
                }
            }
        }
    }

    /** A prune of this pool was begun. */
    static void begun(CatalogStore catalog, PoolName pool, JobId prune, Instant now) throws BackupException {
        catalog.write(edit -> {
            edit.putSetting(WANTED + pool, prune.toString());
            edit.putSetting(LAST + pool, now.toString());
            return null;
        });
    }
}
