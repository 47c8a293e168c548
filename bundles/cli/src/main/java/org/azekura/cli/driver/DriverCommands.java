package org.azekura.cli.driver;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.azekura.cli.command.NodeCommands;
import org.azekura.cli.command.Root;
import org.azekura.cli.contact.Body;
import org.azekura.cli.contact.Query;
import org.azekura.cli.contact.Rest;
import org.azekura.cli.contact.Upload;
import org.azekura.cli.text.CommandFailure;
import org.azekura.cli.text.Words;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code azekura driver …} for who runs an appliance. */
@Command(name = "driver", description = {"Driver packages on the storage nodes of the appliance.",
        "For who writes a driver, with no appliance at all: driver new, pack, key, sign, test."}, footer = {"", "Example:", "  azekura driver list"})
public final class DriverCommands extends NodeCommands {

    private DriverCommands(Root root) {
        super(root);
    }

    /** With the commands that have a class of their own. */
    public static CommandLine of(Root root) {
        return new CommandLine(new DriverCommands(root)).addSubcommand("trust", new TrustCommands(root));
    }

    @Command(name = "list", description = "Drivers, and the devices that they serve.", footer = {"", "Example:", "  azekura driver list --json"})
    int list(@Option(names = "--node", paramLabel = "NODE", description = "Only of this storage node.") String node) {
        int exit = list("drivers", node, driver -> new String[] {Words.text(driver, "name"), Words.text(driver, "version"), publisher(driver),
            Words.text(driver, "state"), Words.text(driver, "node"), names(driver.path("devices"))}, DriverCommands::problem,
                "NAME", "VERSION", "PUBLISHER", "STATE", "NODE", "DEVICES");
        if (!root.json()) {
            TrustCommands.tellMode(root);
        }
        return exit;
    }

    private static String publisher(JsonNode driver) {
        return driver.path("signed").asBoolean(true) ? Words.text(driver, "publisher") : "(unsigned)";
    }

    private static String problem(JsonNode driver) {
        String problem = Words.text(driver, "problem");
        return problem.isEmpty() ? "" : Words.text(driver, "name") + " on " + Words.text(driver, "node") + ": " + problem;
    }

    @Command(name = "install", description = {"Installs a driver that is not there yet.", "Refused (exit 4): tampered with, unsigned, expired, of a publisher who is not"
            + " trusted, made for another version. No driver package at all: exit 2."}, footer = {"", "Example:", "  azekura driver install tape-1.0.0.azd"})
    int install(@Parameters(paramLabel = "FILE", description = "The driver package, NAME-VERSION.azd.") Path file,
            @Option(names = "--node", paramLabel = "NODE", description = "Only on this storage node (default: every one that is connected).") String node) {
        return send("POST", file, node);
    }

    @Command(name = "update", description = {"Puts a newer version in a driver's place while jobs go on: they pause, and go on with the new version, or with the"
            + " one before if that fails its self-test.", "Waits for it: exit 0 done, 1 backed out, 4 refused."},
            footer = {"", "Example:", "  azekura driver update disk-1.1.0.azd"})
    int update(@Parameters(paramLabel = "FILE", description = "The driver package, NAME-VERSION.azd.") Path file,
            @Option(names = "--node", paramLabel = "NODE", description = "Only on this storage node (default: every one that has the driver).") String node) {
        return send("PUT", file, node);
    }

    private int send(String method, Path file, String node) {
        Body body = Upload.driverPackage(file);
        try {
            return new DriverChange(root).follow(root.rest().upload(method, "drivers" + Query.of("node", node), body));
        } catch (CommandFailure e) {
            throw e.of(file);
        }
    }

    @Command(name = "remove", description = {"Removes a driver. Refused while a device is configured for it.",
            "With --park its devices stay: jobs on them pause, then park until a driver of this name is installed again, or another pool of the group takes them."},
            footer = {"", "Example:", "  azekura driver remove tape"})
    int remove(@Parameters(paramLabel = "NAME", description = "Of the driver.") String name,
            @Option(names = "--park", description = "Also while devices are configured for it; their jobs wait.") boolean park,
            @Option(names = "--node", paramLabel = "NODE", description = "Only from this storage node (default: from every one that has it).") String node) {
        return new DriverChange(root).follow(root.rest().delete("drivers/" + Rest.encode(name) + Query.of("park", park ? "true" : null, "node", node)));
    }
}
