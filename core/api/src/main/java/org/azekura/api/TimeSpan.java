package org.azekura.api;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as people write them: {@code 90s}, {@code 30m}, {@code 2h}, {@code 30d}, {@code 2w}, {@code 1y}. A day has 24 hours, a year 365 days. */
public final class TimeSpan {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(s|m|min|h|d|w|y)");
    private static final long DAY_s = 86_400;

    private TimeSpan() {}

    /** In seconds; -1 if it is none. */
    public static long seconds(String text) {
        Matcher time = FORM.matcher(text);
        return time.matches() ? Long.parseLong(time.group(1)) * unit(time.group(2)) : -1;
    }

    private static long unit(String unit) {
        return switch (unit) {
            case "s" -> 1;
            case "m", "min" -> 60;
            case "h" -> 3600;
            case "w" -> 7 * DAY_s;
            case "y" -> 365 * DAY_s;
            default -> DAY_s;
        };
    }

    /** In the largest of days, hours, minutes and seconds in which it is whole, as {@link #seconds} reads it; parts of a second are left out. */
    public static String format(Duration time) {
        long seconds = time.toSeconds();
        return seconds % DAY_s == 0 ? seconds / DAY_s + "d" : seconds % 3600 == 0 ? seconds / 3600 + "h" : seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
