package org.azekura.server.job.damage;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.azekura.api.BackupException;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Snapshot;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.job.run.Halt;
import org.azekura.server.job.run.Stage;
import org.azekura.server.pool.MediaPools;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out which snapshots lose something when packs have gone from a volume, so that none of them is anybody's parent; and leaves word that they are to be healed, which is a job's
 * to do: who opens a pool waits for none.
 */
public final class LostPacks implements MediaPools.Alarm {

    private static final Logger log = LoggerFactory.getLogger(LostPacks.class);
    /** Of a pool: when packs were missing last, and nobody has ordered yet that they are healed. */
    private static final String DUE = "heal.due.";

    private final Stage stage;

    public LostPacks(Stage stage) {
        this.stage = stage;
    }

    @Override
    public void packsMissing(Pool pool, ConnectedNode node, List<PackId> missing) throws BackupException {
        log.error("pool={} {} packs are gone from its volume", pool.name(), missing.size());
        look(pool, node, new Halt());
    }

    /**
     * Has the snapshots count as damaged that need what lies in no pack of their pool, whoever came upon that first.
     *
     * @param halt ends it, with nothing changed
     */
    public void look(Pool pool, ConnectedNode node, Halt halt) throws BackupException {
        List<SnapshotId> looked = stage.catalog().read(view -> view.snapshotsIn(pool.name())).stream().map(Snapshot::id).toList();
        List<SnapshotId> losing = DamageSearch.needing(stage, pool, ChunkCensus.ofAll(stage, pool, node, false, halt).lostIds(), halt);
        if (!losing.isEmpty()) {
            new DamagedSnapshots(stage.catalog()).rememberLost(pool.name(), losing);
            log.error("pool={} {} snapshots lost data; \"azekura verify --pool {}\" names the files", pool.name(), losing.size(), pool.name());
        }
        stage.catalog().write(edit -> {
            edit.putSetting(DUE + pool.name(), Instant.now().toString());
            DamagedSnapshots.doubt(edit, pool.name(), looked);
            return null;
        });
    }

    /** The pools that are to be healed, with when that was found. */
    public static Map<PoolName, String> due(CatalogView view) throws BackupException {
        Map<PoolName, String> due = new TreeMap<>();
        view.settings(DUE).forEach((key, since) -> due.put(new PoolName(key.substring(DUE.length())), since));
        return due;
    }

    /** It was ordered, or there is nothing to heal it from. */
    public static void done(CatalogStore catalog, PoolName pool, String since) throws BackupException {
        catalog.write(edit -> {
            if (edit.setting(DUE + pool).filter(since::equals).isPresent()) {
                edit.deleteSetting(DUE + pool);
            }
            return null;
        });
    }
}
