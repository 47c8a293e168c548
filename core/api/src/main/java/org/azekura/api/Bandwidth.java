package org.azekura.api;

import java.time.Duration;
import java.time.LocalTime;

/**
 * How much a client may send and receive in its jobs, by day or at certain hours.
 *
 * @param perSecond bytes, at least {@value #LEAST}
 * @param from      local time from which it counts; null: always, and {@code to} is null too
 * @param to        local time at which it ends; before {@code from}: on the next day
 */
public record Bandwidth(long perSecond, LocalTime from, LocalTime to) {

    /** A chunk of 4 MiB has to get through in about a minute: who says nothing for long is given up. */
    public static final long LEAST = 64 << 10;

    /** @throws IllegalArgumentException if it is less than {@link #LEAST}, or its hours are none */
    public Bandwidth {
        require(perSecond);
        if ((from == null) != (to == null) || from != null && from.equals(to)) {
            throw new IllegalArgumentException("hours have a begin and another end, like 08:00 and 18:00; not " + from + " and " + to);
        }
    }

    /** One that counts all day. */
    public Bandwidth(long perSecond) {
        this(perSecond, null, null);
    }

    /** @throws IllegalArgumentException if so many bytes a second are too few to work with */
    public static long require(long perSecond) {
        if (perSecond < LEAST) {
            throw new IllegalArgumentException("a limit is at least 64KiB a second, like 20MiB; not " + ByteSize.format(Math.max(0, perSecond)));
        }
        return perSecond;
    }

    /** Whether it counts at this time of the day. */
    public boolean counts(LocalTime now) {
        if (from == null) {
            return true;
        }
        return from.isBefore(to) ? !now.isBefore(from) && now.isBefore(to) : !now.isBefore(from) || now.isBefore(to);
    }

    /** How long from this time of the day until it begins or ends to count; a day if it always does. Daylight saving is left out. */
    public Duration untilChange(LocalTime now) {
        return from == null ? Duration.ofDays(1) : min(until(now, from), until(now, to));
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private static Duration until(LocalTime now, LocalTime then) {
        Duration left = Duration.between(now, then);
        return left.isPositive() ? left : left.plusDays(1);
    }

    @Override
    public String toString() {
        return ByteSize.format(perSecond) + "/s" + (from == null ? "" : " from " + from + " to " + to);
    }
}
