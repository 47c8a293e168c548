package org.azekura.rest.job;

import org.azekura.api.catalog.Job;
import org.azekura.api.server.JobProgress;
import org.azekura.rest.call.Json;
import org.azekura.rest.call.Reply;

/**
 * A job as lists show it.
 *
 * @param client null if it is about none, pool likewise
 * @param error  why it ended so, or does not go on; null if nothing is to be said
 */
public record JobRow(long id, String kind, String state, String client, String pool, String started, String ended, long files, long bytes, String error) {

    static JobRow of(Job job) {
        return of(job, job.files(), job.bytes());
    }

    /** One that goes on: the catalog has figures of jobs that have ended only. */
    static JobRow of(Job job, JobProgress progress) {
        return of(job, progress.files(), progress.bytes());
    }

    private static JobRow of(Job job, long files, long bytes) {
        return new JobRow(job.id().value(), job.kind().word(), job.state().word(), job.client() == null ? null : job.client().value(),
                job.pool() == null ? null : job.pool().value(), Json.time(job.started()), Json.time(job.ended()), files, bytes, job.error());
    }

    /** What is answered where a job has been ordered. */
    public static Reply begun(Job job) {
        return Reply.made(202, "jobs/" + job.id(), of(job));
    }
}
