package org.azekura.client.job;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.azekura.api.BackupException;

/** Bounds the bytes that are under way in a job. One thread takes, any give back. */
public final class Budget {

    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private final Breaker breaker;
    private final long bytes;
    private final AtomicLong taken = new AtomicLong();

    public Budget(Breaker breaker, long bytes) {
        this.breaker = breaker;
        this.bytes = bytes;
    }

    /** Waits for room. More than the whole budget is granted when nothing else is under way. */
    public void take(long wanted) throws BackupException {
        breaker.check();
        if (!fits(wanted)) {
            breaker.await(() -> fits(wanted), "room for " + wanted + " bytes; the node or the server takes nothing", PATIENCE);
        }
        taken.addAndGet(wanted);
    }

    private boolean fits(long wanted) {
        long now = taken.get();
        return now == 0 || now + wanted <= bytes;
    }

    public void give(long back) {
        taken.addAndGet(-back);
        breaker.signal();
    }

    /** Waits until all has been given back. */
    public void drain() throws BackupException {
        breaker.await(() -> taken.get() == 0, "the last data to be sent", PATIENCE);
    }
}
