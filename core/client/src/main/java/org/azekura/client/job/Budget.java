package org.azekura.client.job;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.azekura.api.BackupException;

/** Bounds the bytes that are under way in a job. One thread takes, any give back. */
public final class Budget {

    private static final Duration PATIENCE = Duration.ofMinutes(15);

    /** Who has to wait does so until one part in so many is free. */
    private static final int ROOM = 4;

    private final Breaker breaker;
    private final long bytes;
    private final AtomicLong taken = new AtomicLong();
    /** Who waits goes on when no more than this is taken. */
    private volatile long enough;

    public Budget(Breaker breaker, long bytes) {
        this.breaker = breaker;
        this.bytes = bytes;
    }

    /** Waits for room. More than the whole budget is granted when nothing else is under way. */
    public void take(long wanted) throws BackupException {
        breaker.check();
        if (taken.get() > 0 && taken.get() + wanted > bytes) {
            // Not at the first byte that comes free: taker and givers would wake each other all the time.
            enough = Math.max(0, bytes - bytes / ROOM - wanted);
            breaker.await(() -> taken.get() <= enough, "room for " + wanted + " bytes; the node or the server takes nothing", PATIENCE);
            enough = 0;
        }
        taken.addAndGet(wanted);
    }

    public void give(long back) {
        if (taken.addAndGet(-back) <= enough) {
            breaker.signal();
        }
    }

    /** Waits until all has been given back. */
    public void drain() throws BackupException {
        breaker.await(() -> taken.get() == 0, "the last data to be sent", PATIENCE);
    }
}
