package org.azekura.server.job.damage;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.catalog.SnapshotCopy;

/**
 * Remembers which snapshots lost chunks, until they have them again. Such a snapshot is nobody's parent: a client takes what is unchanged from its
 * parent without reading it, so the lost chunks would never be sent again. Compared with nothing, the next backup sends
 * exactly what the node does not have, and heals all snapshots that need it.
 */
public final class DamagedSnapshots {

    private static final String SETTING = "damaged.";
    /** Somebody could not read something of it, and nobody says that its storage node knows why. */
    private static final String UNREAD = "yes";
    /** Its storage node knows of each chunk that is lost. */
    private static final String LOST = "lost";
    /** Of a pool: how often something was found damaged there. */
    private static final String COUNT = "damages.";

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
        remember(edit, pool, snapshots, UNREAD);
    }

    /** The same of chunks that the storage node knows to be lost: when it has all of a snapshot's again, that is damaged no more. */
    public void rememberLost(PoolName pool, Collection<SnapshotId> snapshots) throws BackupException {
        catalog.write(edit -> {
            rememberLost(edit, pool, snapshots);
            return null;
        });
    }

    /** The same, with whatever else makes it so. */
    public static void rememberLost(CatalogEdit edit, PoolName pool, Collection<SnapshotId> snapshots) throws BackupException {
        remember(edit, pool, snapshots, LOST);
    }

    private static void remember(CatalogEdit edit, PoolName pool, Collection<SnapshotId> snapshots, String how) throws BackupException {
        edit.putSetting(COUNT + pool, Long.toString(counted(edit, pool) + 1));
        if (edit.replica(pool).isPresent()) {
            put(edit, pool, snapshots, true);
            return;
        }
        for (SnapshotId snapshot : snapshots) {
            if (how.equals(UNREAD) || !isDamaged(edit, snapshot)) {
                edit.putSetting(SETTING + snapshot, how);
            }
        }
    }

    private static void put(CatalogEdit edit, PoolName replica, Collection<SnapshotId> snapshots, boolean damaged) throws BackupException {
        for (SnapshotCopy copy : edit.copiesIn(replica)) {
            if (snapshots.contains(copy.snapshot())) {
                edit.putCopy(new SnapshotCopy(copy.snapshot(), replica, copy.job(), copy.at(), damaged));
            }
        }
    }

    /** How often something was found damaged in a pool: who has looked at it since, and found it whole, compares that. */
    public static long counted(CatalogView view, PoolName pool) throws BackupException {
        return view.setting(COUNT + pool).map(Long::parseLong).orElse(0L);
    }

    /**
     * Those that are damaged in a pool.
     *
     * @return with each whether its storage node knows of all that is lost; of copies it is taken for so: nobody builds on them
     */
    public static Map<SnapshotId, Boolean> in(CatalogView view, PoolName pool) throws BackupException {
        Map<SnapshotId, Boolean> damaged = new HashMap<>();
        if (view.replica(pool).isPresent()) {
            view.copiesIn(pool).stream().filter(SnapshotCopy::damaged).forEach(copy -> damaged.put(copy.snapshot(), true));
            return damaged;
        }
        for (Snapshot snapshot : view.snapshotsIn(pool)) {
            view.setting(SETTING + snapshot.id()).ifPresent(how -> damaged.put(snapshot.id(), how.equals(LOST)));
        }
        return damaged;
    }

    /**
     * They are whole again in this pool.
     *
     * @param counted as it was before anybody looked
     * @return false if something was found damaged there meanwhile: then it is as it was
     */
    public boolean forgive(PoolName pool, Collection<SnapshotId> whole, long counted) throws BackupException {
        return catalog.write(edit -> {
            if (counted(edit, pool) != counted) {
                return false;
            }
            if (edit.replica(pool).isPresent()) {
                put(edit, pool, whole, false);
            } else {
                for (SnapshotId snapshot : whole) {
                    forget(edit, snapshot);
                }
            }
            return true;
        });
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
