package org.azekura.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A time as people give it, like {@code 90s}, {@code 30m} or {@code 2h}. */
final class TimeSpan {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(s|m|min|h|d)");

    private TimeSpan() {}

    /** In seconds; -1 if it is none. */
    static long seconds(String text) {
        Matcher time = FORM.matcher(text);
        return time.matches() ? Long.parseLong(time.group(1)) * unit(time.group(2)) : -1;
    }

    private static long unit(String unit) {
        return switch (unit) {
            case "s" -> 1;
            case "m", "min" -> 60;
            case "h" -> 3600;
            default -> 86_400;
        };
    }
}
