package org.azekura.api.server;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.osgi.annotation.versioning.ProviderType;

/** Jobs: submitted, watched, cancelled. Safe for any number of threads. */
@ProviderType
public interface Jobs {

    /**
     * Checks the order and queues a job.
     *
     * @throws BackupException {@code pool.unknown}, {@code client.unknown}, {@code snapshot.unknown}, {@code path.relative}, …:
     *                         nothing was queued
     */
    Job submit(JobOrder order) throws BackupException;

    /** Oldest first; only those that have not ended, or all; without orders and results. */
    List<Job> list(boolean unendedOnly) throws BackupException;

    /**
     * Jobs, oldest first, ended or not, without orders and results.
     *
     * @param behind only those with a larger number; null: from the first on
     * @param limit  so many at most
     */
    default List<Job> behind(JobId behind, int limit) throws BackupException {
        return list(false).stream().filter(job -> behind == null || job.id().compareTo(behind) > 0).limit(limit).toList();
    }

    /**
     * The newest jobs, ended or not, oldest first; without orders and results.
     *
     * @param client only of this one; null: of all, and those that are no client's
     * @param before only those with a smaller number; null: the newest there are
     * @param limit  so many at most
     */
    default List<Job> newest(ClientName client, JobId before, int limit) throws BackupException {
        List<Job> all = list(false).stream().filter(job -> (client == null || client.equals(job.client())) && (before == null || job.id().compareTo(before) < 0)).toList();
        return all.subList(Math.max(0, all.size() - limit), all.size());
    }

    /** What jobs did that ended long ago and whose rows were deleted. */
    default PastJobs deleted() throws BackupException {
        return new PastJobs(List.of(), null);
    }

    /** @throws BackupException {@code job.unknown} */
    Job get(JobId id) throws BackupException;

    /** @throws BackupException {@code job.unknown} */
    JobOrder order(JobId id) throws BackupException;

    /** What came out; empty before the end and for a job that failed. */
    Optional<JobResult> result(JobId id) throws BackupException;

    /** @throws BackupException {@code job.unknown} */
    List<JobLine> log(JobId id) throws BackupException;

    /**
     * Ends a job within ten seconds; one that has ended stays as it is. One that changes a driver ends when the node does that is in the middle of it, and
     * begins on no other.
     *
     * @throws BackupException {@code job.unknown}
     */
    Job cancel(JobId id) throws BackupException;

    /**
     * Has a backup go on that failed or was cancelled, as the same job, from its last checkpoint where that still stands; wakes
     * up one that is parked. Returns at once.
     *
     * @throws BackupException {@code job.unknown}; {@code job.running} if it runs or waits for its turn; {@code job.done};
     *                         {@code job.once} if it is no job that can go on; whatever {@link #submit} throws: it stays as it is
     */
    Job resume(JobId id) throws BackupException;

    /** How far the job is, now. */
    JobProgress progress(JobId id) throws BackupException;

    /**
     * Calls back with every change of any job until closed. The listener must return quickly; it is called from one thread
     * at a time.
     */
    AutoCloseable watch(Consumer<JobProgress> listener);
}
