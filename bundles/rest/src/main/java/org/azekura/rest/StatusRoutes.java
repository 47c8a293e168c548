package org.azekura.rest;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.Quota;
import org.azekura.api.catalog.Client;
import org.azekura.api.server.Appliance;
import org.azekura.api.server.Appliance.RoleState;

/** The appliance as a whole, and the hosts it protects. */
final class StatusRoutes {

    private final Appliance appliance;

    StatusRoutes(Appliance appliance) {
        this.appliance = appliance;
    }

    List<Route> routes() {
        return List.of(
                Route.get("status", call -> Reply.ok(appliance.status())),
                Route.get("clients", call -> Reply.ok(clients())),
                Route.get("clients/*/quota", call -> quota(appliance.quota(Names.client(call.name())))),
                Route.post("clients/*/quota", this::limit),
                Route.get("clients/*/trust-group", call -> trust(call, appliance.trust(Names.client(call.name())))),
                Route.post("clients/*/trust-group", this::join),
                Route.post("clients/*/trust-group/leave", call -> trust(call, appliance.leave(Names.client(call.name())))));
    }

    private Reply limit(Call call) throws BackupException, Refusal {
        Limit order = Json.read(call.body(), Limit.class);
        if (order.quota == null || order.quota < Quota.NONE) {
            throw Refusal.badRequest("request.value", "quota", "the field \"quota\" is a number of bytes; 0 for none");
        }
        return quota(appliance.limit(Names.client(call.name()), order.quota == 0 ? Quota.NONE : order.quota));
    }

    private static Reply quota(Quota quota) {
        return Reply.ok(new QuotaRow(quota.client().value(), quota.used(), quota.limit()));
    }

    private record Limit(Long quota) {}

    /** @param quota bytes, -1 without a bound */
    private record QuotaRow(String client, long used, long quota) {}

    private Reply join(Call call) throws BackupException, Refusal {
        Join order = Json.read(call.body(), Join.class);
        if (order.join == null) {
            throw Refusal.badRequest("request.value", "join", "the field \"join\" names a client, or a trust group by its 32 digits");
        }
        return trust(call, appliance.join(Names.client(call.name()), order.join));
    }

    private static Reply trust(Call call, Appliance.Trust trust) {
        return Reply.ok(new TrustRow(call.name(), trust.group().toString(), trust.members().stream().map(ClientName::value).toList()));
    }

    private record Join(String join) {}

    /** @param members of the group, the client among them */
    private record TrustRow(String client, String group, List<String> members) {}

    private List<ClientRow> clients() throws BackupException {
        Set<String> connected = appliance.status().roles().stream()
                .filter(role -> role.kind().equals("client") && role.connected())
                .map(RoleState::name).collect(Collectors.toSet());
        Map<ClientName, Quota> quotas = appliance.quotas().stream().collect(Collectors.toMap(Quota::client, quota -> quota));
        return appliance.clients().stream().map(client -> row(client, connected, quotas.getOrDefault(client.name(),
                new Quota(client.name(), Quota.NONE, 0)))).toList();
    }

    private static ClientRow row(Client client, Set<String> connected, Quota quota) {
        return new ClientRow(client.name().value(), connected.contains(client.name().value()), Json.time(client.lastSeen()), quota.used(),
                quota.limit());
    }

    /**
     * @param lastSeen null before its first contact
     * @param used     bytes stored of it
     * @param quota    bytes that may be, -1 without a bound
     */
    private record ClientRow(String name, boolean connected, String lastSeen, long used, long quota) {}
}
