package org.azekura.server.job.heal;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.PackId;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.message.CopyOrder;
import org.azekura.api.message.PoolAnswer;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.job.damage.ChunkCensus;
import org.azekura.server.job.damage.DamagedSnapshots;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.Orders;
import org.azekura.server.job.run.Parties;
import org.azekura.server.job.run.Stage;

/**
 * Takes snapshots off the list of damaged ones that have everything again in a pool. A flag that goes too early would let a backup build on what is lost: so the storage node is asked of each
 * chunk, and a flag stays if something is found damaged meanwhile.
 */
public record Recovery(Stage stage, JobRecord record, Pool pool, ConnectedNode node) {

    private static final int SECRET_BYTES = 32;

    /**
     * @param mended   those that something was repaired of just now: what was read of them, and was not there, nobody knows where, is explained by that
     * @param repaired the packs
     */
    public void run(Collection<SnapshotId> mended, Set<PackId> repaired) throws BackupException {
        long counted = stage.catalog().read(view -> DamagedSnapshots.counted(view, pool.name()));
        Map<SnapshotId, DamagedSnapshots.Flag> damaged = stage.catalog().read(view -> DamagedSnapshots.in(view, pool.name()));
        damaged.entrySet().removeIf(one -> !one.getValue().isAnswered(repaired, mended.contains(one.getKey())));
        if (damaged.isEmpty()) {
            return;
        }
        try {
            List<SnapshotId> whole = whole(damaged.keySet());
            if (!whole.isEmpty() && new DamagedSnapshots(stage.catalog()).forgive(pool.name(), whole, counted)) {
                record.line(JobLine.Level.INFO, whole.size() + " snapshots have everything again in pool " + pool.name());
            }
        } finally {
            Parties.release(record, node);
        }
    }

    /** What was answered to be there stays until the node is told that this has ended. */
    private List<SnapshotId> whole(Collection<SnapshotId> damaged) throws BackupException {
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret); // nobody is told: nothing comes from elsewhere
        node.ask(new CopyOrder.BeginCopy(record.id(), pool.name(), false, node.name(), secret), PoolAnswer.VolumeReady.class, Orders.PREPARE);
        List<SnapshotId> whole = new ArrayList<>();
        ChunkCensus census = ChunkCensus.ofSound(stage, pool, node, record.id());
        for (SnapshotId id : damaged) {
            Snapshot snapshot = stage.catalog().read(view -> view.snapshot(id)).orElse(null);
            if (snapshot == null) {
                continue;
            }
            census.add(snapshot);
            if (census.lost().isEmpty()) {
                whole.add(id);
            } else {
                census = ChunkCensus.ofSound(stage, pool, node, record.id()); // what one lacks is not asked for again of the next
            }
        }
        return whole;
    }
}
