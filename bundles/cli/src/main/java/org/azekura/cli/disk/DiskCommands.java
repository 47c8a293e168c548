package org.azekura.cli.disk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.azekura.api.ByteSize;
import org.azekura.cli.command.Group;
import org.azekura.cli.command.Root;
import org.azekura.cli.contact.Rest;
import org.azekura.cli.text.Exit;
import org.azekura.cli.text.Json;
import org.azekura.cli.text.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code azekura disks …} */
@Command(name = "disks", description = {"Disks of a dedicated appliance: their health, and disk sets that are made of them and mounted at /srv/NAME.",
        "Refused (exit 4) where the appliance does not run from an image: there the system makes and mounts file systems."}, footer = {"", "Example:", "  azekura disks show"})
public final class DiskCommands extends Group {

    /** Large file systems and arrays take their time. */
    private static final int MAKE_ms = 2_400_000;

    private final Root root;

    public DiskCommands(Root root) {
        this.root = root;
    }

    @Command(name = "show", description = {"All disks of the machine with their health, what is on them, and the disk sets. They are asked for their health every half hour.",
        "Exit 3 if a disk or a set needs a look."}, footer = {"", "Example:", "  azekura disks show --json"})
    int show() {
        JsonNode state = root.rest().get("appliance/disks");
        if (root.json()) {
            root.document(state);
        } else {
            DiskTable.print(state, root.out());
        }
        return DiskTable.needsALook(state) ? Exit.WARNED : Exit.DONE;
    }

    @Command(name = "make", description = {"Makes a disk set, and mounts it at /srv/NAME now and at each start.",
        "A disk that is not empty is refused (exit 4) unless it is named with --erase; one that is mounted, or that the system runs from, always."},
            footer = {"", "Example:", "  azekura disks make pool1 --level mirror --disk sdb --disk sdc", "  azekura pool create vault --driver disk --set path=/srv/pool1/vault"})
    int make(@Parameters(paramLabel = "NAME", description = "Of the set: 1 to 15 small letters and digits.") String name,
            @Option(names = "--level", required = true, paramLabel = "LEVEL", description = "single (one disk, no protection), mirror (2 to 4), raid10 (4 and more, in pairs) or raid6 (4 and more).") String level,
            @Option(names = "--disk", required = true, paramLabel = "DISK", description = "By name or serial number; once for each.") List<String> disks,
            @Option(names = "--erase", paramLabel = "DISK", description = "One of them whose content is to go; once for each.") List<String> erase) {
        ObjectNode order = Json.object().put("name", name).put("level", level);
        ArrayNode named = order.putArray("disks");
        disks.forEach(named::add);
        ArrayNode erased = order.putArray("erase");
        if (erase != null) {
            erase.forEach(erased::add);
        }
        return tell(root.rest().post("appliance/disks", order, MAKE_ms));
    }

    @Command(name = "attach", description = "Mounts a disk set that an earlier appliance has made, now and at each start. Nothing on it is erased.",
            footer = {"", "Example:", "  azekura disks attach pool1"})
    int attach(@Parameters(paramLabel = "NAME", description = "Of a set that \"disks show\" tells as found.") String name) {
        return tell(root.rest().post("appliance/disks/" + Rest.encode(name) + "/attach", Json.object(), MAKE_ms));
    }

    private int tell(JsonNode set) {
        if (root.json()) {
            root.document(set);
        } else {
            root.out().println("disk set " + Words.text(set, "name") + " (" + Words.text(set, "level") + ", " + ByteSize.format(set.path("bytes").asLong()) + ") is mounted at "
                    + Words.text(set, "folder"));
        }
        return Exit.DONE;
    }
}
