package org.azekura.cli.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.azekura.api.TimeSpan;
import org.azekura.cli.command.Group;
import org.azekura.cli.command.Root;
import org.azekura.cli.contact.Rest;
import org.azekura.cli.text.CommandFailure;
import org.azekura.cli.text.Exit;
import org.azekura.cli.text.Facts;
import org.azekura.cli.text.Table;
import org.azekura.cli.text.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code azekura token …} */
@Command(name = "token", description = "What programs show to be let in.", footer = {"", "Example:", "  azekura token list"})
public final class TokenCommands extends Group {

    private final Root root;

    public TokenCommands(Root root) {
        this.root = root;
    }

    @Command(name = "create", description = {"Makes a token and shows it, this once; a program gives it as AZEKURA_TOKEN, or as a bearer token over REST.",
        "Roles are those of users: azekura user --help."}, footer = {"", "Example:", "  azekura token create report --role auditor --expires 90d"})
    int create(@Parameters(paramLabel = "NAME", description = "Of the token.") String name,
            @Option(names = "--role", paramLabel = "ROLE", required = true, description = "admin, operator, restorer or auditor.") String role,
            @Option(names = "--client", paramLabel = "CLIENT", arity = "1..*", description = "Whose data it has to do with (default: all; a restorer needs some).") List<String> clients,
            @Option(names = "--expires", paramLabel = "TIME", defaultValue = "90d", description = "How long it is good, like 12h or 365d, or never"
                    + " (default: ${DEFAULT-VALUE}).") String expires) {
        long seconds = expires.equals("never") ? 0 : TimeSpan.seconds(expires);
        if (seconds < 0 || seconds == 0 && !expires.equals("never")) {
            throw CommandFailure.usage("--expires is a time like 12h or 90d, or never; not \"" + expires + "\"");
        }
        ObjectNode order = UserCommands.order(name, role, clients).put("seconds", seconds);
        JsonNode made = root.rest().post("tokens", order);
        if (root.json()) {
            root.document(made);
            return Exit.DONE;
        }
        Facts facts = new Facts(root.out());
        facts.put("name", Words.text(made, "name"));
        facts.put("token", Words.text(made, "token") + "  (shown this once)");
        facts.put("expires", made.path("expires").isNull() ? "never" : Words.time(made, "expires"));
        return Exit.DONE;
    }

    @Command(name = "list", description = "All tokens, those that have expired among them.", footer = {"", "Example:", "  azekura token list --json"})
    int list() {
        JsonNode tokens = root.rest().get("tokens");
        if (root.json()) {
            root.document(tokens);
            return Exit.DONE;
        }
        Table table = new Table("NAME", "ROLE", "CLIENTS", "EXPIRES", "LAST USED", "MADE", "BY");
        for (JsonNode token : tokens) {
            table.row(Words.text(token, "name"), Words.text(token, "role"), UserCommands.clients(token), token.path("expires").isNull() ? "never" : Words.time(token, "expires"),
                    Words.time(token, "used"), Words.time(token, "made"), Words.text(token, "by"));
        }
        table.print(root.out());
        return Exit.DONE;
    }

    @Command(name = "revoke", description = "Has a token open nothing from now on; sessions that it opened end.", footer = {"", "Example:", "  azekura token revoke report"})
    int revoke(@Parameters(paramLabel = "NAME", description = "Of the token.") String name) {
        JsonNode gone = root.rest().delete("tokens/" + Rest.encode(name));
        if (root.json()) {
            root.document(gone);
        } else {
            root.out().println("token " + name + " opens nothing any more");
        }
        return Exit.DONE;
    }
}
