package org.azekura.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code azekura client …} */
@Command(name = "client", description = "Hosts whose data is protected.", footer = {"", "Example:", "  azekura client list"})
final class ClientCommands implements Callable<Integer> {

    private final Root root;

    ClientCommands(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        throw CommandFailure.usage("give a command: list, trust-group, address");
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

    @Command(name = "trust-group", description = {"Shows, joins or leaves the group of clients that share what is stored: what one of them has sent, none sends again.",
            "", "Who shares can find out whether another of the group has certain data: so only clients that trust each other should.",
            "", "What was stored before stays under the group it was saved in, and is found by that group only. So a client with snapshots or running jobs"
                + " stays where it is: have the new client join the group of the old one, or delete the snapshots first; the next backup sends all that the"
                + " new group does not have."},
            footer = {"", "Example:", "  azekura client trust-group web2 web1"})
    int trustGroup(@Parameters(paramLabel = "NAME", description = "Of the client.") String name,
            @Parameters(arity = "0..1", paramLabel = "GROUP-OR-CLIENT", description = "Whose group it joins: a client, or the 32 digits of a group.") String other,
            @Option(names = "--leave", description = "Leave the group; from now on nothing is shared.") boolean leave) {
        if (leave && other != null) {
            throw CommandFailure.usage("give a group to join or --leave, not both");
        }
        String address = "clients/" + Rest.encode(name) + "/trust-group";
        JsonNode trust = leave ? root.rest().post(address + "/leave", null)
                : other == null ? root.rest().get(address) : root.rest().post(address, Json.object().put("join", other));
        if (root.json) {
            root.document(trust);
            return Exit.DONE;
        }
        Facts facts = new Facts(root.out());
        facts.put("client", Words.text(trust, "client"));
        facts.put("group", Words.text(trust, "group"));
        trust.path("members").forEach(member -> facts.put("member", member.asText()));
        return Exit.DONE;
    }

    @Command(name = "address", description = {"Shows or sets where the server dials a host that may not dial it (storage nodes dial such a client, too); that host runs"
            + " \"azekura up --await-server\"."},
            footer = {"", "Example:", "  azekura client address web1 web1.example.org:8444"})
    int address(@Parameters(paramLabel = "NAME", description = "Of the client.") String name,
            @Parameters(arity = "0..1", paramLabel = "HOST:PORT", description = "Where it listens.") String at,
            @Option(names = "--role", paramLabel = "ROLE", defaultValue = "client", description = "client or node (default: client).") String role,
            @Option(names = "--none", description = "It dials itself from now on.") boolean none) {
        if (!role.equals("client") && !role.equals("node")) {
            throw CommandFailure.usage("--role is client or node");
        }
        if (none && at != null) {
            throw CommandFailure.usage("give an address or --none, not both");
        }
        String path = role + "s/" + Rest.encode(name) + "/address";
        JsonNode answer = none || at != null ? root.rest().post(path, Json.object().put("address", none ? "" : at)) : root.rest().get(path);
        if (root.json) {
            root.document(answer);
            return Exit.DONE;
        }
        Facts facts = new Facts(root.out());
        facts.put(role, Words.text(answer, "name"));
        facts.put("address", answer.path("address").isTextual() ? Words.text(answer, "address") : "none, it dials itself");
        return Exit.DONE;
    }
}
