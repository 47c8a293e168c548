package org.azekura.server.job;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.azekura.api.BackupException;
import org.azekura.api.Failure;
import org.azekura.api.message.ClientReport;

/** The end of a client's part of a job, waited for as long as the client gives signs of life. */
final class ClientOutcome {

    private final CompletableFuture<ClientReport> end = new CompletableFuture<>();
    private volatile long heardAt = System.nanoTime();

    /** The client is alive. */
    void heard() {
        heardAt = System.nanoTime();
    }

    /** The client is through; a second end is ignored. */
    void ended(ClientReport report) {
        if (report instanceof ClientReport.JobFailed(var job, Failure failure)) {
            failed(new BackupException(failure));
        } else {
            end.complete(report);
        }
    }

    void failed(BackupException why) {
        end.completeExceptionally(why);
    }

    /**
     * @param silence how long the client may say nothing
     * @throws BackupException why the client failed, was cancelled or left; {@code client.silent}
     */
    ClientReport await(Duration silence) throws BackupException {
        try {
            while (true) {
                long left = silence.toNanos() - (System.nanoTime() - heardAt);
                if (left <= 0) {
                    throw BackupException.network("client.silent", "", "the client said nothing for " + silence.toMinutes()
                            + " minutes while its part of the job was waited for", null);
                }
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
            throw JobQueue.stopping();
        }
    }

    /** Why something the client takes part in broke: its own reason if it gives one soon, else what was seen here. */
    BackupException reason(BackupException seen) {
        try {
            end.get(5, TimeUnit.SECONDS);
            return seen;
        } catch (ExecutionException e) {
            return e.getCause() instanceof BackupException known ? known : seen;
        } catch (TimeoutException e) {
            return seen;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return seen;
        }
    }
}
