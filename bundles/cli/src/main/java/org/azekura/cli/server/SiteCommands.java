package org.azekura.cli.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.azekura.cli.command.Group;
import org.azekura.cli.command.Root;
import org.azekura.cli.text.Exit;
import org.azekura.cli.text.Json;
import org.azekura.cli.text.Table;
import org.azekura.cli.text.Words;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code azekura site …} */
@Command(name = "site", description = "Where hosts and pools are: what burns down together is at one site.", footer = {"", "Example:", "  azekura site list"})
public final class SiteCommands extends Group {

    private final Root root;

    public SiteCommands(Root root) {
        this.root = root;
    }

    @Command(name = "list", description = {"Storage nodes, clients and pools, and at which sites they are.",
            "What nobody has said: a storage node is where the server is, a client where the storage node of its host is, a pool where its storage node is; one in a cloud is"
                    + " at the site \"cloud\"."}, footer = {"", "Example:", "  azekura site list"})
    int list() {
        JsonNode sites = root.rest().get("sites");
        if (root.json()) {
            root.document(sites);
            return Exit.DONE;
        }
        Table table = new Table("KIND", "NAME", "SITE", "SAID");
        sites.forEach(row -> table.row(Words.text(row, "kind"), Words.text(row, "name"), Words.text(row, "site"), row.path("said").asBoolean() ? "yes" : "no"));
        table.print(root.out());
        return Exit.DONE;
    }

    /** What is somewhere: one of them. */
    static final class What {
        @Option(names = "--node", paramLabel = "NODE", description = "A storage node.")
        String node;
        @Option(names = "--client", paramLabel = "CLIENT", description = "A client.")
        String client;
        @Option(names = "--pool", paramLabel = "POOL", description = "A pool, or a media set that was carried elsewhere.")
        String pool;
    }

    @Command(name = "set", description = "Says at which site something is.",
            footer = {"", "Example:", "  azekura site set tokyo --node cellar", "  azekura site set vault --pool tape.set2"})
    int set(@Parameters(paramLabel = "SITE", description = "Its name: letters, digits, dots, underscores and hyphens.") String site,
            @ArgGroup(multiplicity = "1") What what) {
        return say(what, site);
    }

    @Command(name = "unset", description = "Something is where it usually is.", footer = {"", "Example:", "  azekura site unset --pool tape.set2"})
    int unset(@ArgGroup(multiplicity = "1") What what) {
        return say(what, null);
    }

    private int say(What what, String site) {
        String kind = what.node != null ? "node" : what.client != null ? "client" : "pool";
        String name = what.node != null ? what.node : what.client != null ? what.client : what.pool;
        ObjectNode order = Json.object().put("kind", kind).put("name", name);
        Json.putGiven(order, "site", site);
        JsonNode row = root.rest().post("sites", order);
        if (root.json()) {
            root.document(row);
        } else {
            root.out().println(kind + " " + name + " is at site " + Words.text(row, "site"));
        }
        return Exit.DONE;
    }
}
