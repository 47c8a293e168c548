package org.azekura.server.job.backup;

import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.PoolName;
import org.azekura.api.SaveSetName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Snapshot;

/** Which snapshot a backup is compared with. */
record ParentChoice(ClientName client, SaveSetName saveSet, PoolName pool) {

    /**
     * A job keeps what it held: its client may have taken things over from there already. If that was deleted meanwhile, its data are there
     * still, because it is held; a job that goes on keeps it, and does not go over to a newer one, which its client's checkpoint has nothing
     * to do with.
     *
     * @param held   what the job holds already, null if nothing
     * @param goesOn whether its client may take over what an earlier attempt made
     * @return null if there is none
     */
    SnapshotId of(CatalogView view, SnapshotId held, boolean goesOn) throws BackupException {
        if (held != null && view.snapshot(held).isPresent()) {
            return held;
        }
        if (held != null && goesOn) {
            return view.deletions(pool).stream().anyMatch(deletion -> deletion.snapshot().equals(held)) ? held : null;
        }
        Optional<Snapshot> latest = view.latest(client, saveSet, pool);
        return latest.map(Snapshot::id).orElse(null);
    }
}
