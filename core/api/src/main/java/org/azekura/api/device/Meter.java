package org.azekura.api.device;

import java.util.concurrent.atomic.LongAdder;

/** Counts what a driver's device carries, for {@link BlobStore#traffic}. Threads: any number. */
public final class Meter {

    private final LongAdder in = new LongAdder();
    private final LongAdder out = new LongAdder();
    private final LongAdder writes = new LongAdder();
    private final LongAdder reads = new LongAdder();
    private final LongAdder free = new LongAdder();

    /** Bytes that were sent to the device. */
    public void in(long bytes) {
        in.add(bytes);
    }

    /** Bytes that came from it. */
    public void out(long bytes) {
        out.add(bytes);
    }

    /** A request as {@link Traffic#writes} has it. */
    public void write() {
        writes.increment();
    }

    /** A request as {@link Traffic#reads} has it. */
    public void read() {
        reads.increment();
    }

    /** A request as {@link Traffic#free} has it. */
    public void free() {
        free.increment();
    }

    /** Up to now. What is counted meanwhile may be in it or not. */
    public Traffic traffic() {
        return new Traffic(in.sum(), out.sum(), writes.sum(), reads.sum(), free.sum());
    }
}
