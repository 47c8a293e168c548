package org.azekura.server.trees;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Some frames that were made durable together: an object of the shared store that is never changed. A number is greater than that of every segment that its
 * writer knew, so of two that have the same page all servers take the same for the later one.
 *
 * @param server who wrote it, as a part of a blob's key
 */
record Segment(String server, int number) implements Comparable<Segment> {

    private static final Pattern KEY = Pattern.compile("(.+)-(\\d{8,10})");
    private static final Comparator<Segment> ORDER = Comparator.comparingInt(Segment::number).thenComparing(Segment::server);

    /** The name of a server as it stands in keys. */
    static String server(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    static Optional<Segment> parse(String key) {
        Matcher parts = KEY.matcher(key);
        try {
            return parts.matches() ? Optional.of(new Segment(parts.group(1), Integer.parseInt(parts.group(2)))) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    String key() {
        return "%s-%08d".formatted(server, number);
    }

    @Override
    public int compareTo(Segment other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return key();
    }
}
