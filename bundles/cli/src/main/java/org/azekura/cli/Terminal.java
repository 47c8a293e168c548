package org.azekura.cli;

import java.io.PrintStream;

/**
 * Where output goes.
 *
 * @param out   results
 * @param err   errors, warnings, progress
 * @param human whether a person looks at it: a progress line may be drawn
 */
record Terminal(PrintStream out, PrintStream err, boolean human) {

    /** A line that is not the result, on its own. */
    void warn(String line) {
        err.println("azekura: warning: " + line);
    }
}
