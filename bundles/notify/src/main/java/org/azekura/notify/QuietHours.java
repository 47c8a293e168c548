package org.azekura.notify;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When only errors are told: each day from a time to another, which may be that of the next day.
 *
 * @param zone whose clock counts; hours that a change of the clock leaves out or repeats are told as that clock says
 */
record QuietHours(LocalTime from, LocalTime to, ZoneId zone) {

    private static final Pattern FORM = Pattern.compile("(\\d\\d:\\d\\d)-(\\d\\d:\\d\\d) (\\S+)");

    /**
     * @param text like {@code 22:00-07:00 Europe/Berlin}
     * @throws IllegalArgumentException says what it is like
     */
    static QuietHours parse(String text) {
        Matcher matcher = FORM.matcher(text);
        try {
            if (matcher.matches()) {
                QuietHours hours = new QuietHours(LocalTime.parse(matcher.group(1)), LocalTime.parse(matcher.group(2)), ZoneId.of(matcher.group(3)));
                if (!hours.from.equals(hours.to)) {
                    return hours;
                }
            }
        } catch (DateTimeException e) {
            // said below
        }
        throw new IllegalArgumentException("quiet hours are like \"22:00-07:00 Europe/Berlin\"; not \"" + text + "\"");
    }

    /** When what happens then may be told: at once, or when it is quiet no more. */
    Instant after(Instant time) {
        ZonedDateTime here = time.atZone(zone);
        LocalTime clock = here.toLocalTime();
        boolean overnight = from.isAfter(to);
        boolean quiet = overnight ? !clock.isBefore(from) || clock.isBefore(to) : !clock.isBefore(from) && clock.isBefore(to);
        if (!quiet) {
            return time;
        }
        return here.toLocalDate().plusDays(overnight && !clock.isBefore(from) ? 1 : 0).atTime(to).atZone(zone).toInstant();
    }
}
