package org.azekura.rest;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
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
                Route.get("clients/*/trust-group", call -> trust(call, appliance.trust(Names.client(call.name())))),
                Route.post("clients/*/trust-group", this::join),
                Route.post("clients/*/trust-group/leave", call -> trust(call, appliance.leave(Names.client(call.name())))));
    }

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
        return appliance.clients().stream().map(client -> row(client, connected)).toList();
    }

    private static ClientRow row(Client client, Set<String> connected) {
        return new ClientRow(client.name().value(), connected.contains(client.name().value()), Json.time(client.lastSeen()));
    }

    /** @param lastSeen null before its first contact */
    private record ClientRow(String name, boolean connected, String lastSeen) {}
}
