package org.azekura.client.job;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;

/** How fast one job's bytes may go: each passes all of its buckets. For one job, for any number of threads. */
public final class Pace {

    /** A bound can change meanwhile. */
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final List<Bucket> buckets;
    private final Pause pause;

    /** Waits at most so long. */
    @FunctionalInterface
    public interface Pause {
        /** @throws BackupException if the job has ended early */
        void await(long nanos) throws BackupException;
    }

    public Pace(List<Bucket> buckets, Pause pause) {
        this.buckets = List.copyOf(buckets);
        this.pause = pause;
    }

    /** One without any bound. */
    public static Pace any() {
        return new Pace(List.of(), nanos -> { });
    }

    /** Returns when so many more bytes may go. */
    public void pass(long bytes) throws BackupException {
        long[] places = new long[buckets.size()];
        for (int i = 0; i < places.length; i++) {
            places[i] = buckets.get(i).place(bytes);
        }
        for (long left = untilTurn(places); left > 0; left = untilTurn(places)) {
            pause.await(Math.min(left, LONGEST_NANOS));
        }
    }

    private long untilTurn(long[] places) {
        long longest = 0;
        for (int i = 0; i < places.length; i++) {
            longest = Math.max(longest, buckets.get(i).untilTurn(places[i]));
        }
        return longest;
    }
}
