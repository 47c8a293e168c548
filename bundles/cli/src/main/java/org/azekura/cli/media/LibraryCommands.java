package org.azekura.cli.media;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.azekura.cli.command.NodeCommands;
import org.azekura.cli.command.Root;
import org.azekura.cli.contact.Query;
import org.azekura.cli.contact.Rest;
import org.azekura.cli.contact.Rows;
import org.azekura.cli.text.CommandFailure;
import org.azekura.cli.text.Exit;
import org.azekura.cli.text.Json;
import org.azekura.cli.text.Table;
import org.azekura.cli.text.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code azekura library …} */
@Command(name = "library", description = "Tape libraries: changers, slots and drives, and which cartridge is where.",
        footer = {"", "Example:", "  azekura library show lib1"})
public final class LibraryCommands extends NodeCommands {

    private static final String[] KEYS = {"name", "driver", "node", "state", "location", "slots", "mailSlots", "drives", "cartridges", "problem"};
    private static final String NODE = "Storage node that has it, if several have one of this name.";

    public LibraryCommands(Root root) {
        super(root);
    }

    @Command(name = "list", description = "All libraries of the storage nodes that are connected.", footer = {"", "Example:", "  azekura library list"})
    int list(@Option(names = "--node", paramLabel = "NODE", description = "Only of this storage node.") String node) {
        JsonNode all = root.rest().get("libraries" + Query.of("node", node));
        if (root.json()) {
            root.document(Rows.only(all, KEYS));
            return Exit.DONE;
        }
        Table table = new Table("NAME", "DRIVER", "NODE", "STATE", "SLOTS>", "MAIL>", "DRIVES>", "CARTRIDGES>", "LOCATION");
        for (JsonNode row : all) {
            String problem = Words.text(row, "problem");
            table.row(Words.text(row, "name"), Words.text(row, "driver"), Words.text(row, "node"), Words.text(row, "state"), Words.text(row, "slots"),
                    Words.text(row, "mailSlots"), Words.text(row, "drives"), Words.text(row, "cartridges"), problem.isEmpty() ? Words.text(row, "location") : problem);
        }
        table.print(root.out());
        return Exit.DONE;
    }

    @Command(name = "show", description = {"A picture of a library: what lies in its drives, mail slots and slots, as its robot believes it is. Nothing moves.",
            "NO_COLOR in the environment leaves colours out."}, footer = {"", "Example:", "  azekura library show lib1"})
    int show(@Parameters(paramLabel = "NAME", description = "Of the library, as \"device add\" called it.") String name,
            @Option(names = "--node", paramLabel = "NODE", description = NODE) String node) {
        JsonNode library = root.rest().get("libraries/" + Rest.encode(name) + Query.of("node", node));
        if (root.json()) {
            root.document(library);
        } else {
            LibraryPicture.of(library, Paint.of(root)).forEach(root.out()::println);
        }
        return Exit.DONE;
    }

    @Command(name = "inventory", description = {"Finds out where every cartridge is, after hands were in the library: the volumes of its pools that are not there any more"
            + " become missing (exit 3), those that are there again can be used."}, footer = {"", "Example:", "  azekura library inventory lib1"})
    int inventory(@Parameters(paramLabel = "NAME", description = "Of the library.") String name,
            @Option(names = "--initialise", description = "The robot looks into every slot anew; may take many minutes.") boolean initialise,
            @Option(names = "--node", paramLabel = "NODE", description = NODE) String node) {
        return new CartridgeJob(root).run(order("inventory", name, node).put("initialise", initialise), "there is no cartridge with a barcode in library " + name);
    }

    @Command(name = "move", description = {"Moves a cartridge. One that a job uses is taken from its drive only when all that was written is on the tape.",
            "FROM is the address of an element, a barcode or the name of a volume; TO is an address, \"slot\" or \"mail\" for a free one, or \"drive:N\"."},
            footer = {"", "Example:", "  azekura library move lib1 A00003L8 mail"})
    int move(@Parameters(paramLabel = "NAME", description = "Of the library.") String name,
            @Parameters(paramLabel = "FROM", description = "Where the cartridge is, or which it is.") String from,
            @Parameters(paramLabel = "TO", description = "Where it is to go.") String to,
            @Option(names = "--node", paramLabel = "NODE", description = NODE) String node) {
        return new CartridgeJob(root).run(order("move", name, node).put("from", from).put("to", to), "nothing was moved");
    }

    @Command(name = "clean", description = {"Cleans a drive with a cleaning cartridge (barcode CLN…) that is in a slot, of several the one that was used most, and counts its use."},
            footer = {"", "Example:", "  azekura library clean lib1 --drive 0"})
    int clean(@Parameters(paramLabel = "NAME", description = "Of the library.") String name,
            @Option(names = "--drive", required = true, paramLabel = "N", description = "Number of the drive, as \"library show\" tells it.") int drive,
            @Option(names = "--node", paramLabel = "NODE", description = NODE) String node) {
        return new CartridgeJob(root).run(order("clean", name, node).put("drive", drive), "nothing was cleaned");
    }

    @Command(name = "drive", description = {"Takes a drive out (down), so that it gets nothing more, or in again (up): then all that was held against it is forgotten.",
            "One that had errors with two cartridges, or says that it is broken, takes itself out; \"library show\" says why."},
            footer = {"", "Example:", "  azekura library drive lib1 1 down --why \"at the workshop\""})
    int drive(@Parameters(paramLabel = "NAME", description = "Of the library.") String name,
            @Parameters(paramLabel = "N", description = "Number of the drive, as \"library show\" tells it.") int drive,
            @Parameters(paramLabel = "up|down", description = "Whether it is used.") String use,
            @Option(names = "--why", paramLabel = "TEXT", description = "For others, in your words.") String why,
            @Option(names = "--node", paramLabel = "NODE", description = NODE) String node) {
        if (!use.equals("up") && !use.equals("down")) {
            throw CommandFailure.usage("a drive is taken \"up\" or \"down\", not \"" + use + "\"");
        }
        ObjectNode body = Json.object().put("up", use.equals("up"));
        if (why != null) {
            body.put("why", why);
        }
        JsonNode library = root.rest().post("libraries/" + Rest.encode(name) + "/drives/" + drive + Query.of("node", node), body);
        if (root.json()) {
            root.document(library);
        } else {
            root.out().println("drive " + drive + " of library " + name + (use.equals("up") ? " is used" : " gets nothing more"));
        }
        return Exit.DONE;
    }

    private static ObjectNode order(String kind, String library, String node) {
        ObjectNode order = Json.object().put("kind", kind).put("library", library);
        return node == null ? order : order.put("node", node);
    }

    /** The only library there is. */
    static String only(Root root) {
        JsonNode all = root.rest().get("libraries");
        if (all.size() != 1) {
            ArrayNode names = Json.array();
            all.forEach(row -> names.add(Words.text(row, "name")));
            throw all.isEmpty() ? CommandFailure.failed("there is no library; \"azekura device add\" has a driver serve one")
                    : CommandFailure.usage("there are several libraries, name one: " + names(names));
        }
        return Words.text(all.path(0), "name");
    }
}
