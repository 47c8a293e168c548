package org.azekura.server.job.damage;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.PackId;
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
    /** The same, in packs that are named behind it, and in no others. */
    private static final String IN = "in ";
    private static final int NAMED = 64;
    /** Its storage node knows of each chunk that is lost. */
    private static final String LOST = "lost";
    /** Of a pool: how often something was found damaged there. */
    private static final String COUNT = "damages.";

    private final CatalogStore catalog;

    /**
     * Why a snapshot counts as damaged.
     *
     * @param known its storage node knows of all that is lost
     * @param packs in which something could not be read, though the node may not know it; empty if nobody knows in which
     */
    public record Flag(boolean known, Set<PackId> packs) {

        private static Flag parse(String how) {
            return new Flag(how.equals(LOST), how.startsWith(IN) ? packs(how) : Set.of());
        }

        private static Set<PackId> packs(String how) {
            return Arrays.stream(how.substring(IN.length()).split(" ")).map(PackId::parse).collect(Collectors.toCollection(TreeSet::new));
        }

        /** Whether nothing of it is left when the node has everything again, and these were repaired. */
        public boolean isAnswered(Set<PackId> repaired, boolean something) {
            return known || (packs.isEmpty() ? something : repaired.containsAll(packs));
        }
    }

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

    /** The same of what could not be read in these packs, and nowhere else. */
    public void rememberIn(PoolName pool, SnapshotId snapshot, Collection<PackId> packs) throws BackupException {
        catalog.write(edit -> {
            Set<PackId> all = new TreeSet<>(packs);
            String before = edit.setting(SETTING + snapshot).orElse("");
            if (before.startsWith(IN)) {
                all.addAll(Flag.packs(before));
            }
            boolean named = !before.equals(UNREAD) && !all.isEmpty() && all.size() <= NAMED;
            remember(edit, pool, List.of(snapshot), named ? IN + all.stream().map(PackId::toString).collect(Collectors.joining(" ")) : UNREAD);
            return null;
        });
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
            if (!how.equals(LOST) || !isDamaged(edit, snapshot)) {
                edit.putSetting(SETTING + snapshot, how);
            }
        }
    }

    /**
     * Something was found lost. What came into the pool since somebody looked who needs it, or is about to, may have found it there: nobody looks again, and it counts as damaged.
     *
     * @param looked those that were looked at
     */
    public static void doubt(CatalogEdit edit, PoolName pool, Collection<SnapshotId> looked) throws BackupException {
        Set<SnapshotId> since = edit.snapshotsIn(pool).stream().map(Snapshot::id).collect(Collectors.toCollection(HashSet::new));
        since.removeAll(looked);
        rememberLost(edit, pool, since);
        Surrenders.count(edit, pool);
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

    /** Those that are damaged in a pool. Of copies the node is taken to know all that is lost: nobody builds on them. */
    public static Map<SnapshotId, Flag> in(CatalogView view, PoolName pool) throws BackupException {
        Map<SnapshotId, Flag> damaged = new HashMap<>();
        if (view.replica(pool).isPresent()) {
            view.copiesIn(pool).stream().filter(SnapshotCopy::damaged).forEach(copy -> damaged.put(copy.snapshot(), new Flag(true, Set.of())));
            return damaged;
        }
        for (Snapshot snapshot : view.snapshotsIn(pool)) {
            view.setting(SETTING + snapshot.id()).ifPresent(how -> damaged.put(snapshot.id(), Flag.parse(how)));
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
