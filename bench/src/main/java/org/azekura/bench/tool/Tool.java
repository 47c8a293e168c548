package org.azekura.bench.tool;

import java.io.IOException;
import java.nio.file.Path;
import org.azekura.bench.meter.Cost;

/** A program that saves and restores. Calls come from one thread, between {@link #begin} and {@link #end}. */
public interface Tool extends AutoCloseable {

    String name();

    /** As it tells itself. */
    String version() throws IOException, InterruptedException;

    /** Settings that matter for the comparison. */
    String settings();

    /** Makes an empty repository that nothing is cached of. */
    void begin(String repository) throws IOException, InterruptedException;

    /** Saves a folder; after the first time as its next state. */
    Cost backup(Path tree) throws IOException, InterruptedException;

    /** Restores all of the newest state; the tree then lies in {@code to} under its full path. */
    Cost restore(Path to) throws IOException, InterruptedException;

    /** Restores one file of the newest state, to the same place. */
    Cost restoreOne(Path file, Path to) throws IOException, InterruptedException;

    /** Forgets all states but the newest, and gives back the space of what nothing needs any more. */
    Cost prune() throws IOException, InterruptedException;

    /** Bytes in the repository's files. */
    long stored() throws IOException;

    /** Bytes it keeps for the repository elsewhere: caches, and what the appliance's server and client remember. */
    long beside() throws IOException;

    /** Deletes the repository. */
    void end() throws IOException, InterruptedException;

    /** The cheapest call there is. */
    Cost start() throws IOException, InterruptedException;

    @Override
    void close() throws IOException;
}
