package org.azekura.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import org.azekura.api.Bandwidth;
import org.azekura.api.ByteSize;
import org.azekura.cli.text.CommandFailure;
import org.azekura.cli.text.Json;
import org.azekura.cli.text.Rate;
import org.azekura.cli.text.Words;

/**
 * A limit that is laid down or taken away among others.
 *
 * @param perSecond bytes; 0: none at these hours
 * @param from      null: all day
 */
record LimitChange(long perSecond, LocalTime from, LocalTime to) {

    static LimitChange parse(String size, String from, String to) {
        long perSecond = size.equals("none") ? 0 : Rate.parse(size);
        LimitChange change = new LimitChange(perSecond, time(from), time(to));
        if (change.from != null && change.from.equals(change.to)) {
            throw CommandFailure.usage("--from and --to are two times, like 08:00 and 18:00; without them it always counts");
        }
        return change;
    }

    private static LocalTime time(String text) {
        try {
            return text == null ? null : LocalTime.parse(text);
        } catch (DateTimeParseException e) {
            throw CommandFailure.usage("a time of the day is like 08:00, not \"" + text + "\"");
        }
    }

    /** What there is with it: it takes the place of that of the same hours; none without hours is none at all. */
    ArrayNode of(JsonNode limits) {
        ArrayNode then = Json.array();
        for (JsonNode limit : limits) {
            if (!(perSecond == 0 && from == null) && !isOfTheseHours(limit)) {
                then.add(limit);
            }
        }
        if (perSecond > 0) {
            Bandwidth made = new Bandwidth(perSecond, from, to);
            then.addObject().put("perSecond", perSecond).put("from", from == null ? null : made.from().toString())
                    .put("to", to == null ? null : made.to().toString());
        }
        return then;
    }

    private boolean isOfTheseHours(JsonNode limit) {
        return Words.text(limit, "from").equals(from == null ? "" : from.toString()) && Words.text(limit, "to").equals(to == null ? "" : to.toString());
    }

    static String shown(JsonNode limit) {
        String from = Words.text(limit, "from");
        return ByteSize.format(limit.path("perSecond").asLong()) + " a second" + (from.isEmpty() ? "" : ", " + from + " to " + Words.text(limit, "to"));
    }
}
