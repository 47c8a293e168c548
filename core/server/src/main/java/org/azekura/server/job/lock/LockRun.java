package org.azekura.server.job.lock;

import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Pool;
import org.azekura.api.server.JobResult;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.job.damage.LostPacks;
import org.azekura.server.job.place.ServedSets;
import org.azekura.server.job.run.Halt;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.Run;
import org.azekura.server.job.run.Stage;
import org.azekura.server.retention.Ages;
import org.azekura.server.retention.HeldSnapshot;
import org.azekura.server.retention.Holds;

/**
 * Goes through the places of a pool and has the medium of each lock what is kept there. What is locked for long enough already is not asked of it again. Cut off at any
 * moment it begins again: a snapshot whose manifest is not locked is gone through once more.
 */
public final class LockRun implements Run {

    private final Stage stage;
    private final JobRecord record;
    private final List<Pool> places;
    private final Ages ages;
    private final Halt halt = new Halt();
    private final List<JobResult.LeftOut> left = new ArrayList<>();
    private int snapshots;
    private long packs;
    /** Whether all that was healed is locked, too. */
    private boolean healed = true;

    /** @param places the pool, its media sets, and what copies of other pools are kept in there */
    public LockRun(Stage stage, JobRecord record, List<Pool> places, Ages ages) {
        this.stage = stage;
        this.record = record;
        this.places = places;
        this.ages = ages;
    }

    @Override
    public Job carryOut() throws BackupException {
        record.phase("locking");
        for (Pool place : new ServedSets(stage, record).readable(places)) {
            List<HeldSnapshot> held = stage.catalog().read(view -> new Holds(view, ages).in(place.name()));
            if (!held.isEmpty()) {
                stage.pools().require(place, new LostPacks(stage));
                lock(place, stage.hosts().node(place.node()), held);
            }
        }
        record.line(JobLine.Level.INFO, snapshots + " snapshots locked on their medium with " + packs + " packs" + (left.isEmpty() ? "" : ", " + left.size() + " not"));
        return record.settle(left.isEmpty() && healed ? Job.State.DONE : Job.State.WARNED, snapshots, 0, null, new JobResult.Lock(snapshots, packs, left));
    }

    private void lock(Pool place, ConnectedNode node, List<HeldSnapshot> held) throws BackupException {
        try {
            PlaceLocks locks = PlaceLocks.of(stage, record, place, node, halt);
            if (locks == null) {
                product(place, "its device locks nothing in that mode");
            } else {
                lock(locks, held);
            }
        } catch (BackupException e) {
            if (!e.failure().code().equals("device.unsupported")) {
                throw e;
            }
            product(place, e.getMessage());
        }
    }

    private void product(Pool place, String why) {
        record.line(JobLine.Level.INFO, "what lies in pool " + place.name() + " is kept by Azekura alone, not by its medium: " + why);
    }

    private void lock(PlaceLocks locks, List<HeldSnapshot> held) throws BackupException {
        String owed = locks.lockOwed(held.getFirst());
        if (owed != null) {
            healed = false;
            record.line(JobLine.Level.WARN, "packs that were healed are not locked on their medium: " + owed);
        }
        for (HeldSnapshot snapshot : locks.open(held)) {
            halt.check();
            String problem = locks.lock(snapshot);
            if (problem == null) {
                snapshots++;
            } else {
                left.add(new JobResult.LeftOut(snapshot.snapshot().id(), problem));
                record.line(JobLine.Level.WARN, "snapshot " + snapshot.snapshot().id() + " is not locked on its medium: " + problem);
            }
            record.progress(snapshots, 0, 0);
        }
        packs += locks.packs();
        if (left.isEmpty()) {
            locks.lockAudit(held);
        }
    }

    @Override
    public void stop(BackupException why) {
        halt.say(why);
    }
}
