package org.azekura.server.job.damage;

import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PackId;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.message.PackAnswer;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.job.run.Stage;
import org.azekura.server.pool.MediaPools;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out which snapshots lose something when packs have gone from a volume, so that none of them is anybody's parent. */
public final class LostPacks implements MediaPools.Alarm {

    private static final Logger log = LoggerFactory.getLogger(LostPacks.class);

    private final Stage stage;

    public LostPacks(Stage stage) {
        this.stage = stage;
    }

    @Override
    public void packsMissing(Pool pool, ConnectedNode node, List<PackId> missing) throws BackupException {
        ChunkCensus census = new ChunkCensus(stage, pool, node);
        for (Snapshot snapshot : stage.catalog().read(view -> view.snapshotsIn(pool.name()))) {
            census.add(snapshot);
        }
        List<ChunkId> lost = census.lost();
        if (!lost.isEmpty()) {
            PackAnswer.DamagedPack gone = new PackAnswer.DamagedPack(missing.getFirst(), new VolumeId(0, 0), lost, List.of(), "gone");
            DamageSearch.Hit hit = new DamageSearch(stage, pool).hits(List.of(gone)).get(gone.pack());
            new DamagedSnapshots(stage.catalog()).rememberLost(pool.name(), hit.snapshots());
            log.error("pool={} {} packs are gone from its volume, {} snapshots lost data; \"azekura verify --pool {}\" names the files",
                    pool.name(), missing.size(), hit.snapshots().size(), pool.name());
        }
    }
}
