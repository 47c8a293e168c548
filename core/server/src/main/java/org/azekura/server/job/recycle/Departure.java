package org.azekura.server.job.recycle;

import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Volume;
import org.azekura.api.message.NodeReport;
import org.azekura.api.message.VolumeAnswer;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.Stage;
import org.azekura.server.media.LeftVolumes;
import org.azekura.server.media.NamedVolume;
import org.azekura.server.pool.PoolCheckpoint;

/** What the catalog has of cartridges that leave a pool, kept in step with its node. */
record Departure(Stage stage, JobRecord record, Pool pool, ConnectedNode node) {

    /** Those that have left, and of which nobody had heard; and those that were kept for long enough. */
    void settleAll(List<VolumeAnswer.Left> left) throws BackupException {
        for (Volume volume : stage.catalog().read(view -> LeftVolumes.unsettled(view, pool.name(), left))) {
            try {
                settle(volume);
            } catch (BackupException e) {
                record.line(JobLine.Level.WARN, NamedVolume.spoken(volume) + " has left pool " + pool.name() + ", and stays in the catalog for now: " + e.getMessage());
            }
        }
        stage.catalog().write(edit -> {
            LeftVolumes.find(edit, pool.name(), left);
            LeftVolumes.release(edit, pool.name(), stage.clock()::hasPassed);
            return null;
        });
    }

    /** What lies in replicas is placed by the census. */
    void moved(VolumeAnswer.Leaves step) throws BackupException {
        if (!step.placed().isEmpty()) {
            due();
        }
        for (NodeReport.PacksPlaced placed : step.placed()) {
            if (placed.pool().equals(pool.name())) {
                stage.catalog().write(edit -> {
                    LeftVolumes.moved(edit, placed, stage.clock().instant());
                    return null;
                });
            }
        }
    }

    /** What checkpoints say of where packs lie is not so any more; copies of other pools lie on these cartridges, too. */
    private void due() throws BackupException {
        for (Pool each : stage.pools().withReplicas(List.of(pool))) {
            PoolCheckpoint.due(stage.catalog(), each.name());
        }
    }

    void settle(Volume volume) throws BackupException {
        due();
        try {
            enter(volume);
        } catch (BackupException e) {
            if (!e.failure().code().equals("volume.used")) {
                throw e;
            }
            // Where packs lie that waited for tape, or are in replicas, it has not heard yet.
            for (Pool each : stage.pools().onMediaOf(pool)) {
                stage.pools().missing(each, node);
            }
            enter(volume);
        }
        if (volume.number() == 1) {
            stage.pools().again(pool, node);
        }
    }

    private void enter(Volume volume) throws BackupException {
        Volume then = stage.catalog().write(edit -> LeftVolumes.left(edit, pool.name(), volume.id(), stage.clock().instant(),
                stage.clock()::hasPassed)).orElse(null);
        record.line(JobLine.Level.INFO, NamedVolume.spoken(volume) + (then == null ? " is scratch" : " is expired"));
    }
}
