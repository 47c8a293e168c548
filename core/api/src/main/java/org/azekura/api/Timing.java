package org.azekura.api;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

/**
 * When a policy runs, and what becomes of a run that can't begin or fails. Only the form of times is checked here: what the server makes of schedules and
 * blackouts it says in {@link org.azekura.api.server.Schedules}.
 *
 * @param schedule   as people give it, like {@code daily 22:00}; empty if it is run by hand
 * @param zone       whose wall clock the schedule and the blackouts go by, like {@code Europe/Berlin}; empty: that of the server
 * @param blackouts  when nothing of it begins, like {@code mon..fri 08:00-18:00}
 * @param leaveOut   whether a run that falls into a blackout is left out; else it begins when that ends
 * @param catchUp    whether a run that the server missed is made once when it can be; else it is left out
 * @param priority   0 to {@value #MAX_PRIORITY}: of jobs that wait for their turn those with more come first
 * @param atOnce     so many backups of it run at once at most; 0 for as many as the server has run
 * @param spread     over which its backups begin, each at a moment of its own; {@link Duration#ZERO}: all at once
 * @param retries    how often a backup that failed is begun again
 * @param retryAfter so long after it failed
 * @param enabled    whether it runs by itself; by hand it runs always
 */
public record Timing(String schedule, String zone, List<String> blackouts, boolean leaveOut, boolean catchUp, int priority, int atOnce, Duration spread,
        int retries, Duration retryAfter, boolean enabled) {

    public static final int USUAL_PRIORITY = 50;
    public static final int MAX_PRIORITY = 100;
    public static final int MAX_AT_ONCE = 1000;
    public static final int MAX_RETRIES = 20;
    /** Of a spread, and of the time before a retry. */
    public static final Duration MAX_WAIT = Duration.ofDays(1);

    /** Never by itself. */
    public static final Timing BY_HAND = new Timing("");

    /** @throws IllegalArgumentException naming what is out of its range, and the range */
    public Timing {
        blackouts = List.copyOf(blackouts);
        if (!zone.isEmpty()) {
            try {
                ZoneId.of(zone);
            } catch (DateTimeException e) {
                throw new IllegalArgumentException("\"" + zone + "\" is no time zone; one is called like Europe/Berlin, Asia/Tokyo or UTC");
            }
        }
        require("priority", priority, MAX_PRIORITY);
        require("at once", atOnce, MAX_AT_ONCE);
        require("retries", retries, MAX_RETRIES);
        require("spread", spread);
        require("time before a retry", retryAfter);
    }

    private static void require(String what, int number, int most) {
        if (number < 0 || number > most) {
            throw new IllegalArgumentException(what + " is 0 to " + most + ", not " + number);
        }
    }

    private static void require(String what, Duration time) {
        if (time.isNegative() || time.compareTo(MAX_WAIT) > 0 || time.getNano() != 0) {
            throw new IllegalArgumentException("the " + what + " is whole seconds up to a day, like 10m; not " + time);
        }
    }

    /** By this schedule, all else as usual. */
    public Timing(String schedule) {
        this(schedule, "", List.of(), false, true, USUAL_PRIORITY, 0, Duration.ZERO, 2, Duration.ofMinutes(10), true);
    }

    /** Without a schedule. */
    public boolean byHand() {
        return schedule.isEmpty();
    }

    /** The same, switched on or off. */
    public Timing enabled(boolean on) {
        return new Timing(schedule, zone, blackouts, leaveOut, catchUp, priority, atOnce, spread, retries, retryAfter, on);
    }

    /** Whether the other one is due at the same moments. */
    public boolean sameTimes(Timing other) {
        return schedule.equals(other.schedule) && zone.equals(other.zone) && enabled == other.enabled;
    }
}
