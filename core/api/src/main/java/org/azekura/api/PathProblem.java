package org.azekura.api;

import java.util.List;

/**
 * A path that was not saved or not restored (or only in part), and why.
 *
 * @param ranges byte ranges that are missing; empty if the whole file is concerned or the data is complete
 */
public record PathProblem(RawPath path, String reason, List<Range> ranges) {

    public PathProblem(RawPath path, String reason) {
        this(path, reason, List.of());
    }

    /** Bytes {@code from} (included) to {@code to} (excluded) of a file. */
    public record Range(long from, long to) {}
}
