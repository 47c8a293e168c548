package org.azekura.server.job.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.ClientName;
import org.azekura.api.DrillTimes;
import org.azekura.api.JobId;
import org.azekura.api.PathProblem;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.SaveSetName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.Proof;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.message.ClientReport;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult;
import org.azekura.server.job.run.Obstacle;
import org.junit.jupiter.api.Test;

/** What a client found, and what is said of it. */
class DrillEndTest {

    private static final RawPath FILE = RawPath.of("/srv/file");
    private static final Snapshot SNAPSHOT = new Snapshot(new SnapshotId(1, 2), new JobId(1), new PoolName("default"), new ClientName("host"), new SaveSetName("docs"),
            ChunkId.of(new byte[32]), null, Instant.EPOCH, Instant.EPOCH, 40, 5, 6, 0, null);

    private List<PathProblem> unreadable = List.of();

    private JobResult.Drill result(ClientReport.Rehearsed report, int late) {
        DrillChoice chosen = new DrillChoice(List.of(FILE), 1, 40, 1, unreadable);
        JobOrder.DrillSample sample = new JobOrder.DrillSample(0, 1, 9);
        DrillProof proofs = new DrillProof(new JobId(3), SNAPSHOT, new ClientName("host"), new PoolName("offsite"), sample, chosen, new Prelude(Instant.EPOCH), null);
        JobOrder.Drill order = new JobOrder.Drill(SNAPSHOT.id(), null, null, null, sample, false);
        BackupException missing = late == 0 ? null : BackupException.media(Obstacle.MISSING, "A1", "cartridge A1 is in the bank safe", null);
        return new DrillEnd(null, null, SNAPSHOT, order, chosen, proofs).result(report, late, missing);
    }

    private static ClientReport.Rehearsed report(List<PathProblem> differing, List<PathProblem> left, List<String> unheld) {
        return new ClientReport.Rehearsed(new JobId(3), 3, 1, 5, differing.size(), 0, differing, left.size(), left, unheld, new DrillTimes(10, 20, 30, 40, 50), null);
    }

    @Test
    void whatIsTheSameIsProven() {
        JobResult.Drill result = result(report(List.of(), List.of(), List.of()), 0);
        assertEquals(Proof.Outcome.PROVEN, result.outcome());
        assertEquals(new PoolName("offsite"), result.pool());
        assertEquals(9, result.sample().seed());
    }

    @Test
    void whatTheScratchPlaceCannotHoldIsNamedAndNoFailure() {
        JobResult.Drill result = result(report(List.of(), List.of(), List.of("owner of 3 entries could not be compared")), 0);
        assertEquals(Proof.Outcome.PROVEN, result.outcome());
        assertEquals(1, result.notes().size());
    }

    @Test
    void whatNobodyComparedLeavesItPartlyProven() {
        assertEquals(Proof.Outcome.PARTLY, result(report(List.of(), List.of(new PathProblem(FILE, "no device")), List.of()), 0).outcome());
        JobResult.Drill away = result(report(List.of(), List.of(), List.of()), 7);
        assertEquals(Proof.Outcome.PARTLY, away.outcome());
        assertEquals(7, away.unproven());
        assertEquals(List.of("7 files lie on what is away: cartridge A1"), away.notes());
    }

    @Test
    void aDifferenceFailsItWhateverElseThereIs() {
        assertEquals(Proof.Outcome.FAILED, result(report(List.of(new PathProblem(FILE, "mode")), List.of(new PathProblem(FILE, "no device")), List.of("x")), 7).outcome());
    }

    @Test
    void aDirectoryThatTheChoiceCouldNotReadIsADifferenceOnce() {
        unreadable = List.of(new PathProblem(FILE, "its tree can't be read"), new PathProblem(RawPath.of("/other"), "its tree can't be read"));
        JobResult.Drill result = result(report(List.of(new PathProblem(FILE, "its tree can't be read")), List.of(), List.of()), 0);
        assertEquals(2, result.differences());
        assertEquals(Proof.Outcome.FAILED, result.outcome());
    }

    @Test
    void whatComesBeforeTheClientIsAskedCountsAsWaiting() {
        DrillTimes times = new DrillTimes(10, 20, 30, 40, 50).since(1_000);
        assertEquals(new DrillTimes(1_010, 1_020, 30, 40, 50), times);
        assertEquals(-1, new DrillTimes(0, -1, 0, 0, 0).since(5).firstByte());
        assertEquals(1_000_000, times.rate(70_000));
    }
}
