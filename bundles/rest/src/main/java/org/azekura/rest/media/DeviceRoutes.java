package org.azekura.rest.media;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.NodeName;
import org.azekura.api.PoolName;
import org.azekura.api.access.Right;
import org.azekura.api.server.Budget;
import org.azekura.api.server.Devices;
import org.azekura.api.server.MonthlyUse;
import org.azekura.rest.call.Call;
import org.azekura.rest.call.Names;
import org.azekura.rest.call.Parameter;
import org.azekura.rest.call.Refusal;
import org.azekura.rest.call.Reply;
import org.azekura.rest.call.Route;
import org.azekura.rest.call.Secret;

/** Devices of storage nodes. */
public final class DeviceRoutes {

    private static final Parameter NODE = Parameter.text("node", "backup1", "The storage node that has it, if several have one of this name");

    private static final Parameter LANGUAGE = Parameter.text("language", "ja", "In which it is read, if the driver speaks it");

    private final Devices devices;

    public DeviceRoutes(Devices devices) {
        this.devices = devices;
    }

    public List<Route> routes() {
        Route change = Route.patch("devices/{device}").needs(Right.OPERATE).says("Changes a device's settings, if it proves itself with them").answers(DeviceRow.class)
                .asks(NODE)
                // what a store is opened by would be sent to another one, and what comes next be put there
                .dangerous(this::terms).takes(Change.class, this::change);
        return List.of(
                Route.get("devices").needs(Right.READ).says("Devices of the storage nodes").lists(DeviceRow.class).asks(NODE)
                        .by(call -> Reply.ok(rows(devices.list(node(call))))),
                Route.post("devices").needs(Right.OPERATE).says("Makes a device, if its driver serves it").answers(201, DeviceRow.class).takes(Order.class, this::add),
                change, change.asPost(),
                Route.get("devices/{device}/settings").needs(Right.READ).says("What is set of a device, but no secrets").aboutAll().answers(SettingsRow.class).asks(NODE)
                        .by(this::settings),
                Route.get("drivers/{driver}/schema").needs(Right.READ).says("What can be set of a driver's devices, as a JSON Schema").answers(SchemaView.class)
                        .asks(LANGUAGE, NODE).by(call -> Reply.ok(SchemaView.of(devices.form(call.place("driver"), call.query("language"), node(call))))),
                Route.post("devices/{device}/test").needs(Right.OPERATE).says("Has a device's driver test it").answers(DeviceRow.class).asks(NODE)
                        .by(call -> Reply.ok(row(devices.test(device(call), node(call))))),
                Route.delete("devices/{device}").needs(Right.OPERATE).says("Forgets a device; its media stay").answers(Gone.class).asks(NODE)
                        .dangerousIf(this::freesMoney, this::bounded).by(this::remove));
    }

    private static DeviceName device(Call call) throws BackupException {
        return Names.device(call.place("device"));
    }

    private static NodeName node(Call call) throws BackupException {
        return Names.node(call.query("node"));
    }

    private Reply add(Call call, Order order) throws BackupException, Refusal {
        if (order.name == null || order.driver == null) {
            throw Refusal.badRequest("request.value", order.name == null ? "name" : "driver", "a device has a \"name\" and a \"driver\", like \"disk\"");
        }
        if (order.settings != null && order.settings.containsValue(null)) {
            throw Refusal.badRequest("request.value", "settings", "a setting must not be null; leave it out to get its default");
        }
        Devices.Device made = devices.add(new DeviceName(order.name), order.driver, order.settings == null ? Map.of() : order.settings, Names.node(order.node));
        return Reply.made(201, "devices?node=" + made.node(), row(made));
    }

    private Reply change(Call call, Change change) throws BackupException, Refusal {
        if (change.settings == null || change.settings.isEmpty()) {
            throw Refusal.badRequest("request.value", "settings", "say what is to change: \"settings\" with new values, null for a setting's default");
        }
        Map<String, String> set = new HashMap<>(change.settings);
        set.values().removeIf(Objects::isNull);
        Set<String> unset = new HashSet<>(change.settings.keySet());
        unset.removeAll(set.keySet());
        return Reply.ok(row(devices.change(device(call), set, unset, node(call))));
    }

