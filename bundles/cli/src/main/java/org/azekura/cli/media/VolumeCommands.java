package org.azekura.cli.media;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.azekura.cli.command.Group;
import org.azekura.cli.command.Root;
import org.azekura.cli.contact.Rest;
import org.azekura.cli.sheet.BarcodeSheet;
import org.azekura.cli.sheet.PdfPage;
import org.azekura.cli.text.CommandFailure;
import org.azekura.cli.text.Exit;
import org.azekura.cli.text.Facts;
import org.azekura.cli.text.Json;
import org.azekura.cli.text.Table;
import org.azekura.cli.text.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code azekura volume …} */
@Command(name = "volume", description = "Labelled pieces of media.", footer = {"", "Example:", "  azekura volume list --pool default"})
public final class VolumeCommands extends Group {

    private final Root root;

    public VolumeCommands(Root root) {
        this.root = root;
    }

    @Command(name = "list", description = "All volumes, or those of a pool.", footer = {"", "Example:", "  azekura volume list --pool default"})
    int list(@Option(names = "--pool", paramLabel = "POOL", description = "Only those of this pool.") String pool) {
        JsonNode volumes = root.rest().get(pool == null ? "volumes" : "volumes?pool=" + Rest.encode(pool));
        if (root.json()) {
            root.document(volumes);
            return Exit.DONE;
        }
        print(root, volumes);
        return Exit.DONE;
    }

    static void print(Root root, JsonNode volumes) {
        Table table = new Table("LABEL", "BARCODE", "POOL", "SET>", "STATE", "USED>", "CAPACITY>", "LOCATION", "WHY");
        for (JsonNode volume : volumes) {
            table.row(Words.text(volume, "label"), Words.text(volume, "barcode"), Words.text(volume, "pool"), Words.text(volume, "set"), Words.text(volume, "state"),
                    Words.size(volume, "used"), Words.size(volume, "capacity"), Words.text(volume, "location"), Words.text(volume, "why"));
        }
        table.print(root.out());
    }

    @Command(name = "show", description = "One volume, by its name or its barcode.", footer = {"", "Example:", "  azekura volume show A00001L8"})
    int show(@Parameters(paramLabel = "NAME", description = "Of the volume, or its barcode.") String name) {
        JsonNode volume = root.rest().get("volumes/" + Rest.encode(name));
        if (root.json()) {
            root.document(volume);
            return Exit.DONE;
        }
        Facts facts = new Facts(root.out());
        facts.put("volume", Words.text(volume, "label"));
        facts.put("barcode", Words.text(volume, "barcode"));
        facts.put("pool", Words.text(volume, "pool"));
        facts.put("set", Words.text(volume, "set"));
        facts.put("state", Words.text(volume, "state") + (Words.text(volume, "why").isEmpty() ? "" : ": " + Words.text(volume, "why")));
        facts.put("location", Words.text(volume, "location"));
        facts.put("device", Words.text(volume, "device") + " of driver " + Words.text(volume, "driver") + " on node " + Words.text(volume, "node"));
        facts.put("used", Words.size(volume, "used"));
        facts.put("capacity", Words.size(volume, "capacity"));
        facts.put("packs", Words.count(volume, "packs"));
        facts.put("labelled", Words.time(volume, "labelled"));
        facts.put("written", Words.time(volume, "written"));
        facts.put("all read since", Words.time(volume, "unread"));
        facts.put("errors", volume.path("errors").asInt() == 0 ? "" : Words.count(volume, "errors"));
        CartridgeUseWords.print(volume.path("use"), facts);
        facts.put("id", Words.text(volume, "id"));
        CartridgeUseWords.print(volume.path("use"), root);
        return Exit.DONE;
    }

    @Command(name = "lock", description = {"Has a volume left as it is: it is read, but never written nor labelled anew, until it is unlocked. Of a pool that goes on writing,"
            + " the next cartridge follows it."}, footer = {"", "Example:", "  azekura volume lock A00002L8 --why \"evidence, ask legal\""})
    int lock(@Parameters(paramLabel = "NAME", description = "Of the volume, or its barcode.") String name,
            @Option(names = "--why", paramLabel = "TEXT", description = "For others, in your words.") String why) {
        return marked(name, "lock", why == null ? Json.object() : Json.object().put("why", why));
    }

    @Command(name = "unlock", description = "A locked volume is what it was before.", footer = {"", "Example:", "  azekura volume unlock A00002L8"})
    int unlock(@Parameters(paramLabel = "NAME", description = "Of the volume, or its barcode.") String name) {
        return marked(name, "unlock", Json.object());
    }

