package org.azekura.client.job;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

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

    /** Jobs have begun or ended. @param of that which has one in any case, null: none */
    synchronized void changed(Paces of) {
        weigh(of);
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
