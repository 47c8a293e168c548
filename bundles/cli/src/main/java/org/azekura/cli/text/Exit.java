package org.azekura.cli.text;

/** What the exit code tells a script. */
public final class Exit {

    public static final int DONE = 0;
    public static final int FAILED = 1;
    /** Nothing was done. */
    public static final int USAGE = 2;
    /** Each warning was named. */
    public static final int WARNED = 3;
    /** Rights, or a lock. */
    public static final int REFUSED = 4;
    public static final int UNREACHABLE = 5;

    private Exit() {}
}
