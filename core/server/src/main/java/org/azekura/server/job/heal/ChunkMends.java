package org.azekura.server.job.heal;

import java.util.List;
import java.util.function.Consumer;
import org.azekura.api.BackupException;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Snapshot;
import org.azekura.server.job.copy.CopyLink;
import org.azekura.server.job.copy.CopyPass;
import org.azekura.server.job.place.ArchiveReads;
import org.azekura.server.job.run.Halt;
import org.azekura.server.job.run.Stage;

/** What snapshots lack in one pool and another place has, in whichever packs it lies there: a prune may have moved it on either side. */
record ChunkMends(Stage stage, CopyLink link, Halt halt, ArchiveReads archive) {

    /** @param whole told of each snapshot that has everything now */
    void run(Pool source, List<SnapshotId> damaged, Consumer<SnapshotId> whole) throws BackupException {
        CopyPass pass = new CopyPass(stage, link, source, halt, CopyPass.Repair.NONE, archive);
        for (SnapshotId id : damaged) {
            halt.check();
            Snapshot snapshot = stage.catalog().read(view -> view.snapshot(id)).orElse(null);
            String problem = snapshot == null ? null : pass.run(snapshot);
            if (problem == null) {
                whole.accept(id);
            } else {
                link.record().line(JobLine.Level.WARN, "snapshot " + id + " still lacks something: " + problem);
            }
        }
    }
}
