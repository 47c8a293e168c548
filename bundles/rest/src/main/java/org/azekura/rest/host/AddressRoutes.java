package org.azekura.rest.host;

import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.access.Right;
import org.azekura.api.server.Appliance;
import org.azekura.rest.call.Call;
import org.azekura.rest.call.Names;
import org.azekura.rest.call.Refusal;
import org.azekura.rest.call.Reply;
import org.azekura.rest.call.Route;

/** Where the hosts are that may not dial the server. */
public final class AddressRoutes {

    private final Appliance appliance;

    public AddressRoutes(Appliance appliance) {
        this.appliance = appliance;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("clients/{client}/address").needs(Right.READ).says("Where the server dials a client").answers(AddressRow.class).by(this::client),
                Route.post("clients/{client}/address").needs(Right.OPERATE).says("Where the server is to dial a client").answers(AddressRow.class)
                        .takes(Address.class, (call, order) -> {
                            appliance.setAddress(Names.client(call.place("client")), address(order));
                            return client(call);
                        }),
                Route.get("nodes/{node}/address").needs(Right.READ).says("Where the server dials a storage node").aboutAll().answers(AddressRow.class).by(this::node),
                Route.post("nodes/{node}/address").needs(Right.OPERATE).says("Where the server is to dial a storage node").answers(AddressRow.class)
                        .takes(Address.class, (call, order) -> {
                            appliance.setAddress(Names.node(call.place("node")), address(order));
                            return node(call);
                        }));
    }

    private Reply client(Call call) throws BackupException, Refusal {
        return Reply.ok(new AddressRow(call.place("client"), appliance.address(Names.client(call.place("client"))).orElse(null)));
    }

    private Reply node(Call call) throws BackupException, Refusal {
        return Reply.ok(new AddressRow(call.place("node"), appliance.address(Names.node(call.place("node"))).orElse(null)));
    }

    private static String address(Address order) throws Refusal {
        String address = order.address;
        if (address == null) {
            throw Refusal.badRequest("request.value", "address", "the field \"address\" is HOST:PORT, or \"\" for a host that dials itself");
        }
        return address;
    }

    private record Address(String address) {}

    /** @param address null for a host that dials itself */
    private record AddressRow(String name, String address) {}
}
