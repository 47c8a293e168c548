package org.azekura.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import org.azekura.api.ByteSize;
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
        throw CommandFailure.usage("give a command: list, quota, trust-group");
    }

    @Command(name = "list", description = "All clients.", footer = {"", "Example:", "  azekura client list --json"})
    int list() {
        JsonNode clients = root.rest().get("clients");
        if (root.json) {
            root.document(clients);
            return Exit.DONE;
        }
        Table table = new Table("NAME", "STATE", "LAST SEEN", "USED", "QUOTA");
        for (JsonNode client : clients) {
            table.row(Words.text(client, "name"), client.path("connected").asBoolean() ? "connected" : "gone", Words.time(client, "lastSeen"),
                    Words.size(client, "used"), Words.size(client, "quota"));
        }
        table.print(root.out());
        return Exit.DONE;
    }

    @Command(name = "quota", description = {"Shows or sets how much may be stored of a client, from its next job on.",
            "", "What counts are the packs that its backups wrote, in all pools together, until \"azekura prune\" has freed them: so what it shares with others"
                + " counts for the one who stored it first, and copies do not count. A backup that would store more fails, and what it sent by then goes with the"
                + " next prune."},
            footer = {"", "Example:", "  azekura client quota web1 200GiB"})
    int quota(@Parameters(paramLabel = "NAME", description = "Of the client.") String name,
            @Parameters(arity = "0..1", paramLabel = "SIZE", description = "Like 200GiB; 0 or none lifts the bound.") String size) {
        String address = "clients/" + Rest.encode(name) + "/quota";
        JsonNode quota = size == null ? root.rest().get(address) : root.rest().post(address, Json.object().put("quota", bytes(size)));
        if (root.json) {
            root.document(quota);
            return Exit.DONE;
        }
        Facts facts = new Facts(root.out());
        facts.put("client", Words.text(quota, "client"));
        facts.put("used", Words.size(quota, "used"));
        facts.put("quota", quota.path("quota").asLong() < 0 ? "none" : Words.size(quota, "quota"));
        return Exit.DONE;
    }

    private static long bytes(String size) {
        try {
            return size.equals("none") ? 0 : ByteSize.parse(size);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(e.getMessage() + "; none lifts the bound");
        }
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
}
