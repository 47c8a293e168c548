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
 * How fast the jobs of a client may be: each has a bucket, and all together have one, which is that of all servers. A bucket outlives its job's end, because the bound of the next
 * attempt may come before the failed one has ended. Thread-safe.
 */
public final class Paces {

    /** More than a client runs. */
    private static final int MOST = 64;

    private final LongSupplier nanos;
    private final Predicate<JobId> runs;
    private final ClientBound ofClient;
    private final Map<JobId, Bucket> ofJobs = new LinkedHashMap<>();

    /**
     * @param nanos a clock that only goes forward
     * @param runs  whether a job is under way: the bounds of such are kept in any case
     */
    public Paces(LongSupplier nanos, Predicate<JobId> runs) {
        this(nanos, runs, new ClientBound(nanos));
    }

    /** Of the jobs of one server, beside those of others. */
    public Paces(LongSupplier nanos, Predicate<JobId> runs, ClientBound ofClient) {
        this.nanos = nanos;
        this.runs = runs;
        this.ofClient = ofClient;
    }

    public void bound(ClientOrder.Limit limit) {
        ofClient.say(this, limit.ofClient());
        synchronized (this) {
            bucket(limit.job()).bound(limit.ofJob());
        }
    }

    /** Whether a job is under way that it was told of. */
    synchronized boolean isAtWork() {
        return ofJobs.keySet().stream().anyMatch(runs);
    }

    /** It goes on with another server. */
    synchronized void leave(JobId job) {
        ofJobs.remove(job);
    }

    /** A job has ended. */
    public void ended() {
        ofClient.ended();
    }

    /** Its server is gone. */
    public void close() {
        ofClient.forget(this);
    }

    /** What this job has to keep to, also where it changes later. @param moved is called while it waits: a slow job is no dead one */
    public Pace of(JobId job, Breaker breaker, Runnable moved) {
        Bucket own;
        synchronized (this) {
            own = bucket(job);
        }
        ofClient.begins(job, this);
        return new Pace(List.of(own, ofClient.bucket()), left -> {
            breaker.pause(left);
            moved.run();
        });
    }

    synchronized int size() {
        return ofJobs.size();
    }

    /** Each job has one, also where nothing is ever bounded. */
    private Bucket bucket(JobId job) {
        Bucket there = ofJobs.get(job);
        if (there != null) {
            return there;
        }
        Iterator<JobId> oldest = ofJobs.keySet().iterator();
        while (ofJobs.size() >= MOST && oldest.hasNext()) {
            if (!runs.test(oldest.next())) {
                oldest.remove();
            }
        }
        Bucket made = new Bucket(nanos);
        ofJobs.put(job, made);
        return made;
    }
}
