package org.azekura.client.job;

import org.azekura.api.JobId;
import org.azekura.api.message.ClientReport;

/** Signs of life of a job: there is one only if the job has moved since the last. One thread. */
final class Pulse {

    private final JobId job;
    private final Tally tally;
    private ClientReport.Progress last;
    private long steps;

    Pulse(JobId job, Tally tally) {
        this.job = job;
        this.tally = tally;
    }

    /** Null if nothing has moved. */
    ClientReport.Progress beat() {
        long stepsNow = tally.steps();
        ClientReport.Progress now = new ClientReport.Progress(job, tally.files(), tally.bytes(), tally.stored());
        if (now.equals(last) && stepsNow == steps) {
            return null;
        }
        last = now;
        steps = stepsNow;
        return now;
    }
}
