package org.azekura.server.job.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.Failure;
import org.azekura.api.PathProblem;
import org.azekura.api.RawPath;
import org.azekura.api.message.ClientReport;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.Obstacle;

/** The end of a client's part of a job, waited for as long as the client gives signs of life. */
public final class ClientOutcome {

    /** What a result in the catalog has room for. A client stops earlier; one in the wrong hands does not. */
    static final long MOST_TOLD = 192 << 20;
    private static final int OVERHEAD = 64;
    private static final String HOOK = "hook.";

    private final ClientName client;
    private final CompletableFuture<ClientReport> end = new CompletableFuture<>();
    private final List<PathProblem> problems = new ArrayList<>();
    private final List<RawPath> listed = new ArrayList<>();
    private long told;
    private volatile long heardAt = System.nanoTime();

    public ClientOutcome(ClientName client) {
        this.client = client;
    }

    /** It gave a sign of life that is no report. */
    public void heard() {
        heardAt = System.nanoTime();
    }

    /** Takes in what the client says; the first end counts. */
    public void take(ClientReport report, JobRecord record) {
        heardAt = System.nanoTime();
        switch (report) {
            case ClientReport.Hello hello -> { }
            case ClientReport.Progress(var job, long files, long bytes, long stored) -> record.progress(files, bytes, stored);
            case ClientReport.Findings findings -> found(findings);
            case ClientReport.Checked checked -> { }
            case ClientReport.Remarks remarks -> { }
            case ClientReport.Placed placed -> { }
            case ClientReport.Collected collected -> end.complete(collected);
            case ClientReport.Restored restored -> end.complete(restored);
            case ClientReport.Rehearsed rehearsed -> end.complete(rehearsed);
            case ClientReport.Unmounted unmounted -> end.complete(unmounted);
            case ClientReport.JobFailed(var job, Failure failure) -> failed(new BackupException(failure.code().startsWith(HOOK) ? named(failure) : failure));
        }
    }

    /** On which client a hook lies, whose data it is does not say. */
    private Failure named(Failure failure) {
        return new Failure(failure.code(), failure.kind(), failure.retryable(), failure.subject(), "client " + client + ": " + failure.message());
    }

    /** What earlier attempts found comes before what this one finds. */
    public synchronized void before(List<PathProblem> earlier) {
        problems.addAll(0, earlier);
    }

    private synchronized void found(ClientReport.Findings findings) {
        told += findings.problems().stream().mapToLong(ClientOutcome::weight).sum();
        told += findings.listed().stream().mapToLong(path -> OVERHEAD + path.bytes().length).sum();
        if (told > MOST_TOLD) {
            failed(BackupException.operator("findings.exceeded", findings.job().toString(), "the client tells of more paths than " + (MOST_TOLD >> 20)
                    + " MiB hold; name fewer roots at once"));
            return;
        }
        problems.addAll(findings.problems());
        listed.addAll(findings.listed());
    }

    private static long weight(PathProblem problem) {
        return OVERHEAD + problem.path().bytes().length + problem.reason().length() + 32L * problem.ranges().size();
    }

    /** What was not saved or not restored; complete once the client is through. */
    public synchronized List<PathProblem> problems() {
        return List.copyOf(problems);
    }

    /** What would be saved; complete once the client is through. */
    public synchronized List<RawPath> listed() {
        return List.copyOf(listed);
    }

    public void failed(BackupException why) {
        end.completeExceptionally(why);
    }

    /**
     * @param silence how long the client may say nothing
     * @throws BackupException why the client failed, was cancelled or left; {@code client.silent}
     */
    public ClientReport await(Duration silence) throws BackupException {
        try {
            while (true) {
                long left = requireHeard(silence);
                try {
                    return end.get(left, TimeUnit.NANOSECONDS);
                } catch (TimeoutException e) {
                    continue; // it may have been heard meanwhile
                }
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof BackupException known ? known : BackupException.bug("the client's part of the job", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Obstacle.stopping();
        }
    }

    /**
     * Nanoseconds for which the client may still say nothing.
     *
     * @throws BackupException {@code client.silent}
     */
    public long requireHeard(Duration silence) throws BackupException {
        long left = silence.toNanos() - (System.nanoTime() - heardAt);
        if (left <= 0) {
            throw BackupException.network("client.silent", "", "the client said nothing for " + silence.toMinutes()
                    + " minutes while its part of the job was waited for", null);
        }
        return left;
    }

    /**
     * Why something the client takes part in broke: its own reason if it gives one soon, else what was seen here. That a stream was closed is none where
     * that came of what was seen.
     */
    public BackupException reason(BackupException seen) {
        try {
            end.get(5, TimeUnit.SECONDS);
            return seen;
        } catch (ExecutionException e) {
            return e.getCause() instanceof BackupException known && (isOfNetwork(seen) || !isOfNetwork(known)) ? known : seen;
        } catch (TimeoutException e) {
            return seen;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return seen;
        }
    }

    private static boolean isOfNetwork(BackupException e) {
        return e.failure().kind() == Failure.Kind.NETWORK;
    }
}
