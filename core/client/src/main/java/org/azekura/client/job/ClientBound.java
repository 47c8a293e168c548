package org.azekura.client.job;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.azekura.api.JobId;

/**
 * How fast all jobs of a client may be together, whichever of its servers they are of: as the strictest of those servers says that have jobs here. One that has none is not heard:
 * what it said last may not be so any more. Thread-safe.
 */
public final class ClientBound {

    private final Bucket bucket;
    private final Map<Paces, Long> told = new HashMap<>();

    /** @param nanos a clock that only goes forward */
    public ClientBound(LongSupplier nanos) {
        this.bucket = new Bucket(nanos);
    }

    Bucket bucket() {
        return bucket;
    }

    /** @param perSecond bytes; 0: no bound */
    synchronized void say(Paces by, long perSecond) {
        told.put(by, perSecond);
        weigh(by);
    }

    /** A job begins with the bound of this one; one of another server that had it before has it no more. */
    synchronized void begins(JobId job, Paces of) {
        told.keySet().stream().filter(each -> each != of).forEach(each -> each.leave(job));
        weigh(of);
    }

    /** A job has ended. */
    synchronized void ended() {
        weigh(null);
    }

    /** Its server is gone. */
    synchronized void forget(Paces gone) {
        told.remove(gone);
        weigh(null);
    }

    private void weigh(Paces latest) {
        long strictest = told.entrySet().stream().filter(each -> each.getValue() > 0 && (each.getKey() == latest || each.getKey().isAtWork())).mapToLong(Map.Entry::getValue).min().orElse(0);
        bucket.bound(strictest);
    }
}
