package org.azekura.server.job.lock;

import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.PackId;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Pool;
import org.azekura.server.job.run.Halt;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.Stage;
import org.azekura.server.retention.Ages;
import org.azekura.server.retention.HeldSnapshot;
import org.azekura.server.retention.Holds;

/** Locks packs that were healed in a place with a lock: the manifests there say already that all is locked, so nobody comes to them by a snapshot. */
public record HealedLocks(Stage stage, JobRecord record, Halt halt) {

    /** A failure is told only: what was healed is healed. */
    public void lock(Pool place, List<PackId> packs) throws BackupException {
        List<HeldSnapshot> held = packs.isEmpty() ? List.of() : stage.catalog().read(view -> new Holds(view, Ages.of(stage.clock())).in(place.name()));
        if (held.isEmpty()) {
            return;
        }
        String problem;
        try {
            PlaceLocks locks = PlaceLocks.of(stage, record, place, stage.hosts().node(place.node()), halt);
            problem = locks == null ? null : locks.lock(packs, held.getFirst());
        } catch (BackupException e) {
            halt.check();
            problem = e.getMessage();
        }
        if (problem != null) {
            record.line(JobLine.Level.WARN, "packs that were healed in pool " + place.name() + " are not locked on its medium: " + problem);
        }
    }
}
