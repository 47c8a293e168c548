package org.azekura.client.job;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.azekura.api.BackupException;

/** Bounds the bytes that are under way in a job. One thread takes, any give back. */
public final class Budget implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(15);

    /** Who has to wait does so until one part in so many is free. */
    private static final int ROOM = 4;

    private final Breaker breaker;
    private final LongSupplier bytes;
    private final Runnable end;
    private final AtomicLong taken = new AtomicLong();
    /** Of what is taken: what does not come back by itself. */
    private final AtomicLong held = new AtomicLong();
    /** Who waits goes on when no more than this is taken. */
    private volatile long enough;

    public Budget(Breaker breaker, long bytes) {
        this(breaker, () -> bytes, () -> {});
    }

    private Budget(Breaker breaker, LongSupplier bytes, Runnable end) {
        this.breaker = breaker;
        this.bytes = bytes;
        this.end = end;
    }

    /**
     * A budget that all jobs of a process have together: the more there are, the smaller the part of each, so that the heap need not
     * grow with them. What a job has when another begins it keeps until it gives it back. Safe for any number of threads.
     */
    public static final class Shared {

        private final long bytes;
        private final long least;
        private final AtomicInteger jobs = new AtomicInteger();

        /** @param least what each has, however many there are */
        public Shared(long bytes, long least) {
            this.bytes = bytes;
            this.least = least;
        }

        /** Jobs that have a part. */
        public int jobs() {
            return jobs.get();
        }

        /** A job's part, until it is closed. */
        public Budget open(Breaker breaker) {
            jobs.incrementAndGet();
            var once = new AtomicBoolean();
            return new Budget(breaker, this::part, () -> {
                if (once.compareAndSet(false, true)) {
                    jobs.decrementAndGet();
                }
            });
        }

        private long part() {
            return Math.max(least, bytes / Math.max(1, jobs.get()));
        }
    }

    /** Waits for room. More than the whole budget is granted when nothing else is under way. */
    public void take(long wanted) throws BackupException {
        breaker.check();
        long bytes = this.bytes.getAsLong();
        if (underWay() > 0 && taken.get() + wanted > bytes) {
            // Not at the first byte that comes free: taker and givers would wake each other all the time.
            enough = Math.max(0, bytes - bytes / ROOM - wanted);
            breaker.await(() -> underWay() <= enough, "room for " + wanted + " bytes; the node or the server takes nothing", PATIENCE);
            enough = 0;
        }
        taken.addAndGet(wanted);
    }

    public void give(long back) {
        taken.addAndGet(-back);
        if (underWay() <= enough) {
            breaker.signal();
        }
    }

    private long underWay() {
        return taken.get() - held.get();
    }

    /**
     * Takes what the taker itself keeps: nobody who waits for room may wait for that. At most half of the budget.
     *
     * @return false if it is more; then nothing is taken
     */
    public boolean hold(long wanted) {
        if (wanted > bytes.getAsLong() / 2) {
            return false;
        }
        taken.addAndGet(wanted);
        held.addAndGet(wanted);
        return true;
    }

    /** Gives back what was held. */
    public void letGo(long back) {
        held.addAndGet(-back);
        give(back);
    }

    /** Waits until all has been given back. */
    public void drain() throws BackupException {
        breaker.await(() -> taken.get() == 0, "the last data to be sent", PATIENCE);
    }

    /** Gives its part of a shared budget to the others. */
    @Override
    public void close() {
        end.run();
    }
}
