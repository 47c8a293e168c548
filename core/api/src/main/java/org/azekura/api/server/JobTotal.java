package org.azekura.api.server;

import org.azekura.api.catalog.Job;

/**
 * What jobs of one kind did that ended in one way.
 *
 * @param jobs   how many
 * @param bytes  that they took or gave
 * @param millis that they took
 */
public record JobTotal(Job.Kind kind, Job.State state, long jobs, long bytes, long millis) {

    public JobTotal plus(JobTotal other) {
        return new JobTotal(kind, state, jobs + other.jobs, bytes + other.bytes, millis + other.millis);
    }
}
