package org.azekura.cli.firmware;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import org.azekura.api.ByteSize;
import org.azekura.cli.command.Group;
import org.azekura.cli.command.Root;
import org.azekura.cli.contact.Body;
import org.azekura.cli.contact.Rest;
import org.azekura.cli.contact.Upload;
import org.azekura.cli.text.CommandFailure;
import org.azekura.cli.text.Exit;
import org.azekura.cli.text.Facts;
import org.azekura.cli.text.Json;
import org.azekura.cli.text.Table;
import org.azekura.cli.text.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code azekura firmware …} */
@Command(name = "firmware", description = {"What a dedicated appliance runs from, and its updates.",
        "Refused (exit 4) where the appliance does not run from an image: there its Debian package is updated with apt."}, footer = {"", "Example:", "  azekura firmware show"})
public final class FirmwareCommands extends Group {

    /** Each block of an update is looked at before it is answered. */
    private static final int LOOK_ms = 600_000;
    private static final int POLL_ms = 500;

    private final Root root;

    public FirmwareCommands(Root root) {
        this.root = root;
    }

    @Command(name = "show", description = "The version that runs, both slots, and the update that was sent.", footer = {"", "Example:", "  azekura firmware show --json"})
    int show() {
        JsonNode state = root.rest().get("firmware");
        if (root.json()) {
            root.document(state);
            return Exit.DONE;
        }
        Facts facts = new Facts(root.out());
        facts.put("version", Words.text(state, "version"));
        facts.put("slot", Words.text(state, "slot"));
        JsonNode update = state.path("update");
        if (update.isObject()) {
            String problem = Words.text(update, "problem");
            facts.put("update", Words.text(update, "version") + ", " + Words.text(update, "state") + (problem.isEmpty() ? "" : ": " + problem));
        }
        Table table = new Table("SLOT", "VERSION", "RUNS", "NEXT", "GOOD");
        for (JsonNode slot : state.path("slots")) {
            table.row(Words.text(slot, "name"), Words.text(slot, "version"), mark(slot, "runs"), mark(slot, "next"), mark(slot, "good"));
        }
        table.print(root.out());
        return Exit.DONE;
    }

    private static String mark(JsonNode slot, String field) {
        return slot.path(field).asBoolean() ? "yes" : "";
    }

    @Command(name = "check", description = {"Sends an update and says what it is and what it would break; nothing is installed, and nothing of it stays.",
        "Refused (exit 4): tampered with, signed by somebody else, for other machines, older than what runs. No update at all: exit 2.",
        "Drivers in packages that would not run with it are warnings (exit 3)."}, footer = {"", "Example:", "  azekura firmware check azekura-1.2.0.raucb"})
    int check(@Parameters(paramLabel = "FILE", description = "The update, azekura-VERSION.raucb.") Path file) {
        JsonNode update = send(file);
        root.rest().delete(path(update));
        tell(update, "may be installed");
        return update.path("drivers").isEmpty() ? Exit.DONE : Exit.WARNED;
    }

    @Command(name = "install", description = {"Sends an update and has it written into the slot that does not run. It runs from the next restart on; if it does not become ready then, the"
            + " version that runs now comes back by itself.", "Refused as \"firmware check\" says, and where drivers in packages would not run with it."},
            footer = {"", "Example:", "  azekura firmware install azekura-1.2.0.raucb --restart"})
    int install(@Parameters(paramLabel = "FILE", description = "The update, azekura-VERSION.raucb.") Path file,
            @Option(names = "--restart", description = "Start the machine again behind it; jobs are parked, and go on then, but for"
                    + " those that can't (verify, prune, rebuild, work in libraries): these fail.") boolean restart,
            @Option(names = "--drivers-anyway", description = "Also if drivers in packages would not run with it: their jobs park.") boolean driversAnyway) {
        JsonNode sent = send(file);
        String path = path(sent);
        JsonNode ended;
        try {
            ended = follow(root.rest().post(path + "/install", Json.object().put("driversAnyway", driversAnyway)));
        } catch (CommandFailure e) {
            if (e.exit() == Exit.REFUSED) {
                // nothing was begun, and nobody comes back for it
                root.rest().delete(path);
            }
            throw e.of(file);
        }
        if (!Words.text(ended, "state").equals("installed")) {
            throw CommandFailure.failed("version " + Words.text(ended, "version") + " could not be installed, and what runs is as before: " + Words.text(ended, "problem"));
        }
        CommandFailure refused = restart ? restart() : null;
        tell(ended, restart && refused == null ? "is installed, and the machine starts again" : "is installed; it runs from the next restart on");
        if (refused != null) {
            throw refused;
        }
        return Exit.DONE;
    }

    /** What starts again may be gone before its answer is here. @return why it does not; null if it does */
    private CommandFailure restart() {
        try {
            root.rest().post("appliance/restart", Json.object());
            return null;
        } catch (CommandFailure e) {
            return e.exit() == Exit.UNREACHABLE ? null : e;
        }
    }

    private JsonNode send(Path file) {
        return root.rest().upload("POST", "firmware/updates", Upload.update(file), LOOK_ms);
    }

    private static String path(JsonNode update) {
        return "firmware/updates/" + Rest.encode(Words.text(update, "id"));
    }

    private JsonNode follow(JsonNode begun) {
        JsonNode now = begun;
        String said = "";
        while (Words.text(now, "state").equals("installing")) {
            String line = now.path("percent").asInt() + " % " + Words.text(now, "doing");
            if (root.terminal().human() && !line.equals(said)) {
                root.terminal().err().println(line);
            }
            said = line;
            try {
                Thread.sleep(POLL_ms);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw CommandFailure.failed("interrupted; \"azekura firmware show\" tells how far the update is");
            }
            now = root.rest().get(path(begun));
        }
        return now;
    }

    private void tell(JsonNode update, String what) {
        update.path("drivers").forEach(driver -> root.terminal().warn("driver " + Words.text(driver, "name") + " " + Words.text(driver, "version") + " would not run with it: it needs "
                + Words.text(driver, "lacks")));
        if (root.json()) {
            ObjectNode document = update.deepCopy();
            document.remove("id");
            root.document(document);
        } else {
            root.out().println("version " + Words.text(update, "version") + " (" + ByteSize.format(update.path("bytes").asLong()) + ") " + what);
        }
    }
}
