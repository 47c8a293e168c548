package org.azekura.rest.job;

import org.azekura.api.server.JobProgress;

/** How far a job is, as it is also sent with each event. */
public record ProgressView(long job, String state, String phase, long files, long bytes, long stored) {

    public static ProgressView of(JobProgress progress) {
        return new ProgressView(progress.job().value(), progress.state().word(), progress.phase(), progress.files(), progress.bytes(), progress.stored());
    }
}
