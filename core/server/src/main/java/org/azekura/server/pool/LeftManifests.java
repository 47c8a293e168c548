package org.azekura.server.pool;

import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.SnapshotCopy;
import org.azekura.api.message.Answer;
import org.azekura.api.message.PoolOrder;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.host.ManifestTurn;

/** Takes the manifests of deleted snapshots off a volume for copies that was away when they were deleted. */
public record LeftManifests(CatalogStore catalog, ConnectedNode node, PoolName replica) {


    /** Those of all that are deleted. */
    public void remove() throws BackupException {
        List<SnapshotId> left = catalog.read(view -> {
            List<SnapshotId> gone = new ArrayList<>();
            for (SnapshotCopy copy : view.copiesIn(replica)) {
                if (view.snapshot(copy.snapshot()).isEmpty()) {
                    gone.add(copy.snapshot());
                }
            }
            return gone;
        });
        for (SnapshotId snapshot : left) {
            remove(snapshot);
        }
    }

    /** One; off the medium first. Its row stays while a job reads it: what it needs is alive by that. */
    public void remove(SnapshotId snapshot) throws BackupException {
        try (ManifestTurn.Taken _ = node.manifests(replica).take()) {
            node.ask(new PoolOrder.RemoveManifest(replica, snapshot), Answer.Done.class, ConnectedNode.DURABLE);
            catalog.write(edit -> {
                if (edit.jobs(true).stream().noneMatch(job -> snapshot.equals(job.holds()))) {
                    edit.deleteCopy(snapshot, replica);
                }
                return null;
            });
        }
    }
}
