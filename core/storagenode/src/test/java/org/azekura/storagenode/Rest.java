package org.azekura.storagenode;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.azekura.api.JobId;
import org.azekura.api.catalog.Job;
import org.azekura.api.server.Jobs;

/** Waits until a job has ended or is parked. */
final class Rest {

    private static final int END_s = 120;

    private Rest() {}

    static Job of(Jobs jobs, JobId job) throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        AutoCloseable watch = jobs.watch(progress -> {
            if (progress.job().equals(job) && rests(progress.state())) {
                end.countDown();
            }
        });
        try {
            if (!rests(jobs.get(job).state()) && !end.await(END_s, TimeUnit.SECONDS)) {
                throw new AssertionError("job did not end: " + jobs.get(job));
            }
            return jobs.get(job);
        } finally {
            watch.close();
        }
    }

    private static boolean rests(Job.State state) {
        return state.ended() || state == Job.State.PARKED;
    }
}
