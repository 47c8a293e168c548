package org.azekura.server.job.drill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.DrillTimes;
import org.azekura.api.JobId;
import org.azekura.api.PoolName;
import org.azekura.api.SaveSetId;
import org.azekura.api.catalog.Proof;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult;
import org.azekura.server.clock.ServerClock;

/**
 * Makes the proof of one drill.
 *
 * @param here who rehearses
 * @param read the pool that was read, as people name it
 */
record DrillProof(JobId job, Snapshot snapshot, ClientName here, PoolName read, JobOrder.DrillSample sample, DrillChoice chosen, Prelude prelude, ServerClock clock) {

    Proof of(JobResult.Drill result) {
        List<String> told = new ArrayList<>();
        result.differing().forEach(one -> told.add(DrillEnd.line(one)));
        result.left().forEach(one -> told.add("not compared: " + DrillEnd.line(one)));
        told.addAll(result.notes());
        return proof(result.entries(), result.bytes(), result.differences(), told, times(result.times()), result.outcome());
    }

    /** Of a drill that did not come to its end, and will not begin again. */
    Proof of(BackupException why) {
        return proof(0, 0, 0, List.of(why.getMessage()), Proof.Times.NONE, Proof.Outcome.FAILED);
    }

    private Proof proof(long entries, long bytes, long differences, List<String> told, Proof.Times times, Proof.Outcome outcome) {
        return new Proof(job, snapshot.id(), snapshot.received(), new SaveSetId(snapshot.client(), snapshot.saveSet()), read, here,
                sample == null ? null : new Proof.Sample(sample.seed(), chosen.chosen(), chosen.ofFiles()), prelude.began, clock.instant(), entries, bytes, differences, told, times,
                outcome);
    }

    private static Proof.Times times(DrillTimes times) {
        return new Proof.Times(Duration.ofMillis(times.waiting()), Duration.ofMillis(times.reading() + times.restoring()), Duration.ofMillis(times.comparing()));
    }
}