    @Command(name = "accept", description = {"You have looked at a suspect volume and believe in it: what is on it counts, nothing more is written there, and what was held"
            + " against its cartridge is forgotten. A quarantined one is suspect then. \"azekura verify --volume NAME\" reads all packs on it first."},
            footer = {"", "Example:", "  azekura volume accept A00002L8"})
    int accept(@Parameters(paramLabel = "NAME", description = "Of the volume, or its barcode.") String name) {
        return marked(name, "accept", Json.object());
    }

    private int marked(String name, String verb, ObjectNode body) {
        JsonNode volume = root.rest().post("volumes/" + Rest.encode(name) + "/" + verb, body);
        if (root.json()) {
            root.document(volume);
        } else {
            root.out().println("volume " + Words.text(volume, "label") + " is " + Words.text(volume, "state"));
        }
        return Exit.DONE;
    }

    @Command(name = "label", description = {"Writes labels on blank cartridges of the library that a pool lies in, so that they are the pool's, and waits for the end.",
            "Cleaning cartridges (barcode CLN…), mail slots and volumes of other pools are left alone. What is not blank is never written: it is named, and gives exit 3;"
            + " but a scratch cartridge that --barcode names gets another label."},
            footer = {"", "Example:", "  azekura volume label --pool tape --all"})
    int label(@Option(names = "--pool", required = true, paramLabel = "POOL", description = "Whose they are to be.") String pool,
            @Option(names = "--barcode", paramLabel = "BARCODE", description = "Only this cartridge; may be repeated.") List<String> barcodes,
            @Option(names = "--all", description = "Every cartridge in slots and drives.") boolean all) {
        if ((barcodes == null) != all) {
            throw CommandFailure.usage("give --barcode BARCODE or --all, one of them");
        }
        ObjectNode order = Json.object().put("kind", "label").put("pool", pool);
        if (barcodes != null) {
            barcodes.forEach(order.putArray("barcodes")::add);
        }
        return new CartridgeJob(root).run(order, "there is no cartridge with a barcode in the library of pool " + pool);
    }

    @Command(name = "scan", description = {"Looks what cartridges begin with and compares that with the catalog. Each is loaded, and put back; nothing is written.",
            "What is foreign, or has no label that can be read, gives exit 3; what was read through and is damaged gives exit 1."},
            footer = {"", "Example:", "  azekura volume scan A00004L8 A00005L8"})
    int scan(@Parameters(arity = "1..*", paramLabel = "NAME", description = "Barcodes, or names of volumes.") List<String> names,
            @Option(names = "--deep", description = {"Reads all of each, block by block, which takes hours: what is on it, what the catalog lacks or misses there,",
                    "what can't be read."}) boolean deep) {
        ObjectNode order = volumes("scan", names);
        return new CartridgeJob(root).run(deep ? order.put("deep", true) : order, "nothing was looked at");
    }

    @Command(name = "repack", description = {"Has cartridges leave their pool: what is needed on them is copied to others of the pool and read back; then they are scratch,"
            + " or expired until the pool's rules let them go. Interrupted, it goes on where it was when it is called again."},
            footer = {"", "Example:", "  azekura volume repack A00002L8"})
    int repack(@Parameters(arity = "1..*", paramLabel = "NAME", description = "Barcodes, or names of volumes.") List<String> names) {
        return new CartridgeJob(root).run(volumes("repack", names), "nothing was copied");
    }

    @Command(name = "forget", description = {"Gives up a cartridge that is lost, burnt or stolen, or on which something can't be read: its pool goes on without it. Of one that is"
            + " there all is copied first that can be read.", "If packs are lost by that it is refused, and names the snapshots that need them; with --lost they are damaged from"
            + " then on, and the next backup sends again what is still there.", "A number that was labelled and never seen again is named like its volume would be: tape-3."},
            footer = {"", "Example:", "  azekura volume forget A00002L8 --why \"burnt with the safe\" --lost"})
    int forget(@Parameters(paramLabel = "NAME", description = "Of the volume, or its barcode.") String name,
            @Option(names = "--why", required = true, paramLabel = "TEXT", description = "For others, in your words.") String why,
            @Option(names = "--lost", description = "What counts there may be lost.") boolean lost) {
        return new CartridgeJob(root).run(volumes("forget", List.of(name)).put("why", why).put("lost", lost), "nothing was given up");
    }

