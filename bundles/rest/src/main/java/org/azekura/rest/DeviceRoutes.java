package org.azekura.rest;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.PoolName;
import org.azekura.api.server.Devices;

/** Devices of storage nodes. */
final class DeviceRoutes {

    private static final Set<String> NODE = Set.of("node");

    private final Devices devices;

    DeviceRoutes(Devices devices) {
        this.devices = devices;
    }

    List<Route> routes() {
        return List.of(
                Route.get("devices", NODE, call -> Reply.ok(devices.list(Names.node(call.query("node"))).stream().map(DeviceRoutes::row).toList())),
                Route.post("devices", this::add),
                new Route("PATCH", "devices/*", NODE, this::change),
                // for callers whose library knows no PATCH
                new Route("POST", "devices/*", NODE, this::change),
                new Route("POST", "devices/*/test", NODE, call -> Reply.ok(row(devices.test(Names.device(call.name()), Names.node(call.query("node")))))),
                new Route("DELETE", "devices/*", NODE, this::remove));
    }

    private Reply add(Call call) throws BackupException, Refusal {
        Order order = Json.read(call.body(), Order.class);
        if (order.name == null || order.driver == null) {
            throw Refusal.badRequest("request.value", order.name == null ? "name" : "driver", "a device has a \"name\" and a \"driver\", like \"disk\"");
        }
        if (order.settings != null && order.settings.containsValue(null)) {
            throw Refusal.badRequest("request.value", "settings", "a setting must not be null; leave it out to get its default");
        }
        Devices.Device made = devices.add(new DeviceName(order.name), order.driver, order.settings == null ? Map.of() : order.settings, Names.node(order.node));
        return Reply.made(201, ApiServlet.ROOT + "/devices?node=" + made.node(), row(made));
    }

    private Reply change(Call call) throws BackupException, Refusal {
        Change change = Json.read(call.body(), Change.class);
        if (change.settings == null || change.settings.isEmpty()) {
            throw Refusal.badRequest("request.value", "settings", "say what is to change: \"settings\" with new values, null for a setting's default");
        }
        Map<String, String> set = new HashMap<>(change.settings);
        set.values().removeIf(Objects::isNull);
        Set<String> unset = new HashSet<>(change.settings.keySet());
        unset.removeAll(set.keySet());
        return Reply.ok(row(devices.change(Names.device(call.name()), set, unset, Names.node(call.query("node")))));
    }

    private Reply remove(Call call) throws BackupException {
        DeviceName name = Names.device(call.name());
        devices.remove(name, Names.node(call.query("node")));
        return Reply.ok(new Gone(name.value()));
    }

    private static DeviceRow row(Devices.Device device) {
        return new DeviceRow(device.name().value(), device.driver(), device.node().value(), device.served() ? "served" : "unserved", device.location(),
                device.pools().stream().map(PoolName::value).toList(), device.problem());
    }

    /** @param node null: the usual one */
    private record Order(String name, String driver, Map<String, String> settings, String node) {}

    /** @param settings what is left out stays; null: the driver's default */
    private record Change(Map<String, String> settings) {}

    /** @param name of what is forgotten */
    private record Gone(String name) {}

    /**
     * @param state    served or unserved
     * @param location empty if it is not served
     * @param problem  empty if there is none, or none is known
     */
    private record DeviceRow(String name, String driver, String node, String state, String location, List<String> pools, String problem) {}
}
