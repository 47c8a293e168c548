package org.azekura.api.names;

/**
 * In which snapshots a path stayed in one state.
 *
 * @param first the first of them that was not forgotten, by its place in {@link NameLine#days}
 * @param last  the last of them
 */
public record NameSpan(NameState state, int first, int last) {}
