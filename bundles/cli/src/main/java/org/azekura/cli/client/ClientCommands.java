package org.azekura.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.azekura.api.ByteSize;
import org.azekura.api.TimeSpan;
import org.azekura.cli.command.Group;
import org.azekura.cli.command.Root;
import org.azekura.cli.contact.Rest;
import org.azekura.cli.contact.Rows;
import org.azekura.cli.text.CommandFailure;
import org.azekura.cli.text.Exit;
import org.azekura.cli.text.Facts;
import org.azekura.cli.text.Json;
import org.azekura.cli.text.Table;
import org.azekura.cli.text.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code azekura client …} */
@Command(name = "client", description = "Hosts: whose data is protected, and who keeps it.", footer = {"", "Example:", "  azekura client list"})
public final class ClientCommands extends Group {

    private final Root root;

    public ClientCommands(Root root) {
        this.root = root;
    }

    @Command(name = "list", description = "All hosts, clients and storage nodes.", footer = {"", "Example:", "  azekura client list --json"})
    int list() {
        JsonNode hosts = root.rest().get("hosts");
        if (root.json()) {
            root.document(hosts);
            return Exit.DONE;
        }
        Table table = new Table("NAME", "ROLE", "STATE", "LAST SEEN", "VERSION", "CERTIFICATE UNTIL", "USED", "QUOTA");
        for (JsonNode host : hosts) {
            String state = !host.path("revoked").isNull() ? "revoked" : host.path("connected").asBoolean() ? "connected" : "gone";
            table.row(Words.text(host, "name"), Words.text(host, "role"), state, Words.time(host, "lastSeen"), Words.text(host, "version"), Words.time(host, "expires"),
                    Words.size(host, "used"), Words.size(host, "quota"));
        }
        table.print(root.out());
        return Exit.DONE;
    }

    @Command(name = "enrol", description = {"Makes a code by which one host can join, once; on that host: azekura join URL CODE.",
            "The code is secret until it is used. Without --name the host joins by its own name, if no other has it or had it."},
            footer = {"", "Example:", "  azekura client enrol --name web1"})
    int enrol(@Option(names = "--name", paramLabel = "NAME", description = "Of the host.") String name,
            @Option(names = "--role", paramLabel = "ROLE", description = "node or client: only for that (default: for whichever the host joins as).") String role,
            @Option(names = "--expires", paramLabel = "TIME", defaultValue = "1h", description = "How long the code is good, like 30m or 2d, at most 7d"
                    + " (default: ${DEFAULT-VALUE}).") String expires) {
        long seconds = TimeSpan.seconds(expires);
        if (seconds <= 0) {
            throw CommandFailure.usage("--expires is a time like 30m or 2d, not \"" + expires + "\"");
        }
        ObjectNode order = Json.object().put("seconds", seconds);
        Json.putGiven(order, "role", role);
        Json.putGiven(order, "name", name);
        JsonNode made = root.rest().post("enrolments", order);
        if (root.json()) {
            root.document(Rows.one(made, "code", "expires", "fingerprint"));
            return Exit.DONE;
        }
        Facts facts = new Facts(root.out());
        facts.put("code", Words.text(made, "code"));
        facts.put("expires", Words.time(made, "expires"));
        facts.put("fingerprint", Words.text(made, "fingerprint"));
        String url = Words.text(made, "url");
        facts.put("on the host", "azekura join " + (url.isEmpty() ? root.rest().url() : url) + " " + Words.text(made, "code")
                + (role == null ? "" : " --role " + role));
        if (url.isEmpty()) {
            root.terminal().warn("the appliance listens for callers of its own machine only; for others start it with: azekura up --host 0.0.0.0");
        }
        return Exit.DONE;
    }

    @Command(name = "revoke", description = {"Trusts a host no longer: its certificate is worth nothing any more, its connections end, its jobs fail.",
            "What it saved stays, and it can be enrolled anew."}, footer = {"", "Example:", "  azekura client revoke web1"})
    int revoke(@Parameters(paramLabel = "NAME", description = "Of the host.") String name,
            @Option(names = "--role", paramLabel = "ROLE", defaultValue = "client", description = "node or client (default: ${DEFAULT-VALUE}).") String role) {
        JsonNode answer = root.rest().post("hosts/" + Rest.encode(role) + "/" + Rest.encode(name) + "/revoke", null);
        if (root.json()) {
            root.document(answer);
        } else {
            answer.path("revoked").forEach(each -> root.out().println(each.asText() + " is revoked"));
        }
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
        if (root.json()) {
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
        if (root.json()) {
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
        if (root.json()) {
            root.document(answer);
            return Exit.DONE;
        }
        Facts facts = new Facts(root.out());
        facts.put(role, Words.text(answer, "name"));
        facts.put("address", answer.path("address").isTextual() ? Words.text(answer, "address") : "none, it dials itself");
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
        Json.putGiven(order, "pool", pool);
        Json.putGiven(order, "group", group);
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
        if (root.json()) {
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
