package org.azekura.cli.access;

import com.fasterxml.jackson.databind.JsonNode;
import org.azekura.cli.command.Group;
import org.azekura.cli.command.Root;
import org.azekura.cli.contact.Rest;
import org.azekura.cli.text.Exit;
import org.azekura.cli.text.Table;
import org.azekura.cli.text.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code azekura user passkey …} */
@Command(name = "passkey", description = "Passkeys of users. They are made in the web console, by who is to have them.", footer = {"", "Example:", "  azekura user passkey list ann"})
final class PasskeyCommands extends Group {

    private final Root root;

    PasskeyCommands(Root root) {
        this.root = root;
    }

    @Command(name = "list", description = "Passkeys of a user.", footer = {"", "Example:", "  azekura user passkey list ann --json"})
    int list(@Parameters(paramLabel = "USER", description = "Whose.") String user) {
        JsonNode passkeys = root.rest().get(address(user));
        if (root.json()) {
            root.document(passkeys);
            return Exit.DONE;
        }
        Table table = new Table("ID", "NAME", "HOST", "DEVICES", "MADE", "USED");
        for (JsonNode one : passkeys) {
            table.row(Words.text(one, "id"), Words.text(one, "name"), Words.text(one, "host"), one.path("synced").asBoolean() ? "several" : "one", Words.time(one, "made"),
                    Words.time(one, "used"));
        }
        table.print(root.out());
        return Exit.DONE;
    }

    @Command(name = "remove", description = "Takes a passkey from a user who has lost it; his sessions end.", footer = {"", "Example:", "  azekura user passkey remove ann \"Ann's phone\""})
    int remove(@Parameters(paramLabel = "USER", description = "Whose.") String user, @Parameters(paramLabel = "PASSKEY", description = "Its name or id.") String passkey) {
        JsonNode gone = root.rest().delete(address(user) + "/" + Rest.encode(passkey));
        if (root.json()) {
            root.document(gone);
        } else {
            root.out().println("passkey " + Words.text(gone, "name") + " of " + user + " is gone");
        }
        return Exit.DONE;
    }

    private static String address(String user) {
        return "users/" + Rest.encode(user) + "/passkeys";
    }
}
