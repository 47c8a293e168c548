package org.azekura.server.job.lock;

import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Pool;
import org.azekura.server.job.run.Halt;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.Stage;
import org.azekura.server.pool.OwedLocks;
import org.azekura.server.retention.Ages;
import org.azekura.server.retention.HeldSnapshot;
import org.azekura.server.retention.Holds;

/** Locks packs that were healed in a place with a lock, as {@link OwedLocks} has them: who heals does, or else the next job that locks there. */
public record HealedLocks(Stage stage, JobRecord record, Halt halt) {

    /** A failure is told only: what was healed is healed. */
    public void lock(Pool place) throws BackupException {
        if (OwedLocks.in(stage.catalog(), place.name()).isEmpty()) {
            return;
        }
        List<HeldSnapshot> held = stage.catalog().read(view -> new Holds(view, Ages.of(stage.clock())).in(place.name()));
        String problem = null;
        try {
            PlaceLocks locks = held.isEmpty() ? null : PlaceLocks.of(stage, record, place, stage.hosts().node(place.node()), halt);
            if (locks == null) {
                stage.catalog().write(edit -> {
                    OwedLocks.forget(edit, place.name());
                    return null;
                });
            } else {
                problem = locks.lockOwed(held.getFirst());
            }
        } catch (BackupException e) {
            halt.check();
            problem = e.getMessage();
        }
        if (problem != null) {
            record.line(JobLine.Level.WARN, "packs that were healed in pool " + place.name() + " are not locked on its medium: " + problem + "; the next job that locks there does that");
        }
    }
}
