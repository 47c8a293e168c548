package org.azekura.rest;

import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.server.Appliance;

/** Where the hosts are that may not dial the server. */
final class AddressRoutes {

    private final Appliance appliance;

    AddressRoutes(Appliance appliance) {
        this.appliance = appliance;
    }

    List<Route> routes() {
        return List.of(
                Route.get("clients/*/address", this::client),
                Route.post("clients/*/address", call -> {
                    appliance.setAddress(Names.client(call.name()), address(call));
                    return client(call);
                }),
                Route.get("nodes/*/address", this::node),
                Route.post("nodes/*/address", call -> {
                    appliance.setAddress(Names.node(call.name()), address(call));
                    return node(call);
                }));
    }

    private Reply client(Call call) throws BackupException, Refusal {
        return Reply.ok(new AddressRow(call.name(), appliance.address(Names.client(call.name())).orElse(null)));
    }

    private Reply node(Call call) throws BackupException, Refusal {
        return Reply.ok(new AddressRow(call.name(), appliance.address(Names.node(call.name())).orElse(null)));
    }

    private static String address(Call call) throws Refusal {
        String address = Json.read(call.body(), Address.class).address;
        if (address == null) {
            throw Refusal.badRequest("request.value", "address", "the field \"address\" is HOST:PORT, or \"\" for a host that dials itself");
        }
        return address;
    }

    private record Address(String address) {}

    /** @param address null for a host that dials itself */
    private record AddressRow(String name, String address) {}
}
