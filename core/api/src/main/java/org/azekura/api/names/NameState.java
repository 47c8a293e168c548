package org.azekura.api.names;

import java.time.Instant;

/**
 * What is known of a path in a snapshot.
 *
 * @param size  bytes of a regular file, else 0
 * @param mtime null of a directory that only leads to what was saved
 * @param look  what tells other content and attributes apart; only who made it knows how
 */
public record NameState(NameType type, long size, Instant mtime, long look) {}
