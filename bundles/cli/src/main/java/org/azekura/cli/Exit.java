package org.azekura.cli;

/** What the exit code tells a script. */
final class Exit {

    static final int DONE = 0;
    static final int FAILED = 1;
    /** Nothing was done. */
    static final int USAGE = 2;
    /** Each warning was named. */
    static final int WARNED = 3;
    /** Rights, or a lock. */
    static final int REFUSED = 4;
    static final int UNREACHABLE = 5;

    private Exit() {}
}
