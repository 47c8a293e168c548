package org.azekura.rest;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.NodeName;
import org.azekura.api.PoolName;
import org.azekura.api.server.Devices;

/** A device {@code default} that holds a pool, and one that is called sick. */
final class FakeDevices implements Devices {

    private static final NodeName NODE = new NodeName("n1");

    final List<String> calls = new CopyOnWriteArrayList<>();

    @Override
    public List<Device> list(NodeName node) {
        return List.of(new Device(new DeviceName("default"), NODE, "disk", true, "/srv/pool", List.of(new PoolName("default")), ""));
    }

    @Override
    public Device add(DeviceName name, String driver, Map<String, String> settings, NodeName node) throws BackupException {
        if (name.value().equals("default")) {
            throw BackupException.operator("device.exists", name.value(), "there is one");
        }
        calls.add("add " + name + " " + driver + " " + settings + " " + node);
        return new Device(name, NODE, driver, true, "/srv/x", List.of(), "");
    }

    @Override
    public Device change(DeviceName name, Map<String, String> set, Set<String> unset, NodeName node) throws BackupException {
        if (name.value().equals("sick")) {
            throw BackupException.media("volume.missing", name.value(), "device sick keeps the settings that it had: no volume is there", null);
        }
        calls.add("change " + name + " " + set + " " + unset + " " + node);
        return list(node).getFirst();
    }

    @Override
    public Device test(DeviceName name, NodeName node) throws BackupException {
        if (name.value().equals("sick")) {
            throw BackupException.device("device.sick", name.value(), "it does not feel well", null);
        }
        return list(node).getFirst();
    }

    @Override
    public void remove(DeviceName name, NodeName node) throws BackupException {
        if (name.value().equals("default")) {
            throw BackupException.operator("device.used", name.value(), "device default holds pool default");
        }
        calls.add("forget " + name + " " + node);
    }
}
