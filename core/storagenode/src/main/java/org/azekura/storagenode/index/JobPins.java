package org.azekura.storagenode.index;

import java.util.BitSet;

/** The packs that one running job relies on: those of chunks it was told to be known, and those it wrote. Thread-safe. */
public final class JobPins implements AutoCloseable {

    private final Pins pins;
    /** By number; guarded by {@link #pins}. */
    final BitSet packs = new BitSet();
    /** Guarded by {@link #pins}. */
    boolean ended;

    JobPins(Pins pins) {
        this.pins = pins;
    }

    /** The job has ended: its packs may be dropped. */
    @Override
    public void close() {
        pins.release(this);
    }
}
