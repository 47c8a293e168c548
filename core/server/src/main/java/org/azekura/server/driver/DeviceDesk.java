package org.azekura.server.driver;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.NodeName;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Pool;
import org.azekura.api.driver.SettingsForm;
import org.azekura.api.message.Answer;
import org.azekura.api.message.DeviceAnswer;
import org.azekura.api.message.DeviceOrder;
import org.azekura.api.server.Budget;
import org.azekura.api.server.Devices;
import org.azekura.api.server.MonthlyUse;
import org.azekura.server.budget.BudgetKeeper;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.host.Hosts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has storage nodes configure devices, try them and forget them. Thread-safe. */
public final class DeviceDesk implements Devices {

    private static final Logger log = LoggerFactory.getLogger(DeviceDesk.class);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    /** Longer than a node waits for a driver. */
    private static final Duration CONFIGURED = Duration.ofSeconds(45);
    /** Longer than a node waits for a self-test, behind the calls that are going on. */
    private static final Duration TESTED = Duration.ofMinutes(2);
    /** As long as calls wait for a device that pauses. */
    private static final Duration CHANGED = Duration.ofMinutes(4);

    private final CatalogStore catalog;
    private final Hosts hosts;
    private final Choice choice;
    private final Changed changed;
    private final BudgetKeeper budgets;

    /** Told that a device has other settings, which may be another place. */
    @FunctionalInterface
    public interface Changed {
        void changed(ConnectedNode node, DeviceName device) throws BackupException;
    }

    /** Which node is meant. */
    @FunctionalInterface
    public interface Choice {

        /**
         * @param name null: the usual one
         * @throws BackupException {@code node.*}
         */
        ConnectedNode node(NodeName name) throws BackupException;
    }

    public DeviceDesk(CatalogStore catalog, Hosts hosts, Choice choice, Changed changed, BudgetKeeper budgets) {
        this.catalog = catalog;
        this.hosts = hosts;
        this.choice = choice;
        this.changed = changed;
        this.budgets = budgets;
    }

    @Override
    public List<Device> list(NodeName node) throws BackupException {
        List<Pool> pools = catalog.read(CatalogView::pools);
        List<Device> all = new ArrayList<>();
        for (ConnectedNode one : node == null ? List.copyOf(hosts.nodes()) : List.of(hosts.node(node))) {
            try {
                all.addAll(of(one, pools));
            } catch (BackupException e) {
                if (node != null) {
                    throw e;
                }
                log.warn("node={} does not say which devices it has: {}", one.name(), e.getMessage());
            }
        }
        all.sort(Comparator.comparing(Device::node).thenComparing(Device::name));
        return all;
    }

    private static List<Device> of(ConnectedNode node, List<Pool> pools) throws BackupException {
        return node.ask(new DeviceOrder.ListDevices(), DeviceAnswer.Devices.class, ANSWER).devices().stream()
                .map(found -> device(node, found, pools)).toList();
    }

    private static Device device(ConnectedNode node, DeviceAnswer.DeviceFound found, List<Pool> pools) {
        List<PoolName> on = pools.stream().filter(pool -> pool.node().equals(node.name()) && pool.device().equals(found.device())).map(Pool::name).toList();
        return new Device(found.device(), node.name(), found.driver(), found.location() != null, found.location() == null ? "" : found.location(), on,
                found.problem() == null ? "" : found.problem());
    }

    @Override
    public SettingsForm form(String driver, String language, NodeName node) throws BackupException {
        List<ConnectedNode> asked = node != null ? List.of(hosts.node(node)) : hosts.nodes().stream().sorted(Comparator.comparing(ConnectedNode::name)).toList();
        BackupException refused = null;
        for (ConnectedNode one : asked) {
            try {
                return one.ask(new DeviceOrder.DescribeDriver(driver, language), DeviceAnswer.Form.class, ANSWER).form();
            } catch (BackupException e) {
                refused = e;
            }
        }
        throw refused != null ? refused : BackupException.operator("driver.unknown", driver, "no storage node is connected that could have a driver " + driver);
    }

