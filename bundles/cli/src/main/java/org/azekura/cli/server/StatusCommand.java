package org.azekura.cli.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import org.azekura.cli.command.Root;
import org.azekura.cli.drill.DrillList;
import org.azekura.cli.snapshot.SpreadWords;
import org.azekura.cli.text.Exit;
import org.azekura.cli.text.Table;
import org.azekura.cli.text.Words;
import picocli.CommandLine.Command;

/** {@code azekura status} */
@Command(name = "status", description = "Roles, health, running jobs, last proven restore.", footer = {"", "Example:", "  azekura status --json"})
public final class StatusCommand implements Callable<Integer> {

    private final Root root;

    public StatusCommand(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        JsonNode status = root.rest().get("status");
        if (root.json()) {
            root.document(status);
            return Exit.DONE;
        }
        root.out().println("Azekura " + Words.text(status, "version") + " at " + root.rest().url());
        Table table = new Table("ROLE", "NAME", "STATE");
        for (JsonNode role : status.path("roles")) {
            table.row(Words.text(role, "kind"), Words.text(role, "name"), role.path("connected").asBoolean() ? "connected" : "gone");
        }
        table.print(root.out());
        if (!Words.text(status, "catalog").isEmpty()) {
            root.out().println("catalog " + Words.text(status, "catalog"));
        }
        if (!Words.text(status.path("trees"), "device").isEmpty()) {
            root.out().println(trees(status.path("trees")));
        }
        if (status.path("servers").size() > 1) {
            for (JsonNode server : status.path("servers")) {
                root.out().println("server " + server(server));
            }
        }
        root.out().println(Words.count(status, "running", "job") + " running, " + Words.count(status, "snapshots", "snapshot"));
        JsonNode proven = status.path("proven");
        root.out().println(proven.isObject() ? "last proven restore " + Words.time(proven, "time") + ": save set " + DrillList.set(proven) + " from pool " + Words.text(proven, "pool")
                : "no restore was proven yet; \"azekura drill run ID\" rehearses one");
        if (status.path("spread").isObject()) {
            root.out().println(SpreadWords.counts(status.path("spread")));
        }
        if (status.has("clock")) {
            JsonNode clock = status.path("clock");
            root.out().println("time " + Words.time(clock, "retentionTime") + ", " + ClockCommand.state(clock));
        }
        JsonNode backup = status.path("backup");
        if (backup.isObject()) {
            root.out().println("configuration on the media of " + backup.path("current").asInt() + " of " + Words.count(backup, "pools", "pool")
                    + (backup.path("newest").isTextual() ? ", last written " + Words.time(backup, "newest") : ""));
        }
        for (JsonNode power : status.path("power")) {
            root.out().println("power " + power(power));
        }
        for (JsonNode warning : status.path("warnings")) {
            root.out().println("warning: " + warning.asText());
        }
        return Exit.DONE;
    }

    private static String trees(JsonNode trees) {
        String state = switch (Words.text(trees, "state")) {
            case "here" -> "which is there";
            case "behind" -> "not all of which has come yet";
            case "away" -> "which can't be asked";
            default -> "to which nothing is written";
        };
        String problem = Words.text(trees, "problem");
        return "directories on device " + Words.text(trees, "device") + ", " + state + (problem.isEmpty() ? "" : ": " + problem);
    }

    private static String server(JsonNode server) {
        String state = switch (Words.text(server, "state")) {
            case "leads" -> "leads";
            case "standby" -> "stands by";
            default -> "was not heard of for " + server.path("silent").asLong() + " s";
        };
        return Words.text(server, "name") + (Words.text(server, "url").isEmpty() ? "" : " at " + Words.text(server, "url")) + " " + state
                + (server.path("here").asBoolean() ? " (this one)" : "");
    }

    private static String power(JsonNode power) {
        String voltage = power.path("voltage").isNumber() ? ", " + power.path("voltage").asText() + " V" : "";
        String charge = power.path("charge").isNumber() ? ", battery " + power.path("charge").asText() + " %" : "";
        return Words.text(power, "device") + " of node " + Words.text(power, "node") + ": " + Words.text(power, "supply") + voltage + charge + ", since "
                + Words.time(power, "since") + (power.path("held").asBoolean() ? ", jobs wait" : "");
    }
}
