package org.azekura.cli.text;

import java.io.PrintStream;

/** One thing, a fact a line; what is empty is left out. */
public record Facts(PrintStream out) {

    public void put(String name, String value) {
        if (!value.isEmpty()) {
            out.printf("%-14s%s%n", name, value);
        }
    }
}