    @Override
    public Settings settings(DeviceName name, NodeName node) throws BackupException {
        Device device = find(name, node);
        DeviceAnswer.Settings set = hosts.node(device.node()).ask(new DeviceOrder.ReadSettings(name), DeviceAnswer.Settings.class, ANSWER);
        return new Settings(device.driver(), device.node(), new TreeMap<>(set.values()), set.secrets());
    }

    @Override
    public Device add(DeviceName name, String driver, Map<String, String> settings, NodeName node) throws BackupException {
        ConnectedNode on = choice.node(node);
        // the order that follows would change one that is there, perhaps under a pool
        for (Device device : list(on.name())) {
            if (device.name().equals(name)) {
                throw BackupException.operator("device.exists", name.value(), "storage node " + on.name() + " has a device " + name + " of driver "
                        + device.driver() + " already; choose another name");
            }
        }
        on.ask(new DeviceOrder.ConfigureDevice(name, driver, settings), Answer.Done.class, CONFIGURED);
        log.info("device={} of driver {} is added on node={}", name, driver, on.name());
        return find(name, on.name());
    }

    @Override
    public Device change(DeviceName name, Map<String, String> set, Set<String> unset, NodeName node) throws BackupException {
        Device device = find(name, node);
        ConnectedNode on = hosts.node(device.node());
        try {
            on.ask(new DeviceOrder.ChangeDevice(name, set, List.copyOf(unset)), Answer.Done.class, CHANGED);
        } catch (BackupException e) {
            log.warn("device={} on node={}: {}", name, device.node(), e.getMessage());
            throw e;
        }
        // no values: there may be secrets among them
        log.info("device={} on node={} has other settings: {} set, {} unset", name, device.node(), new TreeSet<>(set.keySet()), new TreeSet<>(unset));
        changed.changed(on, name);
        return find(name, device.node());
    }

    @Override
    public Device test(DeviceName name, NodeName node) throws BackupException {
        Device device = find(name, node);
        try {
            hosts.node(device.node()).ask(new DeviceOrder.TestDevice(name), Answer.Done.class, TESTED);
        } catch (BackupException e) {
            log.warn("device={} on node={} has not passed its self-test: {}", name, device.node(), e.getMessage());
            throw e;
        }
        log.info("device={} on node={} has passed its self-test", name, device.node());
        return find(name, device.node());
    }

    @Override
    public void remove(DeviceName name, NodeName node) throws BackupException {
        Device device = find(name, node);
        if (!device.pools().isEmpty()) {
            throw BackupException.operator("device.used", name.value(), "device " + name + " on storage node " + device.node() + " holds "
                    + (device.pools().size() == 1 ? "pool " + device.pools().getFirst() : "the pools " + device.pools()) + "; it stays as long as that is there");
        }
        hosts.node(device.node()).ask(new DeviceOrder.RemoveDevice(name), Answer.Done.class, CONFIGURED);
        budgets.forget(device.node(), name);
        log.info("device={} of driver {} is removed from node={}", name, device.driver(), device.node());
    }

    @Override
    public List<MonthlyUse> uses() throws BackupException {
        return budgets.uses();
    }

    @Override
    public MonthlyUse use(DeviceName name, NodeName node) throws BackupException {
        return budgets.use(find(name, node).node(), name);
    }

    @Override
    public MonthlyUse budget(DeviceName name, Budget budget, NodeName node) throws BackupException {
        return budgets.put(find(name, node).node(), name, budget);
    }

    private Device find(DeviceName name, NodeName node) throws BackupException {
        List<Device> found = list(node).stream().filter(device -> device.name().equals(name)).toList();
        if (found.isEmpty()) {
            throw BackupException.operator("device.unknown", name.value(), "there is no device " + name + (node == null ? "" : " on storage node " + node)
                    + "; \"azekura device list\" names those of the nodes that are connected");
        }
        if (found.size() > 1) {
            throw BackupException.operator("device.ambiguous", name.value(), "several storage nodes have a device " + name + ": "
                    + found.stream().map(device -> device.node().value()).toList() + "; name one with --node");
        }
        return found.getFirst();
    }
}
