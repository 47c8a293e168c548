package org.azekura.client.posix;

/** Counts system calls. */
public final class Calls {

    private Calls() {}

    /** How many this thread has made so far. */
    public static long made() {
        return Scratch.get().calls - 1;
    }
}
