package org.azekura.server.job.rebuild;

import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Pool;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult;
import org.azekura.server.job.run.Halt;
import org.azekura.server.job.run.JobCodecs;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.Run;
import org.azekura.server.job.run.Stage;
import org.azekura.server.pool.PoolRevival;
import org.azekura.server.pool.RevivedAudit;
import org.azekura.server.pool.RevivedConfiguration;
import org.azekura.server.pool.RevivedSets;
import org.azekura.server.pool.SealedConfiguration;

/**
 * Makes a lost catalog anew from volumes: this appliance becomes the one that wrote them. Needs no key. What is cut off may be begun again;
 * until the end there is no snapshot, so nobody takes a part for the whole.
 */
public final class RebuildRun implements Run {

    private final Stage stage;
    private final JobRecord record;
    private final JobOrder.Rebuild order;
    private final Runnable rebuilt;
    private final Halt halt = new Halt();
    private volatile boolean committing;
    private final List<String> passedOver = new ArrayList<>();

    /** @param rebuilt called when everything is in the catalog */
    public RebuildRun(Stage stage, JobRecord record, JobOrder.Rebuild order, Runnable rebuilt) {
        this.rebuilt = rebuilt;
        this.stage = stage;
        this.record = record;
        this.order = order;
    }

    @Override
    public Job carryOut() throws BackupException {
        PoolRevival revival = new PoolRevival(stage.pools(), stage.catalog());
        revival.requireEmpty();
        record.phase("looking");
        List<PoolRevival.Found> found = revival.look(order.from(), (taken, copy) -> passedOver.add("pool " + taken.label().pool() + " comes from " + taken.folder()
                + "; the copy of it in " + copy.folder() + " is not looked at, and what lies there alone is not back"));
        for (PoolRevival.Found volume : found) {
            if (!volume.copies().isEmpty()) {
                record.line(JobLine.Level.WARN, volume.folder() + " holds volumes for copies, too, which are not looked at (" + String.join(", ", volume.copies())
                        + "): add a device for each, with that behind its prefix, and name it in the same rebuild");
            }
        }
        revival.become(found.getFirst().label().appliance(), record.id());
        record.line(JobLine.Level.INFO, "this is appliance " + stage.pools().appliance() + " from now on");
        List<PoolIntake> intakes = new ArrayList<>();
        try {
            for (PoolRevival.Found volume : found) {
                record.phase("reading pool " + volume.label().pool());
                PoolIntake intake = new PoolIntake(stage, record, revival, revival.revive(volume), halt);
                intakes.add(intake);
                intake.read();
            }
            committing = true;
            record.phase("committing");
            return commit(intakes);
        } finally {
            intakes.forEach(PoolIntake::close);
        }
    }

    /** In one transaction: all pools' snapshots, what was laid down, that the rebuild is through, and the end of this job; or nothing of it. */
    private Job commit(List<PoolIntake> intakes) throws BackupException {
        List<JobResult.LeftOut> left = intakes.stream().flatMap(intake -> intake.leftOut().stream()).toList();
        left.forEach(one -> record.line(JobLine.Level.WARN, "snapshot " + one.snapshot() + " is left out: " + one.reason()));
        List<String> warnings = new ArrayList<>(passedOver);
        List<String> notes = new ArrayList<>();
        int[] waiting = new int[1];
        List<RevivedConfiguration.Found> found = new ArrayList<>();
        for (PoolIntake intake : intakes) {
            RevivedConfiguration.Found one = intake.configuration();
            found.add(one.provenBy(stage.vault().proves(stage.pools().get(intake.pool()), one.proof())));
        }
        List<RebuildEnd.Step> behind = new ArrayList<>();
        behind.add(() -> {
            warnings.forEach(warning -> record.line(JobLine.Level.WARN, warning));
            notes.forEach(note -> record.line(JobLine.Level.INFO, note));
            if (waiting[0] > 0) {
                record.line(JobLine.Level.INFO, waiting[0] + " things (save sets, policies, what is private) are back as soon as a key of one of the pools is: they are sealed");
            }
        });
        intakes.forEach(intake -> behind.add(() -> open(intake.pool())));
        behind.add(() -> new RevivedAudit(stage.catalog(), stage.vault(), stage.hosts()).bring().ifPresent(this::tell));
        behind.add(() -> record.line(JobLine.Level.INFO, intakes.stream().mapToInt(PoolIntake::snapshots).sum() + " snapshots with " + intakes.stream().mapToLong(PoolIntake::files).sum()
                + " files are back, " + left.size() + " are left out"));
        return new RebuildEnd(record, rebuilt).commit(edit -> {
            for (PoolIntake intake : intakes) {
                intake.commit(edit);
            }
            RevivedSets.reunite(edit, intakes.stream().map(PoolIntake::pool).toList());
            RevivedConfiguration.Outcome laidDown = RevivedConfiguration.put(edit, found);
            RevivedAudit.compare(edit, found).ifPresent(notes::add);
            warnings.addAll(laidDown.warnings());
            waiting[0] = laidDown.waiting();
            RevivedAudit.await(edit, found);
            PoolRevival.end(edit);
            return ended(intakes, left, warnings);
        }, behind);
    }

    /** What a key opens that is here. */
    private void open(PoolName pool) throws BackupException {
        Pool head = stage.pools().sets().head(stage.pools().get(pool));
        stage.pools().revived(head.name());
        SealedConfiguration.open(stage.catalog(), stage.vault(), head);
    }

    private void tell(RevivedAudit.Back back) {
        record.line(JobLine.Level.INFO, back.toString());
        back.problems().forEach(problem -> record.line(JobLine.Level.WARN, "audit log: " + problem));
    }

    private Job ended(List<PoolIntake> intakes, List<JobResult.LeftOut> left, List<String> warnings) throws BackupException {
        List<PoolName> pools = intakes.stream().map(PoolIntake::pool).toList();
        long files = intakes.stream().mapToLong(PoolIntake::files).sum();
        long bytes = intakes.stream().mapToLong(PoolIntake::bytes).sum();
        int snapshots = intakes.stream().mapToInt(PoolIntake::snapshots).sum();
        JobResult.Rebuild result = new JobResult.Rebuild(pools, snapshots, files, intakes.stream().mapToLong(PoolIntake::pages).sum(), left,
                warnings);
        return record.ended(left.isEmpty() && warnings.isEmpty() ? Job.State.DONE : Job.State.WARNED, files, bytes, null, JobCodecs.RESULTS.encode(result));
    }

    @Override
    public void stop(BackupException why) {
        halt.say(why);
    }

    @Override
    public boolean committing() {
        return committing;
    }
}
