package org.azekura.server.job.drill;

import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.DrillTimes;
import org.azekura.api.PathProblem;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Proof;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.message.ClientReport;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult;
import org.azekura.server.job.damage.DamagedSnapshots;
import org.azekura.server.job.place.Thawing;
import org.azekura.server.job.run.JobCodecs;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.Stage;

/** What came of a drill: the job's result, and the proof that stays when the job is forgotten. @param proofs of this drill */
record DrillEnd(Stage stage, JobRecord record, Snapshot snapshot, JobOrder.Drill order, DrillChoice chosen, DrillProof proofs) {

    /**
     * Writes both down, in the transaction that ends the job.
     *
     * @param place   that was read: the pool itself, or a replica of it
     * @param late    files on cartridges that are away
     * @param missing those; null if there are none
     */
    Job settle(ClientReport.Rehearsed report, PoolName place, int late, BackupException missing) throws BackupException {
        JobResult.Drill result = result(report, late, missing);
        if (report.lost() > 0) {
            new DamagedSnapshots(stage.catalog()).remember(place, List.of(snapshot.id()));
        }
        tell(result);
        Job.State state = switch (result.outcome()) {
            case PROVEN -> result.notes().isEmpty() ? Job.State.DONE : Job.State.WARNED;
            case PARTLY -> Job.State.WARNED;
            case FAILED -> Job.State.FAILED;
        };
        String error = state == Job.State.FAILED ? result.differences() + (result.differences() == 1 ? " difference" : " differences") + " in what was restored from snapshot "
                + snapshot.id() + ": " + line(result.differing().getFirst()) : null;
        Proof proof = proofs.of(result);
        return record.end(edit -> {
            edit.putProof(proof);
            return record.ended(state, result.files(), result.bytes(), error, JobCodecs.RESULTS.encode(result));
        });
    }

    /** Nothing was restored: something of it lies in an archive, and nobody said that it may be asked for. */
    Job unlooked(PoolName place, Thawing thawing) throws BackupException {
        String note = "not looked at: " + thawing.words() + "; a drill asks for nothing there unless it is told to (--thaw): " + thawing.ways();
        return settle(new ClientReport.Rehearsed(record.id(), 0, 0, 0, 0, 0, List.of(), chosen.chosen(), List.of(), List.of(note), new DrillTimes(0, -1, 0, 0, 0), null), place, 0, null);
    }

    JobResult.Drill result(ClientReport.Rehearsed report, int late, BackupException missing) {
        List<PathProblem> differing = new ArrayList<>(report.differing());
        chosen.unreadable().stream().filter(one -> differing.stream().noneMatch(told -> told.path().equals(one.path()))).forEach(differing::add);
        long differences = report.differences() + differing.size() - report.differing().size();
        List<String> notes = new ArrayList<>(report.unheld());
        if (missing != null) {
            // what would bring it is for jobs that wait
            String away = missing.failure().subject();
            notes.add(late + (late == 1 ? " file lies" : " files lie") + " on what is away: " + (away.contains(", ") ? "cartridges " : "cartridge ") + away);
        }
        long unproven = report.unmade() + late;
        Proof.Outcome outcome = differences > 0 ? Proof.Outcome.FAILED : unproven > 0 ? Proof.Outcome.PARTLY : Proof.Outcome.PROVEN;
        return new JobResult.Drill(outcome, snapshot.id(), proofs.read(), order.sample(), chosen.chosen(), chosen.ofFiles(), report.entries(), report.files(), report.bytes(),
                differences, first(differing), unproven, first(report.left()), notes.stream().limit(ClientReport.Rehearsed.MOST_TOLD).toList(),
                report.times().since(proofs.prelude().ms()), report.kept());
    }

    private static List<PathProblem> first(List<PathProblem> all) {
        return all.stream().limit(ClientReport.Rehearsed.MOST_TOLD).toList();
    }

    private void tell(JobResult.Drill result) {
        result.differing().forEach(one -> record.line(JobLine.Level.ERROR, line(one)));
        result.left().forEach(one -> record.line(JobLine.Level.WARN, "not compared: " + line(one)));
        result.notes().forEach(note -> record.line(JobLine.Level.WARN, note));
        if (result.kept() != null) {
            record.line(JobLine.Level.WARN, "what was compared last stays in " + result.kept() + " on client " + record.job().client() + " until that starts again");
        }
        DrillTimes times = result.times();
        record.line(JobLine.Level.INFO, result.outcome().word() + ": " + result.files() + " files, " + result.bytes() + " bytes from pool " + result.pool() + "; first byte after "
                + times.firstByte() + " ms, " + times.rate(result.bytes()) + " bytes/s; waited " + times.waiting() + " ms, read " + times.reading() + " ms, restored "
                + times.restoring() + " ms, compared " + times.comparing() + " ms");
    }

    static String line(PathProblem problem) {
        return problem.path() + ": " + problem.reason();
    }
}
