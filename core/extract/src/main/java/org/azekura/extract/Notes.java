package org.azekura.extract;

import java.io.PrintStream;

/** What is told beside the result, line by line. Safe for any number of threads. */
final class Notes {

    private final PrintStream err;
    private final boolean verbose;
    private boolean warned;

    Notes(PrintStream err, boolean verbose) {
        this.err = err;
        this.verbose = verbose;
    }

    /** Something is not as it should be: the exit code tells so, too. */
    synchronized void warn(String line) {
        warned = true;
        err.println("azekura: warning: " + line);
    }

    /** Something that is as it may be. */
    synchronized void tell(String line) {
        err.println("azekura: " + line);
    }

    /** Damage that need not concern what is wanted. */
    synchronized void detail(String line) {
        if (verbose) {
            err.println("azekura: " + line);
        }
    }

    synchronized boolean warned() {
        return warned;
    }
}
