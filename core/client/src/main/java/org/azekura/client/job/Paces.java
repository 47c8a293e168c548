package org.azekura.client.job;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.azekura.api.JobId;
import org.azekura.api.message.ClientOrder;

/**
 * How fast the jobs of a client may be: each has a bucket, and all together have one. A bucket outlives its job's end, because the bound of the next
 * attempt may come before the failed one has ended. Thread-safe.
 */
public final class Paces {

    /** More than a client runs. */
    private static final int MOST = 64;

    private final LongSupplier nanos;
    private final Bucket ofClient;
    private final Map<JobId, Bucket> ofJobs = new LinkedHashMap<>();

    /** @param nanos a clock that only goes forward */
    public Paces(LongSupplier nanos) {
        this.nanos = nanos;
        this.ofClient = new Bucket(nanos);
    }

    /** @param runs whether a job is under way: the bounds of such are kept in any case */
    public synchronized void bound(ClientOrder.Limit limit, Predicate<JobId> runs) {
        ofClient.bound(limit.ofClient());
        bucket(limit.job()).bound(limit.ofJob());
        Iterator<JobId> oldest = ofJobs.keySet().iterator();
        while (ofJobs.size() > MOST && oldest.hasNext()) {
            if (!runs.test(oldest.next())) {
                oldest.remove();
            }
        }
    }

    /** What this job has to keep to, also where it changes later. @param moved is called while it waits: a slow job is no dead one */
    public synchronized Pace of(JobId job, Breaker breaker, Runnable moved) {
        return new Pace(List.of(bucket(job), ofClient), left -> {
            breaker.pause(left);
            moved.run();
        });
    }

    synchronized int size() {
        return ofJobs.size();
    }

    private Bucket bucket(JobId job) {
        return ofJobs.computeIfAbsent(job, id -> new Bucket(nanos));
    }
}
