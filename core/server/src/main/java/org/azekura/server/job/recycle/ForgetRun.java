package org.azekura.server.job.recycle;

import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Pool;
import org.azekura.api.device.Barcode;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult;
import org.azekura.server.job.damage.LostPacks;
import org.azekura.server.job.run.Halt;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.Run;
import org.azekura.server.job.run.Stage;
import org.azekura.server.media.ForgottenVolume;

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
        Pool pool = stage.pools().get(volume.pool());
        stage.pools().require(pool, new LostPacks(stage));
        Surrendering giving = new Surrendering(stage, record, volume, stage.pools().onMediaOf(pool), stage.hosts().node(pool.node()));
        // of one that was begun the node may say that nothing is needed there, for it has dropped what was
        if (volume.isThere() && !giving.isBegun() && hasLeft(pool, volume)) {
            return settle(volume, JobResult.Fate.EXPIRED, Job.State.DONE, "has left pool " + pool.name() + ": all that counted there was copied");
        }
        Surrendering.Loss loss = giving.loss();
        halt.check();
        if (loss.packs() > 0 && !order.lost()) {
            throw BackupException.operator("volume.used", order.volume(), volume.named() + " has " + loss.words() + "; with --lost they are given up, and the next backup"
                    + " of each save set sends again what is still there");
        }
        record.phase("giving up " + volume.named());
        giving.carryOut(order.why(), loss);
        return settle(volume, JobResult.Fate.EXPIRED, loss.packs() > 0 ? Job.State.WARNED : Job.State.DONE, "is given up: " + order.why());
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
        String sentence = volume.named() + " " + what;
        Barcode barcode = volume.volume() == null || volume.volume().barcode() == null ? null : new Barcode(volume.volume().barcode());
        record.line(state == Job.State.DONE ? JobLine.Level.INFO : JobLine.Level.WARN, sentence);
        return record.settle(state, 1, 0, null, new JobResult.Cartridges(List.of(new JobResult.Cartridge(barcode, volume.label(), volume.pool(), -1, fate, sentence))));
    }

    @Override
    public void stop(BackupException why) {
        halt.say(why);
    }

    @Override
    public ClientName client() {
        return null;
    }
}
