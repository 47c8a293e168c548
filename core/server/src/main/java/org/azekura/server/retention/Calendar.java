package org.azekura.server.retention;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.Locale;
import java.util.function.Function;

/**
 * The spans of which the newest snapshot counts, by the clocks and the calendar of a place. An hour that clocks show twice is two hours. Weeks are those of ISO 8601: from
 * Monday on, and that of a year's first Thursday is its first.
 */
enum Calendar {

    HOURLY(Ground.Kind.HOURLY, Calendar::hour),
    DAILY(Ground.Kind.DAILY, at -> at.toLocalDate().toString()),
    WEEKLY(Ground.Kind.WEEKLY, Calendar::week),
    MONTHLY(Ground.Kind.MONTHLY, at -> YearMonth.from(at).toString()),
    YEARLY(Ground.Kind.YEARLY, at -> Integer.toString(at.getYear()));

    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mmxxx", Locale.ROOT);

    private final Ground.Kind kind;
    private final Function<ZonedDateTime, String> name;

    Calendar(Ground.Kind kind, Function<ZonedDateTime, String> name) {
        this.kind = kind;
        this.name = name;
    }

    private static String hour(ZonedDateTime at) {
        return HOUR.format(at.truncatedTo(ChronoUnit.HOURS));
    }

    /** Without a format: a simulation of years asks millions of times. */
    private static String week(ZonedDateTime at) {
        int week = at.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
        return at.get(IsoFields.WEEK_BASED_YEAR) + (week < 10 ? "-W0" : "-W") + week;
    }

    /** Names the span in which this lies. */
    String span(Instant at, ZoneId zone) {
        return name.apply(at.atZone(zone));
    }

    Ground.Kind kind() {
        return kind;
    }
}
