package org.azekura.catalog.sqlite;

import org.azekura.api.BackupException;

/**
 * Where a search is.
 *
 * @param dir of those that have the name the last one that was looked at
 */
record NamePlace(long name, long dir) {

    static final long BEFORE_ALL = Long.MIN_VALUE;

    private static final NamePlace BEGIN = new NamePlace(0, BEFORE_ALL);

    String text(long generation) {
        return Long.toHexString(generation) + "." + name + "." + dir;
    }

    /** @param text null for the beginning */
    static NamePlace parse(String text, long generation) throws BackupException {
        if (text == null) {
            return BEGIN;
        }
        String[] parts = text.split("\\.", -1);
        try {
            if (parts.length == 3 && Long.parseUnsignedLong(parts[0], 16) == generation) {
                return new NamePlace(Long.parseLong(parts[1]), Long.parseLong(parts[2]));
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw BackupException.operator("search.stale", text, "the search can't go on from \"" + text + "\": the index of names was made anew; search from the beginning");
    }
}
