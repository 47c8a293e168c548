package org.azekura.rest;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
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
                Route.get("clients", call -> Reply.ok(clients())));
    }

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
