package org.azekura.server.job.recycle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Volume;
import org.azekura.api.device.Barcode;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult;
import org.azekura.server.job.damage.LostPacks;
import org.azekura.server.job.run.Halt;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.Run;
import org.azekura.server.job.run.Stage;
import org.azekura.server.media.NamedVolume;

/** Has cartridges that somebody names leave their pools, one after the other. If it is cancelled, what was copied stays copied. */
public final class RepackRun implements Run {

    private final Stage stage;
    private final JobRecord record;
    private final JobOrder.Repack order;
    private final Halt halt = new Halt();

    public RepackRun(Stage stage, JobRecord record, JobOrder.Repack order) {
        this.stage = stage;
        this.record = record;
        this.order = order;
    }

    @Override
    public Job carryOut() throws BackupException {
        List<JobResult.Cartridge> fates = new ArrayList<>();
        for (String name : order.volumes()) {
            halt.check();
            JobResult.Cartridge fate = fate(name);
            fates.add(fate);
            record.line(fate.fate().warns() ? JobLine.Level.WARN : JobLine.Level.INFO, fate.what());
            record.progress(fates.size(), 0, 0);
        }
        List<JobResult.Cartridge> failed = fates.stream().filter(one -> one.fate().warns()).toList();
        Job.State state = failed.isEmpty() ? Job.State.DONE : failed.size() == fates.size() ? Job.State.FAILED : Job.State.WARNED;
        return record.settle(state, fates.size(), 0, failed.isEmpty() ? null : failed.getFirst().what(), new JobResult.Cartridges(fates));
    }

    private JobResult.Cartridge fate(String name) throws BackupException {
        Volume volume = named(name);
        try {
            Pool pool = stage.pools().get(volume.pool());
            stage.pools().require(pool, new LostPacks(stage));
            Optional<Volume> then = new Recycling(stage, record, halt).one(pool, volume);
            return told(volume, then.isEmpty() ? JobResult.Fate.SCRATCH : JobResult.Fate.EXPIRED, then.isEmpty() ? "has left pool " + volume.pool() + " and is scratch"
                    : "has left pool " + volume.pool() + " and is expired: " + then.get().why());
        } catch (BackupException e) {
            halt.check();
            return told(volume, JobResult.Fate.FAILED, "stays in pool " + volume.pool() + ": " + e.getMessage());
        }
    }

    private static JobResult.Cartridge told(Volume volume, JobResult.Fate fate, String what) {
        Barcode barcode = volume.barcode() == null ? null : new Barcode(volume.barcode());
        return new JobResult.Cartridge(barcode, volume.label(), volume.pool(), -1, fate, "volume " + volume.label() + (barcode == null ? "" : " on cartridge " + barcode)
                + " " + what);
    }

    private Volume named(String name) throws BackupException {
        Volume volume = NamedVolume.in(stage.catalog(), name);
        if (!volume.isInSet()) {
            throw BackupException.operator("volume.unknown", name, "pool " + volume.pool() + " does not lie on volume \"" + name + "\" any more: it is "
                    + volume.state().word());
        }
        return volume;
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
