package org.azekura.api.server;

import org.azekura.api.JobId;
import org.azekura.api.catalog.Job;

/**
 * How far a job is.
 *
 * @param phase  what it does now, for people, like {@code collecting}
 * @param files  entries done that are not directories
 * @param bytes  bytes of regular files done
 * @param stored bytes sent to the storage node
 */
public record JobProgress(JobId job, Job.State state, String phase, long files, long bytes, long stored) {}
