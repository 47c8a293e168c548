package org.azekura.server.job.damage;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.SnapshotCopy;

/**
 * Remembers which snapshots lost chunks. Such a snapshot is nobody's parent: a client takes what is unchanged from its
 * parent without reading it, so the lost chunks would never be sent again. Compared with nothing, the next backup sends
 * exactly what the node does not have, and heals all snapshots that need it.
 */
public final class DamagedSnapshots {

    private static final String SETTING = "damaged.";

    private final CatalogStore catalog;

    public DamagedSnapshots(CatalogStore catalog) {
        this.catalog = catalog;
    }

    /** What is damaged in a pool's copies is noted with them: the snapshots themselves are whole. */
    public void remember(PoolName pool, Collection<SnapshotId> snapshots) throws BackupException {
        catalog.write(edit -> {
            remember(edit, pool, snapshots);
            return null;
        });
    }

    /** The same, with whatever else makes it so. */
    public static void remember(CatalogEdit edit, PoolName pool, Collection<SnapshotId> snapshots) throws BackupException {
        if (edit.replica(pool).isPresent()) {
            for (SnapshotCopy copy : edit.copiesIn(pool)) {
                if (snapshots.contains(copy.snapshot())) {
                    edit.putCopy(new SnapshotCopy(copy.snapshot(), pool, copy.job(), copy.at(), true));
                }
            }
            return;
        }
        for (SnapshotId snapshot : snapshots) {
            edit.putSetting(SETTING + snapshot, "yes");
        }
    }

    /** It was deleted. */
    public static void forget(CatalogEdit edit, SnapshotId snapshot) throws BackupException {
        edit.deleteSetting(SETTING + snapshot);
    }

    /** In this pool, or in its copy if that is a replica. */
    public static boolean isDamaged(CatalogView view, PoolName pool, SnapshotId snapshot) throws BackupException {
        if (view.replica(pool).isEmpty()) {
            return isDamaged(view, snapshot);
        }
        return view.copies(snapshot).stream().anyMatch(copy -> copy.replica().equals(pool) && copy.damaged());
    }

    /** Those that are damaged in their own pools. */
    public static Set<SnapshotId> all(CatalogView view) throws BackupException {
        return view.settings(SETTING).keySet().stream().map(name -> SnapshotId.parse(name.substring(SETTING.length()))).collect(Collectors.toSet());
    }

    public static boolean isDamaged(CatalogView view, SnapshotId snapshot) throws BackupException {
        return view.setting(SETTING + snapshot).isPresent();
    }
}
