package org.azekura.api.names;

import org.azekura.api.RawPath;

/**
 * What became of a path.
 *
 * @param path absolute
 * @param had  whether the snapshot before has something of this path
 * @param now  null if this one has nothing
 */
public record NameChange(RawPath path, boolean had, NameState now) {}
