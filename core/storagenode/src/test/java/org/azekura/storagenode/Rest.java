package org.azekura.storagenode;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.azekura.api.JobId;
import org.azekura.api.catalog.Job;
import org.azekura.api.server.JobProgress;
import org.azekura.api.server.Jobs;

/** Waits for a job. */
final class Rest {

    private static final int END_s = 120;

    private Rest() {}

    /** Until it has ended or is parked. */
    static Job of(Jobs jobs, JobId job) throws Exception {
        return until(jobs, job, progress -> progress.state().ended() || progress.state() == Job.State.PARKED);
    }

    static Job until(Jobs jobs, JobId job, Predicate<JobProgress> so) throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        AutoCloseable watch = jobs.watch(progress -> {
            if (progress.job().equals(job) && (so.test(progress) || progress.state().ended())) {
                end.countDown();
            }
        });
        try {
            if (!so.test(jobs.progress(job)) && !end.await(END_s, TimeUnit.SECONDS)) {
                throw new AssertionError("job is not as awaited: " + jobs.get(job) + " " + jobs.log(job));
            }
            return jobs.get(job);
        } finally {
            watch.close();
        }
    }
}
