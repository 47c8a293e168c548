package org.azekura.cli.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.azekura.api.TimeSpan;
import org.azekura.cli.command.Root;
import org.azekura.cli.contact.Rest;
import org.azekura.cli.text.CommandFailure;
import org.azekura.cli.text.Exit;
import org.azekura.cli.text.Json;
import org.azekura.cli.text.Words;

/** Pins on snapshots, as {@code azekura snapshot pin} and {@code unpin} set and take them. */
final class PinCommands {

    private final Root root;

    PinCommands(Root root) {
        this.root = root;
    }

    /** @param until a time or a day, or null; {@code time} likewise */
    int pin(String id, String until, String time, String why) {
        if (until != null && time != null) {
            throw CommandFailure.usage("give --until or --for, not both");
        }
        ObjectNode order = Json.object();
        if (until != null) {
            order.put("until", until(until));
        }
        if (time != null) {
            long seconds = TimeSpan.seconds(time);
            if (seconds <= 0) {
                throw CommandFailure.usage("--for is a time like 30d or 1y, not \"" + time + "\"");
            }
            order.put("seconds", seconds);
        }
        Json.putGiven(order, "why", why);
        JsonNode pin = root.rest().post("snapshots/" + Rest.encode(id) + "/pin", order);
        if (root.json()) {
            root.document(pin);
        } else {
            root.out().println("snapshot " + id + " is pinned " + (pin.path("until").isNull() ? "until somebody unpins it" : "until " + Words.time(pin, "until")));
        }
        return Exit.DONE;
    }

    /** A day begins at midnight here. */
    private static String until(String text) {
        try {
            return text.contains("T") ? OffsetDateTime.parse(text).toInstant().toString()
                    : LocalDate.parse(text).atStartOfDay(ZoneId.systemDefault()).toInstant().toString();
        } catch (DateTimeException e) {
            throw CommandFailure.usage("--until is a day like 2027-12-31, or a time like 2027-12-31T18:00:00Z, not \"" + text + "\"");
        }
    }

    int unpin(String id) {
        JsonNode pin = root.rest().delete("snapshots/" + Rest.encode(id) + "/pin");
        if (root.json()) {
            root.document(pin);
        } else {
            root.out().println("snapshot " + id + " is pinned no more; what no rule wants expires");
        }
        return Exit.DONE;
    }
}
