package org.azekura.server.job.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.PathProblem;
import org.azekura.api.RawPath;
import org.azekura.api.message.ClientReport;
import org.junit.jupiter.api.Test;

class ClientOutcomeTest {

    private static final JobId JOB = new JobId(1);

    private final ClientOutcome outcome = new ClientOutcome(new ClientName("proxy"));

    private static BackupException failure(String code) {
        return BackupException.operator(code, "", "a failure of the test");
    }

    @Test
    void isTheReportThatEndsTheClientsPart() throws BackupException {
        ClientReport.Restored end = new ClientReport.Restored(JOB, 2, 3);
        outcome.take(end, null);
        assertSame(end, outcome.await(Duration.ofSeconds(1)));
    }

    @Test
    void throwsWhatTheClientFailedBy() {
        outcome.take(new ClientReport.JobFailed(JOB, failure("root.missing").failure()), null);
        assertEquals("root.missing", assertThrows(BackupException.class, () -> outcome.await(Duration.ofSeconds(1))).failure().code());
    }

    @Test
    void saysOnWhichClientAHookFailed() {
        outcome.take(new ClientReport.JobFailed(JOB, failure("hook.unknown").failure()), null);
        assertEquals("client proxy: a failure of the test", assertThrows(BackupException.class, () -> outcome.await(Duration.ofSeconds(1))).getMessage());
    }

    @Test
    void whatIsSeenHereIsTheReasonForAStreamThatWasClosed() {
        BackupException closed = BackupException.network("transport.closed", "", "the stream is closed", null);
        outcome.take(new ClientReport.JobFailed(JOB, closed.failure()), null);
        assertEquals("volume.missing", outcome.reason(failure("volume.missing")).failure().code());
        assertEquals("transport.closed", outcome.reason(BackupException.network("transport.lost", "", "it broke", null)).failure().code());
    }

    @Test
    void theClientsOwnReasonComesFirst() {
        outcome.take(new ClientReport.JobFailed(JOB, failure("root.missing").failure()), null);
        assertEquals("root.missing", outcome.reason(failure("other")).failure().code());
    }

    @Test
    void theFirstEndCounts() throws BackupException {
        outcome.take(new ClientReport.Restored(JOB, 2, 3), null);
        outcome.failed(failure("job.cancelled"));
        assertEquals(new ClientReport.Restored(JOB, 2, 3), outcome.await(Duration.ofSeconds(1)));
    }

    @Test
    void givesUpAClientThatSaysNothing() {
        assertEquals("client.silent", assertThrows(BackupException.class, () -> outcome.await(Duration.ofMillis(1))).failure().code());
    }

    @Test
    void aClientThatTellsEndlesslyIsStopped() {
        PathProblem endless = new PathProblem(RawPath.of("/" + "a".repeat(1 << 20)), "is long");
        ClientReport.Findings findings = new ClientReport.Findings(JOB, List.of(endless), List.of(endless.path()));
        for (long told = 0; told <= ClientOutcome.MOST_TOLD; told += 2 << 20) {
            outcome.take(findings, null);
        }
        assertEquals("findings.exceeded", assertThrows(BackupException.class, () -> outcome.await(Duration.ofSeconds(1))).failure().code());
        int kept = outcome.problems().size();
        outcome.take(findings, null);
        assertEquals(kept, outcome.problems().size());
    }

    @Test
    void keepsFindingsInTheOrderTheyCame() {
        PathProblem a = new PathProblem(RawPath.of("/a"), "first");
        PathProblem b = new PathProblem(RawPath.of("/b"), "second");
        outcome.take(new ClientReport.Findings(JOB, List.of(a), List.of()), null);
        outcome.take(new ClientReport.Findings(JOB, List.of(b), List.of(RawPath.of("/c"))), null);
        assertEquals(List.of(a, b), outcome.problems());
        assertEquals(List.of(RawPath.of("/c")), outcome.listed());
    }

    @Test
    void theClientsOwnReasonExplainsABrokenStream() {
        BackupException seen = failure("transport.closed");
        outcome.failed(failure("target.unusable"));
        assertEquals("target.unusable", outcome.reason(seen).failure().code());
    }

    @Test
    void withoutAReasonOfTheClientWhatWasSeenStands() throws BackupException {
        BackupException seen = failure("transport.closed");
        outcome.take(new ClientReport.Restored(JOB, 0, 0), null);
        assertSame(seen, outcome.reason(seen));
    }
}
