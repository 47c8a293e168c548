package org.azekura.cli.drill;

import picocli.CommandLine.Option;

/** How much of a snapshot is restored. */
final class Extent {

    @Option(names = "--sample", paramLabel = "PART", description = "Of the files, by chance: a part like 5%%, or a number of them.")
    private String sample;

    @Option(names = "--whole", description = "All of the snapshot.")
    private boolean whole;

    /** As the server takes it; null if none of both was given. */
    String word() {
        return whole ? "whole" : sample;
    }
}
