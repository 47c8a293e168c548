package org.azekura.server.job.recycle;

import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult;
import org.azekura.server.job.damage.LostPacks;
import org.azekura.server.job.run.Halt;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.Run;
import org.azekura.server.job.run.Stage;
import org.azekura.server.media.ForgottenVolume;
import org.azekura.server.retention.Ages;
import org.azekura.server.retention.Holds;

/** Gives up a cartridge that is lost, or on which something can't be read. Of one that is there all is copied first that can be read. */
public final class ForgetRun implements Run {

    private final Stage stage;
    private final JobRecord record;
    private final JobOrder.Forget order;
    private final Halt halt = new Halt();

    public ForgetRun(Stage stage, JobRecord record, JobOrder.Forget order) {
        this.stage = stage;
        this.record = record;
        this.order = order;
    }

    @Override
    public Job carryOut() throws BackupException {
        ForgottenVolume volume = ForgottenVolume.of(stage.catalog(), order.volume());
        LostSet set = LostSet.of(stage, volume).orElse(null);
        if (set != null) {
            Surrendering.Loss loss = set.loss();
            requireLost(volume, loss, "nothing of its media set is there any more");
            set.carryOut(order.why(), loss);
            if (loss.isAny()) {
                record.line(JobLine.Level.WARN, loss.words() + "; they are damaged" + copies(volume, loss));
            }
            return givenUp(volume, loss);
        }
        Pool pool = stage.pools().get(volume.pool());
        Surrendering giving = new Surrendering(stage, record, volume, stage.pools().onMediaOf(pool), stage.hosts().node(pool.node()));
        // of one that was begun the node may say that nothing is needed there, for it has dropped what was
        if (volume.isThere() && !giving.isBegun() && hasLeft(pool, volume)) {
            return settle(volume, JobResult.Fate.EXPIRED, Job.State.DONE, "has left pool " + pool.name() + ": all that counted there was copied");
        }
        Surrendering.Loss loss = giving.loss();
        halt.check();
        requireLost(volume, loss, "the next backup of each save set sends again what is still there");
        record.phase("giving up " + volume.named());
        giving.carryOut(order.why(), loss);
        return givenUp(volume, loss);
    }

    private void requireLost(ForgottenVolume volume, Surrendering.Loss loss, String then) throws BackupException {
        requireUnlocked(volume, loss);
        if (loss.isAny() && !order.lost()) {
            throw BackupException.operator("volume.used", order.volume(), volume.named() + " has " + loss.words() + copies(volume, loss) + "; with --lost they are given up, and "
                    + then);
        }
    }

    /** A cartridge that is given up may be written again some day: what is locked must not go so. */
    private void requireUnlocked(ForgottenVolume volume, Surrendering.Loss loss) throws BackupException {
        stage.catalog().read(view -> {
            Holds holds = new Holds(view, Ages.of(stage.clock()));
            for (List<SnapshotId> lost : loss.snapshots().values()) {
                for (SnapshotId id : lost) {
                    Snapshot snapshot = view.snapshot(id).orElse(null);
                    if (snapshot != null && holds.isLocked(snapshot)) {
                        throw BackupException.operator("volume.locked", order.volume(), volume.named() + " is not given up: parts of snapshot " + id
                                + " are there that are nowhere else, and nobody can delete that before its lock is over");
                    }
                }
            }
            return null;
        });
    }

    private String copies(ForgottenVolume volume, Surrendering.Loss loss) throws BackupException {
        return stage.catalog().read(view -> CopiesElsewhere.of(view, loss.snapshots().get(volume.pool()))).words();
    }

    private Job givenUp(ForgottenVolume volume, Surrendering.Loss loss) throws BackupException {
        return settle(volume, JobResult.Fate.EXPIRED, loss.isAny() ? Job.State.WARNED : Job.State.DONE, "is given up: " + order.why());
    }

    /** False if something there can't be read: all else is elsewhere then. */
    private boolean hasLeft(Pool pool, ForgottenVolume volume) throws BackupException {
        try {
            new Recycling(stage, record, halt).oneClosed(pool, volume.volume());
            return true;
        } catch (BackupException e) {
            halt.check();
            if (!e.failure().code().equals(Recycling.STUCK)) {
                throw e;
            }
            record.line(JobLine.Level.WARN, volume.named() + ": " + e.getMessage());
            return false;
        }
    }

    private Job settle(ForgottenVolume volume, JobResult.Fate fate, Job.State state, String what) throws BackupException {
        JobResult.Cartridge told = new Named(volume.pool(), volume.label(), volume.barcode()).told(fate, what);
        record.line(state == Job.State.DONE ? JobLine.Level.INFO : JobLine.Level.WARN, told.what());
        return record.settle(state, 1, 0, null, new JobResult.Cartridges(List.of(told)));
    }

    @Override
    public void stop(BackupException why) {
        halt.say(why);
    }
}
