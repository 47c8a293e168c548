package org.azekura.cli.text;

import java.io.InputStream;
import java.io.PrintStream;

/**
 * Where input comes from and output goes.
 *
 * @param in    standard input; null if it is a terminal
 * @param out   results
 * @param err   errors, warnings, progress
 * @param human whether a person looks at it: a progress line may be drawn
 */
public record Terminal(InputStream in, PrintStream out, PrintStream err, boolean human) {

    /** A line that is not the result, on its own. */
    public void warn(String line) {
        err.println("azekura: warning: " + line);
    }
}
