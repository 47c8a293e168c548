package org.azekura.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code azekura client …} */
@Command(name = "client", description = "Hosts whose data is protected.", footer = {"", "Example:", "  azekura client list"})
final class ClientCommands implements Callable<Integer> {

    private final Root root;

    ClientCommands(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        throw CommandFailure.usage("give a command: list");
    }

    @Command(name = "list", description = "All clients.", footer = {"", "Example:", "  azekura client list --json"})
    int list() {
        JsonNode clients = root.rest().get("clients");
        if (root.json) {
            root.document(clients);
            return Exit.DONE;
        }
        Table table = new Table("NAME", "STATE", "LAST SEEN");
        for (JsonNode client : clients) {
            table.row(Words.text(client, "name"), client.path("connected").asBoolean() ? "connected" : "gone", Words.time(client, "lastSeen"));
        }
        table.print(root.out());
        return Exit.DONE;
    }
}
