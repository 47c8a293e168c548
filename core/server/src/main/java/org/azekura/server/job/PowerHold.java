package org.azekura.server.job;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.JobId;
import org.azekura.api.NodeName;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.Alert;
import org.azekura.api.catalog.Alert.Severity;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Pool;
import org.azekura.api.message.NodeReport;
import org.azekura.api.server.Appliance.Power;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.Obstacle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How storage nodes are fed, and which jobs wait because of it: those of a node that runs on battery, and all if that is the node of the server's own
 * process. Changes of drivers never wait. Thread-safe.
 */
public final class PowerHold implements Hold {

    private static final Logger log = LoggerFactory.getLogger(PowerHold.class);

    private final CatalogStore catalog;
    private final NodeName local;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<NodeName, Map<DeviceName, NodeReport.Power>> told = new TreeMap<>();

    PowerHold(CatalogStore catalog, NodeName local) {
        this.catalog = catalog;
        this.local = local;
    }

    void tells(NodeName node, NodeReport.Power report) {
        change(() -> told.computeIfAbsent(node, name -> new TreeMap<>()).put(report.device(), report));
    }

    void gone(NodeName node, DeviceName device) {
        change(() -> told.getOrDefault(node, new TreeMap<>()).remove(device));
    }

    /** A node has left, and what feeds it nobody knows. It tells when it is there again. */
    void left(NodeName node) {
        change(() -> told.remove(node));
    }

    private void change(Runnable what) {
        lock.lock();
        try {
            what.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String why(JobId job, Checked checked) {
        return why(checked);
    }

    String why(Checked checked) {
        if (checked instanceof Checked.Driver) {
            return null;
        }
        lock.lock();
        try {
            for (Map.Entry<NodeName, Map<DeviceName, NodeReport.Power>> node : told.entrySet()) {
                for (NodeReport.Power power : node.getValue().values()) {
                    if (power.held() && (node.getKey().equals(local) || isOn(node.getKey(), checked))) {
                        return why(node.getKey(), power);
                    }
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private boolean isOn(NodeName node, Checked checked) {
        return Stream.of(checked.pool(), checked.fills()).filter(Objects::nonNull).anyMatch(pool -> isOn(node, pool));
    }

    private boolean isOn(NodeName node, PoolName name) {
        try {
            return catalog.read(view -> view.pool(name)).map(Pool::node).filter(node::equals).isPresent();
        } catch (BackupException e) {
            log.warn("pool={} can't be looked up: {}", name, e.getMessage());
            return false;
        }
    }

    private static String why(NodeName node, NodeReport.Power power) {
        return "storage node " + node + " runs on battery: " + sentence(power) + "; it goes on by itself when the mains are back for good";
    }

    private static String sentence(NodeReport.Power power) {
        return power.device() + switch (power.supply()) {
            case MAINS -> " says that the mains are back, and they are watched for a while";
            case BATTERY -> " says so";
            case LOW -> " says that the battery is almost empty";
            case UNKNOWN -> " said so, and is silent now";
        };
    }

    @Override
    public void await(JobId job, Checked checked, String why) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (why.equals(why(checked))) {
                changed.await(1, TimeUnit.MINUTES);
            }
        } finally {
            lock.unlock();
        }
    }

    /** What feeds storage nodes, as far as it tells; by node, then by device. */
    public List<Power> power() {
        lock.lock();
        try {
            return told.entrySet().stream().flatMap(node -> node.getValue().values().stream().map(power -> power(node.getKey(), power))).toList();
        } finally {
            lock.unlock();
        }
    }

    private static Power power(NodeName node, NodeReport.Power power) {
        return new Power(power.device().value(), node.value(), power.supply().word(), power.held(), power.voltage() < 0 ? null : power.voltage() / 10.0,
                power.charge() < 0 ? null : power.charge(), power.since(), power.problem());
    }

    /** What of that needs a look. */
    public List<Alert> alerts() {
        lock.lock();
        try {
            return told.entrySet().stream().flatMap(node -> node.getValue().values().stream().map(power -> alert(node.getKey(), power)))
                    .filter(Objects::nonNull).toList();
        } finally {
            lock.unlock();
        }
    }

    private static Alert alert(NodeName node, NodeReport.Power power) {
        String where = "power source " + power.device() + " of storage node " + node;
        String jobs = power.held() ? "; jobs wait" : "";
        String problem = power.problem().isEmpty() ? "" : ": " + power.problem();
        return switch (power.supply()) {
            case MAINS -> power.held() ? alert("power.restored", Severity.WARNING, node, power, where + " is back on mains; jobs wait until that has lasted")
                    : problem.isEmpty() ? null : alert("power.troubled", Severity.WARNING, node, power, where + problem);
            case BATTERY -> alert("power.battery", Severity.WARNING, node, power, where + " is on battery" + problem + jobs);
            case LOW -> alert("power.low", Severity.ERROR, node, power, where + " is on battery, which is almost empty" + problem + jobs);
            case UNKNOWN -> alert("power.silent", Severity.WARNING, node, power, where + " is silent" + problem + (power.held() ? "; jobs wait, for it was on battery; \"azekura device remove "
                    + power.device() + "\" has them go on" : "; if the power fails, nobody notices"));
        };
    }

    private static Alert alert(String code, Severity severity, NodeName node, NodeReport.Power power, String text) {
        return Alert.of(code, severity, Alert.Subject.of("power", node + "/" + power.device()),
                Map.of("device", power.device().value(), "node", node.value(), "why", power.problem()), text);
    }

    /** A job that has not begun stays in the queue. */
    @Override
    public void tell(JobRecord record, String why) throws BackupException {
        record.held(why);
    }

    @Override
    public BackupException exception(String why) {
        return BackupException.device(Obstacle.BATTERY, "", why, null);
    }
}
