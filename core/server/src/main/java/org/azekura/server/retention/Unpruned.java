package org.azekura.server.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
 * Pools in which snapshots have expired whose space has not been returned since. They are settings of the catalog, and so outlive the server: one for a pool says
 * {@code yes}, or the number of the prune that is to return it; another when that began, by the retention time.
 */
public final class Unpruned {

    private static final String WANTED = "retention.unpruned.";
    private static final String LAST = "retention.pruned.";
    private static final String YES = "yes";

    private Unpruned() {}

    /** A snapshot of this pool, or of a set of it, has expired. */
    public static void note(CatalogStore catalog, PoolName pool) throws BackupException {
        catalog.write(edit -> {
            edit.putSetting(WANTED + MediaSets.head(edit, pool), YES);
            return null;
        });
    }

    /** Those whose turn it is: the last prune that came of an expiry is so long ago. */
    static List<PoolName> due(CatalogView view, Instant now, Duration every) throws BackupException {
        List<PoolName> due = new ArrayList<>();
        for (Pool pool : view.pools()) {
            String wanted = view.setting(WANTED + pool.name()).orElse(null);
            Instant last = view.setting(LAST + pool.name()).map(Instant::parse).orElse(Instant.MIN);
            if (wanted != null && !last.isAfter(now.minus(every)) && (wanted.equals(YES) || !isDone(view, wanted))) {
                due.add(pool.name());
            }
        }
        return due;
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
