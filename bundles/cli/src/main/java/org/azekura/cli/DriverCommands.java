package org.azekura.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code azekura driver …}, as far as an appliance is asked. */
@Command(name = "driver", description = "Drivers of backup devices, in signed packages.", footer = {"",
    "For authors, without an appliance: azekura driver new, pack, key, sign, test.", "", "Example:", "  azekura driver list"})
final class DriverCommands implements Callable<Integer> {

    /** No package is larger. */
    private static final long MAX_BYTES = 256L << 20;
    /** A swap with all its time-outs, and the way back. */
    private static final int CHANGE_MS = 600_000;
    private static final String[] KEYS = {"name", "version", "publisher", "state", "devices", "node", "problem"};

    private final Root root;

    DriverCommands(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        throw CommandFailure.usage("give a command: install, list, remove, trust, update; or, for authors of drivers: key, new, pack, sign, test");
    }

    @Command(name = "list", description = "All drivers of all storage nodes.", footer = {"", "Example:", "  azekura driver list --json"})
    int list() {
        JsonNode drivers = root.rest().get("drivers");
        if (root.json) {
            root.document(Rows.only(drivers, KEYS));
            return Exit.DONE;
        }
        Table table = new Table("NAME", "VERSION", "PUBLISHER", "STATE", "DEVICES", "NODE", "PROBLEM");
        for (JsonNode driver : drivers) {
            List<String> devices = new ArrayList<>();
            driver.path("devices").forEach(device -> devices.add(device.asText()));
            table.row(Words.text(driver, "name"), Words.text(driver, "version"), Words.text(driver, "publisher"), Words.text(driver, "state"),
                    String.join(",", devices), Words.text(driver, "node"), Words.text(driver, "problem"));
        }
        table.print(root.out());
        return Exit.DONE;
    }

    @Command(name = "install", description = {"Installs a driver that is not here yet, on every storage node, and starts it.",
            "Its package must be signed by a publisher who is trusted: azekura driver trust."},
            footer = {"", "Example:", "  azekura driver install simulator-1.0.0.azd"})
    int install(@Parameters(paramLabel = "FILE", description = "A driver package, NAME-VERSION.azd.") Path file) {
        return change(file, false);
    }

    @Command(name = "update", description = {"Puts a newer version in a driver's place, while jobs on its devices wait for a moment.",
            "A version that does not start, or does not pass its self-test, is backed out: the one before runs again, and the exit code is 1."},
            footer = {"", "Example:", "  azekura driver update disk-1.1.0.azd"})
    int update(@Parameters(paramLabel = "FILE", description = "A driver package, NAME-VERSION.azd.") Path file) {
        return change(file, true);
    }

    private int change(Path file, boolean update) {
        JsonNode changed = root.rest().upload("drivers" + (update ? "?update" : ""), checked(file), CHANGE_MS);
        boolean whole = true;
        for (JsonNode driver : changed) {
            String what = "driver " + Words.text(driver, "name") + " " + Words.text(driver, "version") + " of " + Words.text(driver, "publisher");
            if (!driver.path("backedOut").isNull()) {
                whole = false;
                root.terminal.warn("the new version was backed out on node " + Words.text(driver, "node") + ", " + what + " is "
                        + Words.text(driver, "state") + ": " + Words.text(driver, "backedOut"));
            } else if (!root.json) {
                root.out().println(what + " runs on node " + Words.text(driver, "node"));
            }
        }
        if (root.json) {
            root.document(changed);
        }
        return whole ? Exit.DONE : Exit.FAILED;
    }

    private static Path checked(Path file) {
        try {
            if (Files.isDirectory(file)) {
                throw CommandFailure.usage(file + " is no driver package: it is a folder");
            }
            if (Files.size(file) > MAX_BYTES) {
                throw CommandFailure.usage(file + " is no driver package: it has more than 256 MiB");
            }
            if (!Files.isReadable(file)) {
                throw CommandFailure.usage("the driver package " + file + " can't be read: permission denied");
            }
            return file;
        } catch (IOException e) {
            throw CommandFailure.usage("the driver package " + file + " can't be read: " + (e instanceof NoSuchFileException ? "there is no such file" : e.toString()));
        }
    }

    @Command(name = "remove", description = "Stops a driver and forgets it, on every storage node; its devices must have been removed before.",
            footer = {"", "Example:", "  azekura driver remove simulator"})
    int remove(@Parameters(paramLabel = "NAME", description = "Of the driver.") String name) {
        JsonNode answer = root.rest().delete("drivers/" + Rest.encode(name));
        if (root.json) {
            root.document(answer);
        } else {
            root.out().println("driver " + name + " is removed");
        }
        return Exit.DONE;
    }
}
