package org.azekura.client.collect;

import java.util.function.LongSupplier;

/** Measures what the source takes for an entry: each one if others look ahead, else one of a few. One thread. */
final class Meter {

    /** No divisor of what file systems put side by side. */
    static final int ONE_OF = 7;

    private final Readers readers;
    private final LongSupplier nanos;
    private int untilNext = ONE_OF;
    /** How many entries this one stands for, 0 if it is not measured. */
    private int weight;
    private long busy;
    private long waited;
    private long bytes;

    Meter(Readers readers, LongSupplier nanos) {
        this.readers = readers;
        this.nanos = nanos;
    }

    /** How many readers there should be. */
    int readers() {
        return readers.count();
    }

    /** The next entry, which nobody has looked at yet. */
    void begin() {
        weight = 0;
        if (--untilNext == 0) {
            untilNext = ONE_OF;
            begin(ONE_OF);
        }
    }

    private void begin(int standsFor) {
        weight = standsFor;
        busy = 0;
        waited = 0;
        bytes = 0;
    }

    /** The next entry, which a reader was so long with, and which was waited for so long. */
    void begin(long readerNanos, long waitedNanos, long readBytes) {
        begin(1);
        busy = readerNanos;
        waited = waitedNanos;
        bytes = readBytes;
    }

    /** For {@link #took}; 0 if this entry is not measured. */
    long now() {
        return weight == 0 ? 0 : nanos.getAsLong();
    }

    /** The source was asked for something of the entry. */
    void took(long since, long readBytes) {
        if (weight > 0) {
            long took = nanos.getAsLong() - since;
            busy += took;
            waited += took;
            bytes += readBytes;
        }
    }

    /** The entry has been dealt with. */
    void end() {
        if (weight > 0) {
            readers.read(bytes, busy, waited, weight, nanos.getAsLong());
            weight = 0;
        }
    }
}
