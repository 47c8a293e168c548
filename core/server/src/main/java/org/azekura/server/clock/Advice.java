package org.azekura.server.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What an operator is told when the machine's clock and the retention time are not the same. */
final class Advice {

    private static final long MANY_DAYS = 3;
    private static final String RIGHT = "set the machine's clock right";

    private Advice() {}

    /** @return one line; empty if there is nothing to do */
    static String of(Retention retention, Instant machine) {
        Duration ahead = Duration.between(retention.now(), machine);
        String both = "the machine's clock says " + at(machine) + ", " + apart(ahead) + " the retention time " + at(retention.now());
        return switch (retention.ground()) {
            case Ground.Frozen asked when ahead.isPositive() -> "nothing expires: since the last start " + both + ", and neither NTP nor two other hosts say that it"
                    + " is right; have NTP set it, or if it is right run \"azekura server clock confirm\", else " + RIGHT + " and start the server again";
            case Ground.Frozen asked -> "nothing expires: since the last start " + both + ", which is impossible; " + RIGHT + ", then run \"azekura server clock"
                    + " confirm\" unless NTP or two other hosts do that for you";
            case Ground.New known when isNear(ahead) -> "";
            case Ground.Continued known when isNear(ahead) -> "";
            case Ground.Confirmed known when isNear(ahead) -> "";
            case Ground.New known -> apart(both);
            case Ground.Continued known -> apart(both);
            case Ground.Confirmed known -> apart(both);
        };
    }

    /** It goes on, whatever is done to the machine's clock. */
    private static String apart(String both) {
        return both + ", which goes on by itself; " + RIGHT + ", or if it is right (the machine slept) stop the server and start it again";
    }

    private static boolean isNear(Duration ahead) {
        return ahead.abs().compareTo(Retention.BRIEF) <= 0;
    }

    private static long rounded(Duration length, ChronoUnit unit) {
        return length.plus(unit.getDuration().dividedBy(2)).dividedBy(unit.getDuration());
    }

    private static String at(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String apart(Duration ahead) {
        Duration length = ahead.abs();
        String amount = length.toDays() >= MANY_DAYS ? rounded(length, ChronoUnit.DAYS) + " days" : length.toHours() > 0 ? rounded(length, ChronoUnit.HOURS) + " h"
                : rounded(length, ChronoUnit.MINUTES) + " min";
        return amount + (ahead.isNegative() ? " behind" : " ahead of");
    }
}
