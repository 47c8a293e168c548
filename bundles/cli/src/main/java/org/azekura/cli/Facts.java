package org.azekura.cli;

import java.io.PrintStream;

/** One thing, a fact a line; what is empty is left out. */
record Facts(PrintStream out) {

    void put(String name, String value) {
        if (!value.isEmpty()) {
            out.printf("%-14s%s%n", name, value);
        }
    }
}