    private Reply settings(Call call) throws BackupException {
        Devices.Settings set = devices.settings(device(call), node(call));
        return Reply.ok(new SettingsRow(set.driver(), set.node().value(), set.values(), set.secrets()));
    }

    private Terms terms(Call call) throws BackupException {
        Devices.Settings set = devices.settings(device(call), node(call));
        return new Terms(set.driver(), set.node().value(), set.values(), set.secrets());
    }

    /** Which the call means; empty if there is none, or several: then it is refused. */
    private Optional<Devices.Device> meant(Call call) throws BackupException {
        DeviceName name = device(call);
        List<Devices.Device> found = devices.list(node(call)).stream().filter(device -> device.name().equals(name)).toList();
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    private Budget budget(Devices.Device device) throws BackupException {
        return devices.uses().stream().filter(use -> use.node().equals(device.node()) && use.device().equals(device.name())).map(MonthlyUse::budget).findFirst().orElse(Budget.NONE);
    }

    /** A device that is made again under its name has no budget and has carried nothing: to remove it takes a bound of money away. One that holds a pool is refused at once. */
    private boolean freesMoney(Call call) throws BackupException {
        Optional<Devices.Device> device = meant(call);
        return device.isPresent() && device.get().pools().isEmpty() && Budget.NONE.costsMoreThan(budget(device.get()));
    }

    private Bounded bounded(Call call) throws BackupException {
        Devices.Device device = meant(call).orElse(null);
        if (device == null) {
            return null;
        }
        BudgetBounds bounds = BudgetBounds.of(budget(device));
        return new Bounded(device.driver(), device.node().value(), bounds.bytes(), bounds.requests(), bounds.money());
    }

    private Reply remove(Call call) throws BackupException {
        DeviceName name = device(call);
        devices.remove(name, node(call));
        return Reply.ok(new Gone(name.value()));
    }

    private List<DeviceRow> rows(List<Devices.Device> all) throws BackupException {
        List<MonthlyUse> uses = devices.uses();
        return all.stream().map(device -> row(device, uses.stream().filter(use -> use.node().equals(device.node()) && use.device().equals(device.name())).findFirst()
                .map(UseView::of).orElse(null))).toList();
    }

    private static DeviceRow row(Devices.Device device) {
        return row(device, null);
    }

    private static DeviceRow row(Devices.Device device, UseView use) {
        return new DeviceRow(device.name().value(), device.driver(), device.node().value(), device.served() ? "served" : "unserved", device.location(),
                device.pools().stream().map(PoolName::value).toList(), device.problem(), use);
    }

    /** @param node null: the usual one */
    private record Order(String name, String driver, @Secret Map<String, String> settings, String node) {}

    /** @param settings what is left out stays; null: the driver's default */
    private record Change(@Secret Map<String, String> settings) {}

    /** What is laid down of a device, as a change of it says it. @param secrets names of those that are set */
    private record Terms(String driver, String node, Map<String, String> settings, List<String> secrets) {}

    /**
     * @param values  all else has its default
     * @param secrets names of those that are set and never told
     */
    private record SettingsRow(String driver, String node, Map<String, String> values, List<String> secrets) {}

    /** What is laid down of a device, as its removal says it. @param bytes null: as many as come, and so with the others */
    private record Bounded(String driver, String node, Long bytes, Long requests, Double money) {}

    /** @param name of what is forgotten */
    private record Gone(String name) {}

    /**
     * @param state    served or unserved
     * @param location empty if it is not served
     * @param problem  empty if there is none, or none is known
     * @param use      of this month; null if its driver counts nothing, and in what is no list
     */
    private record DeviceRow(String name, String driver, String node, String state, String location, List<String> pools, String problem, UseView use) {}
}
