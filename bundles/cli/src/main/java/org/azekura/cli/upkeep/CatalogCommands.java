package org.azekura.cli.upkeep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.azekura.api.ByteSize;
import org.azekura.cli.command.FreshFile;
import org.azekura.cli.command.Group;
import org.azekura.cli.command.Root;
import org.azekura.cli.contact.Query;
import org.azekura.cli.contact.Upload;
import org.azekura.cli.job.Run;
import org.azekura.cli.text.CommandFailure;
import org.azekura.cli.text.Exit;
import org.azekura.cli.text.Json;
import org.azekura.cli.text.PathForm;
import org.azekura.cli.text.Table;
import org.azekura.cli.text.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code azekura catalog …} */
@Command(name = "catalog", description = "What the appliance knows of its media.", footer = {"", "Example:", "  azekura catalog rebuild --from /mnt/disk"})
public final class CatalogCommands extends Group {

    private static final Duration PARK = Duration.ofSeconds(60);
    /** Cartridges have to be brought. */
    private static final int PATIENCE_MS = 15 * 60_000;

    private final Root root;

    public CatalogCommands(Root root) {
        this.root = root;
    }

    @Command(name = "rebuild", description = {"Makes a lost catalog anew from volumes, in an appliance that has saved nothing yet: it becomes the one that wrote them.",
            "What was laid down for clients and pools comes back, too; what this appliance has of it already stays.",
            "Nothing is written on the volumes; cartridges are read through once, from end to end. Once \"azekura key import\" has brought the recovery file, everything can be restored again, and save sets and"
                + " policies are back."},
            footer = {"", "Exit codes: 0 done, 3 something is not back, or not as it was (each named).", "", "Example:", "  azekura catalog rebuild --from /mnt/disk", "  azekura catalog rebuild --from VT0001L8", "  azekura catalog rebuild --from device:cloud", "  azekura key import default.key"})
    int rebuild(@Option(names = "--from", required = true, arity = "1..*", paramLabel = "PLACE", description = {"Folders that hold volumes, device:NAME",
                "for a cloud and the like, or barcodes of cartridges: device or library has to be served first, see device add."}) List<String> from) {
        ObjectNode order = Json.object().put("kind", "rebuild");
        ArrayNode folders = order.putArray("from");
        from.forEach(place -> folders.add(isBarcode(place) ? place : existing(PathForm.PLAIN.absoluteText(place))));
        Run run = Run.order(root, order, PARK);
        JsonNode result = run.result();
        if (root.json()) {
            root.document(result);
        } else {
            result.path("warnings").forEach(warning -> root.terminal().warn(warning.asText()));
            for (JsonNode left : result.path("leftOut")) {
                root.terminal().warn("snapshot " + Words.text(left, "snapshot") + " is left out: " + Words.text(left, "reason"));
            }
            root.out().printf("brought back %s with %s (job %s)%n", Words.count(result, "snapshots", "snapshot"), Words.count(result, "files", "file"), run.id());
        }
        return result.path("leftOut").isEmpty() && result.path("warnings").isEmpty() ? Exit.DONE : Exit.WARNED;
    }

    @Command(name = "backup", description = {"How far the appliance's own configuration and catalog are on each pool's media, and what a rebuild has left to do.",
            "They are written by themselves: with each backup that changes much, some minutes after something was laid down, and once a day."},
            footer = {"", "Exit codes: 0 all media say everything, 3 some do not yet (each named).", "", "Example:", "  azekura catalog backup --now"})
    int backup(@Option(names = "--now", description = "Writes them now where they are not.") boolean now,
            @Option(names = "--forget", description = "Names no more what a rebuild has left.") boolean forget) {
        if (now && forget) {
            throw CommandFailure.usage("give --now or --forget, not both");
        }
        JsonNode backup = now ? root.rest().post("appliance/backup", Json.object(), PATIENCE_MS) : forget ? root.rest().post("appliance/backup/forget", Json.object()) : root.rest().get("appliance/backup");
        boolean all = true;
        for (JsonNode pool : backup.path("pools")) {
            all &= pool.path("current").asBoolean();
        }
        if (root.json()) {
            root.document(backup);
            return all ? Exit.DONE : Exit.WARNED;
        }
        Table table = new Table("POOL", "NODE", "WRITTEN", "STATE");
        for (JsonNode pool : backup.path("pools")) {
            String problem = Words.text(pool, "problem");
            table.row(Words.text(pool, "pool"), Words.text(pool, "node"), pool.path("written").isTextual() ? Words.time(pool, "written") : "never",
                    pool.path("current").asBoolean() ? "current" : problem.isEmpty() ? "to be written" : problem);
        }
        table.print(root.out());
        for (JsonNode left : backup.path("left")) {
            root.out().println(Words.text(left, "what") + ": " + Words.text(left, "command"));
        }
        return all ? Exit.DONE : Exit.WARNED;
    }

    @Command(name = "export", description = {"Writes the whole catalog into a file, from which any store takes it: to go from SQLite to PostgreSQL, or back.",
            "It has the hashes of passwords and tokens in it: keep it as you keep those. Of keys and of the trees it has nothing; they stay in the home.",
            "Where a rule says so it waits for another person (exit 4): then \"azekura request answer N\" gives the leave that --leave takes."},
            footer = {"", "Example:", "  azekura catalog export catalog.azc"})
    int export(@Parameters(paramLabel = "FILE", description = "A file that is not there yet.") Path file,
            @Option(names = "--leave", paramLabel = "WORD", description = "Leave that was waited for.") String leave) throws IOException {
        String word = leave != null ? leave : Words.text(root.rest().post("catalog/export", Json.object()), "leave");
        try (FreshFile fresh = FreshFile.beside(file); InputStream catalog = root.rest().download("catalog" + Query.of("leave", word))) {
            long bytes = fresh.publish(catalog);
            if (root.json()) {
                root.document(Json.object().put("file", file.toAbsolutePath().toString()).put("bytes", bytes));
            } else {
                root.out().println("wrote " + file + ", " + ByteSize.format(bytes));
            }
            return Exit.DONE;
        }
    }

    @Command(name = "import", description = {"Has a file of \"catalog export\" taken in when this appliance is started next, in place of its own catalog.",
            "Only into one that has saved nothing yet. The home is to be the one that the catalog was exported from, or a copy of it: keys and trees are there."},
            footer = {"", "Example:", "  azekura catalog import catalog.azc", "  azekura down", "  azekura up --detach"})
    int importing(@Parameters(paramLabel = "FILE", description = "What \"catalog export\" wrote.") Path file) {
        JsonNode answer = root.rest().upload("PUT", "catalog" + Query.of("name", file.getFileName().toString()), Upload.file(file));
        if (root.json()) {
            root.document(answer);
        } else {
            root.out().println(file + " is taken in when the appliance is started next: \"azekura down\", then \"azekura up --detach\"");
        }
        return Exit.DONE;
    }

    /** A folder that is not there, or on another machine, is given as {@code ./VT0001L8}. */
    private static boolean isBarcode(String place) {
        return place.indexOf('/') < 0 && !place.startsWith(".") && !Files.isDirectory(Path.of(PathForm.PLAIN.absoluteText(place)));
    }

    /** The driver would make a folder that is not there; on another machine only it can see what is. */
    private String existing(String folder) {
        if (root.elsewhere() == null && !Files.isDirectory(Path.of(folder))) {
            throw CommandFailure.failed("there is no folder " + folder);
        }
        return folder;
    }
}
