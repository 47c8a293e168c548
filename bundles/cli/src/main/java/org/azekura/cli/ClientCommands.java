package org.azekura.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
        throw CommandFailure.usage("give a command: list, trust-group, pool, limit");
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

    @Command(name = "pool", description = {"Shows or says where the backups of a client go if no pool is named.",
            "", "Of the pools of a group each client has one of its own; if that can't be used, another one of the group stands in."},
            footer = {"", "Example:", "  azekura client pool web1 offsite", "  azekura client pool web1 --group sites"})
    int pool(@Parameters(paramLabel = "NAME", description = "Of the client.") String name,
            @Parameters(arity = "0..1", paramLabel = "POOL", description = "Where to.") String pool,
            @Option(names = "--group", paramLabel = "GROUP", description = "To a pool of this group.") String group,
            @Option(names = "--none", description = "Where all go for which nothing is said.") boolean none) {
        if ((pool == null ? 0 : 1) + (group == null ? 0 : 1) + (none ? 1 : 0) > 1) {
            throw CommandFailure.usage("give a pool, --group or --none, not several of them");
        }
        if (pool == null && group == null && !none) {
            return terms(root.rest().get(address(name) + "/terms"));
        }
        ObjectNode order = Json.object();
        if (pool != null) {
            order.put("pool", pool);
        }
        if (group != null) {
            order.put("group", group);
        }
        return terms(root.rest().post(address(name) + "/pool", order));
    }

    @Command(name = "limit", description = {"Shows or says how much a client may send and receive a second, in all its jobs together.",
            "", "The lowest limit that counts at a time holds. A limit replaces the one of the same hours; hours are those of the server's time zone. Jobs that run keep"
                + " to it from now on."},
            footer = {"", "Example:", "  azekura client limit web1 100MiB", "  azekura client limit web1 10MiB --from 08:00 --to 18:00", "  azekura client limit web1 none"})
    int limit(@Parameters(paramLabel = "NAME", description = "Of the client.") String name,
            @Parameters(arity = "0..1", paramLabel = "SIZE", description = "Bytes a second, like 20MiB; or none: no limit at these hours, without hours no limit at all.") String size,
            @Option(names = "--from", paramLabel = "TIME", description = "When it begins to count, like 08:00 (default: it always counts).") String from,
            @Option(names = "--to", paramLabel = "TIME", description = "When it ends; before --from: on the next day.") String to) {
        if ((from == null) != (to == null)) {
            throw CommandFailure.usage("hours have a begin and an end: give --from and --to");
        }
        JsonNode now = size == null && from == null ? root.rest().get(address(name) + "/terms") : null;
        if (now != null) {
            return terms(now);
        }
        if (size == null) {
            throw CommandFailure.usage("say how much a second, like 20MiB, or none");
        }
        LimitChange change = LimitChange.parse(size, from, to);
        ObjectNode order = Json.object();
        order.set("limits", change.of(root.rest().get(address(name) + "/terms").path("limits")));
        return terms(root.rest().post(address(name) + "/limits", order));
    }

    private static String address(String name) {
        return "clients/" + Rest.encode(name);
    }

    private int terms(JsonNode terms) {
        if (root.json) {
            root.document(terms);
            return Exit.DONE;
        }
        Facts facts = new Facts(root.out());
        facts.put("client", Words.text(terms, "client"));
        String group = Words.text(terms, "group");
        facts.put("pool", group.isEmpty() ? Words.text(terms, "pool") : "one of group " + group);
        terms.path("limits").forEach(limit -> facts.put("limit", LimitChange.shown(limit)));
        return Exit.DONE;
    }
}
