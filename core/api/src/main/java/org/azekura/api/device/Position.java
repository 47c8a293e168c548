package org.azekura.api.device;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A place on a cartridge: in front of an object. Only drives make positions, and nobody computes with them; they stay true for as long as nothing
 * before them is written anew, also in another drive of the kind and under a later version of the driver. Two of one cartridge are equal if they are the
 * same place.
 *
 * @param object how many objects, blocks and filemarks, lie before it, by the driver's own count: orders the places of a cartridge, and tells people
 * @param token  what the drive needs to get there, if that is more; up to 64 letters, digits and {@code . _ : -}
 */
public record Position(long object, String token) implements Comparable<Position> {

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._:-]{0,64}");

    public Position {
        Objects.requireNonNull(token);
        if (object < 0 || !TOKEN.matcher(token).matches()) {
            throw new IllegalArgumentException("a position has a number of objects, 0 or more, and up to 64 letters, digits and . _ : -;"
                    + " not " + object + " and \"" + token + "\"");
        }
    }

    /** For drives that number their objects themselves. */
    public static Position of(long object) {
        return new Position(object, "");
    }

    @Override
    public int compareTo(Position other) {
        int byObject = Long.compare(object, other.object);
        return byObject != 0 ? byObject : token.compareTo(other.token);
    }

    @Override
    public String toString() {
        return token.isEmpty() ? Long.toString(object) : object + "/" + token;
    }
}
