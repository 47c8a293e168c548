package org.azekura.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code azekura volume …} */
@Command(name = "volume", description = "Labelled pieces of media.", footer = {"", "Example:", "  azekura volume list --pool default"})
final class VolumeCommands implements Callable<Integer> {

    private final Root root;

    VolumeCommands(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        throw CommandFailure.usage("give a command: list");
    }

    @Command(name = "list", description = "All volumes, or those of a pool.", footer = {"", "Example:", "  azekura volume list --pool default"})
    int list(@Option(names = "--pool", paramLabel = "POOL", description = "Only those of this pool.") String pool) {
        JsonNode volumes = root.rest().get(pool == null ? "volumes" : "volumes?pool=" + Rest.encode(pool));
        if (root.json) {
            root.document(volumes);
            return Exit.DONE;
        }
        print(root, volumes);
        return Exit.DONE;
    }

    static void print(Root root, JsonNode volumes) {
        Table table = new Table("LABEL", "BARCODE", "POOL", "STATE", "USED>", "CAPACITY>", "LOCATION");
        for (JsonNode volume : volumes) {
            table.row(Words.text(volume, "label"), Words.text(volume, "barcode"), Words.text(volume, "pool"), Words.text(volume, "state"),
                    Words.size(volume, "used"), Words.size(volume, "capacity"), Words.text(volume, "location"));
        }
        table.print(root.out());
    }
}