    @Command(name = "remake", description = {"Makes the volume of a pool anew that is gone as a whole, on the disk or in the bucket where its device is now: it gets its label, and the"
            + " copies of the pool in other places bring back what they have.", "The appliance does that by itself where the device proves to be the place where the volume was; this says that it"
            + " is to be done on another disk. Nothing is written where anything lies that was not on the volume."},
            footer = {"", "Example:", "  azekura volume remake default"})
    int remake(@Parameters(paramLabel = "POOL", description = "Whose volume is gone.") String pool) {
        JsonNode made = root.rest().post("pools/" + Rest.encode(pool) + "/remake", Json.object());
        if (root.json()) {
            root.document(made);
        } else {
            root.out().println("pool " + pool + " has its volume; what copies have of it comes back, see azekura job list");
        }
        return Exit.DONE;
    }

    @Command(name = "export", description = {"Brings cartridges to mail slots, and notes where they go. Their volumes are missing until they are in a library again;"
            + " a restore that needs one asks for it by name."}, footer = {"", "Example:", "  azekura volume export A00002L8 A00003L8 --to \"bank safe\"",
            "  azekura volume export --pool tape --set 1 --to vault"})
    int export(@Parameters(arity = "0..*", paramLabel = "NAME", description = "Barcodes, or names of volumes.") List<String> names,
            @Option(names = "--pool", paramLabel = "POOL", description = "With --set: whose media set.") String pool,
            @Option(names = "--set", paramLabel = "N", description = "A whole media set, instead of names: all of it that is in the library.") Integer set,
            @Option(names = "--to", paramLabel = "PLACE", description = "Where they will be, in your words.") String to) {
        boolean whole = pool != null && set != null;
        if (whole == (names != null) || whole != (pool != null || set != null)) {
            throw CommandFailure.usage("name cartridges, or give --pool POOL and --set N");
        }
        ObjectNode order = volumes("export", whole ? MediaSetVolumes.there(root, pool, set) : names);
        Json.putGiven(order, "to", to);
        return new CartridgeJob(root).run(order, "nothing was brought to a mail slot");
    }

    @Command(name = "import", description = {"Takes what lies in the mail slots of a library into free slots, and looks at the labels of cartridges that nobody knows."},
            footer = {"", "Example:", "  azekura volume import lib1"})
    int takeIn(@Parameters(arity = "0..1", paramLabel = "LIBRARY", description = "Of several.") String library) {
        String name = library == null ? LibraryCommands.only(root) : library;
        return new CartridgeJob(root).run(Json.object().put("kind", "import").put("library", name), "nothing lies in a mail slot of library " + name);
    }

    @Command(name = "label-sheet", description = {"Writes barcode labels for cartridges to print and cut (A4, Code 39, the measures of LTO), without any appliance.",
            "Print it at its true size. The last two characters say the generation, like L8."},
            footer = {"", "Example:", "  azekura volume label-sheet A00001L8 --count 20 --to labels.pdf"})
    int labelSheet(@Parameters(arity = "1..*", paramLabel = "BARCODE", description = "What is to stand on the labels.") List<String> barcodes,
            @Option(names = "--count", paramLabel = "N", description = "So many labels, counted on from the one BARCODE.") Integer count,
            @Option(names = "--to", required = true, paramLabel = "FILE", description = "A new .pdf file.") Path file) {
        if (count != null && (count < 1 || barcodes.size() > 1)) {
            throw CommandFailure.usage("--count goes with one BARCODE and is 1 or more");
        }
        BarcodeSheet sheet;
        try {
            sheet = count == null ? new BarcodeSheet(barcodes) : BarcodeSheet.counted(barcodes.getFirst(), count);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(Exit.USAGE, e.getMessage(), e);
        }
        try {
            Files.write(file, PdfPage.of(sheet), StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw CommandFailure.failed(file + " exists and is kept; name a new file");
        } catch (IOException e) {
            throw new CommandFailure(Exit.FAILED, "cannot write " + file + ": " + e, e);
        }
        if (root.json()) {
            root.document(Json.object().put("file", file.toString()).put("labels", sheet.barcodes().size()));
        } else {
            root.out().println(sheet.barcodes().size() + " labels, " + sheet.barcodes().getFirst() + " to " + sheet.barcodes().getLast() + ", are in " + file);
        }
        return Exit.DONE;
    }

    private static ObjectNode volumes(String kind, List<String> names) {
        ObjectNode order = Json.object().put("kind", kind);
        ArrayNode all = order.putArray("volumes");
        names.forEach(all::add);
        return order;
    }
}
