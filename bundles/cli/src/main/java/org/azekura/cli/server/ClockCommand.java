package org.azekura.cli.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.azekura.cli.command.Root;
import org.azekura.cli.text.Exit;
import org.azekura.cli.text.Facts;
import org.azekura.cli.text.Json;
import org.azekura.cli.text.Words;
import picocli.CommandLine.Command;

/** {@code azekura server clock …} */
@Command(name = "clock", description = {"The time that snapshots are stamped with and retention is counted by.",
    "It goes on by itself, whatever is done to the machine's clock. After a start it waits to be told for how long the server was away: by NTP, by two other hosts,"
        + " or by you."}, footer = {"", "Example:", "  azekura server clock"})
final class ClockCommand implements Callable<Integer> {

    private final Root root;

    ClockCommand(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        show(root.rest().get("clock"));
        return Exit.DONE;
    }

    @Command(name = "confirm", description = {"Says that the machine's clock is right, where nobody else does: retention counts on from there.",
        "What it says then can't be taken back: look at \"azekura server clock\" first."}, footer = {"", "Example:", "  azekura server clock confirm"})
    int confirm() {
        JsonNode seen = root.rest().get("clock");
        show(root.rest().post("clock/confirm", Json.object().put("machineTime", Words.text(seen, "machineTime"))));
        return Exit.DONE;
    }

    private void show(JsonNode clock) {
        if (root.json()) {
            root.document(clock);
            return;
        }
        Facts facts = new Facts(root.out());
        facts.put("state", state(clock));
        facts.put("retention", Words.time(clock, "retentionTime"));
        facts.put("machine", Words.time(clock, "machineTime"));
        facts.put("warning", Words.text(clock, "advice"));
    }

    /** Like {@code confirmed by ntp}. */
    static String state(JsonNode clock) {
        List<String> by = new ArrayList<>();
        clock.path("by").forEach(name -> by.add(name.asText()));
        return Words.text(clock, "state") + (by.isEmpty() ? "" : " by " + String.join(", ", by));
    }
}
