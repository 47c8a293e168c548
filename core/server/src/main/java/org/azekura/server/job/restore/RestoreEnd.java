package org.azekura.server.job.restore;

import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.PathProblem;
import org.azekura.api.PoolName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.message.ClientReport;
import org.azekura.api.server.JobResult;
import org.azekura.api.server.Snapshots;
import org.azekura.server.job.damage.DamagedSnapshots;
import org.azekura.server.job.run.JobCodecs;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.Stage;

/**
 * What comes behind a restore, or a mount: its end is said, damage that it met is remembered, and the mending of that is ordered.
 *
 * @param place that it was read from
 */
public record RestoreEnd(Stage stage, JobRecord record, SnapshotId snapshot, PoolName place) {

    /** The end in the catalog, and jobs that begin behind it. */
    public record Settled(Job end, List<Job> heals) {}

    /**
     * One that is exact is done, wherever its parts came from.
     *
     * @param where    for people: to which target on which client
     * @param problems all that is not as it was saved
     * @param met      what came from elsewhere, and the packs that it was missed in
     */
    Settled settle(ClientReport.Restored restored, String where, List<PathProblem> problems, List<Snapshots.Lying> lying, Met met) throws BackupException {
        problems.stream().limit(100).forEach(problem -> record.line(JobLine.Level.WARN, problem.path() + ": " + problem.reason()));
        record.line(JobLine.Level.INFO, restored.files() + " files, " + restored.bytes() + " bytes restored to " + where + ", " + problems.size() + " not");
        return settle(problems.isEmpty() ? Job.State.DONE : Job.State.WARNED, new JobResult.Restore(restored.files(), restored.bytes(), problems, lying, met.came()), restored.files(),
                restored.bytes(), met, problems.stream().anyMatch(problem -> !problem.ranges().isEmpty()));
    }

    /** @param lost whether something was read nowhere */
    public Settled settle(Job.State state, JobResult result, long files, long bytes, Met met, boolean lost) throws BackupException {
        met.came().forEach(one -> record.line(JobLine.Level.WARN, one.chunks() + " chunks, " + one.bytes() + " bytes came from pool " + one.pool() + ", as they could not be read where the others were"));
        if (lost) {
            new DamagedSnapshots(stage.catalog()).remember(place, List.of(snapshot));
        } else if (!met.packs().isEmpty()) {
            new DamagedSnapshots(stage.catalog()).rememberIn(place, snapshot, met.packs());
        }
        List<Job> heals = new ArrayList<>();
        Job end = record.end(edit -> {
            heals.addAll(OrderedHeals.put(edit, place, met.packs()));
            return record.ended(state, files, bytes, null, JobCodecs.RESULTS.encode(result));
        });
        heals.forEach(heal -> record.line(JobLine.Level.INFO, "job " + heal.id() + " looks at what could not be read, and mends it from where it is whole"));
        return new Settled(end, heals);
    }
}
