package org.azekura.storagenode;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.azekura.api.DeviceName;
import org.azekura.api.device.BlobStore;
import org.azekura.api.driver.SettingsForm;
import org.azekura.storagenode.driver.Drivers;
import org.azekura.storagenode.driver.Forms;
import org.azekura.testkit.device.MemoryStore;

/** A driver {@code memory} that serves at once, and one called {@code broken} that never does. */
final class FakeDrivers implements Drivers {

    private record Configured(String driver, Map<String, String> settings) {}

    final Map<DeviceName, MemoryStore> stores = new ConcurrentHashMap<>();
    volatile String problem;
    /** Whether the device that comes next says that its settings are wrong. */
    volatile MemoryStore.Fault fault = (doing, key) -> {};
    /** What serves a device with these settings after a change of them; null: nothing does. */
    volatile Function<Map<String, String>, BlobStore> serves = settings -> null;
    /** Settings that changes ended with. */
    final List<Map<String, String>> kept = new CopyOnWriteArrayList<>();
    private final Map<DeviceName, BlobStore> driven = new ConcurrentHashMap<>();
    private final Map<DeviceName, Configured> configured = new ConcurrentHashMap<>();
    /** Whom devices are brought to. */
    volatile StorageNodeRole role;

    FakeDrivers(StorageNodeRole role) {
        this.role = role;
    }

    @Override
    public SortedSet<String> known() {
        return new TreeSet<>(List.of("memory", "broken"));
    }

    @Override
    public SettingsForm form(String driver, String language) {
        return Forms.of(driver, "size", "path");
    }

    @Override
    public SortedMap<String, String> settings(DeviceName device) {
        return new TreeMap<>(settingsOf(device));
    }

    @Override
    public SortedMap<DeviceName, String> configured() {
        SortedMap<DeviceName, String> devices = new TreeMap<>();
        configured.forEach((device, now) -> devices.put(device, now.driver));
        return devices;
    }

    @Override
    public String driverOf(DeviceName device) {
        Configured now = configured.get(device);
        return now == null ? null : now.driver;
    }

    @Override
    public Change configure(DeviceName device, String driver, Map<String, String> settings) {
        Configured before = configured.put(device, new Configured(driver, settings));
        boolean changed = !configured.get(device).equals(before);
        if (changed && driver.equals("memory")) {
            serve(device);
        }
        return new Change() {
            @Override
            public boolean changed() {
                return changed;
            }

            @Override
            public void undo() {
                if (before == null) {
                    remove(device);
                } else {
                    configured.put(device, before);
                }
            }
        };
    }

    @Override
    public Change change(DeviceName device, Map<String, String> set, Set<String> unset) {
        Configured before = configured.get(device);
        Map<String, String> next = new HashMap<>(before.settings);
        next.putAll(set);
        next.keySet().removeAll(unset);
        Configured after = new Configured(before.driver, next);
        boolean changed = !after.equals(before);
        if (changed) {
            swap(device, after);
        }
        return new Change() {
            @Override
            public boolean changed() {
                return changed;
            }

            @Override
            public void undo() {
                swap(device, before);
            }

            @Override
            public void keep() {
                kept.add(configured.get(device).settings);
            }
        };
    }

    private void swap(DeviceName device, Configured to) {
        configured.put(device, to);
        BlobStore old = driven.remove(device);
        role.deviceWent(device, old == null ? stores.get(device) : old);
        BlobStore next = serves.apply(to.settings);
        if (next != null) {
            driven.put(device, next);
            role.deviceCame(device, next);
        }
    }

    Map<String, String> settingsOf(DeviceName device) {
        return configured.get(device).settings;
    }

    /** The driver restarts on the same medium, or comes for the first time. */
    void serve(DeviceName device) {
        MemoryStore store = stores.computeIfAbsent(device, name -> new MemoryStore());
        store.fault(fault);
        role.deviceCame(device, store);
    }

    @Override
    public void remove(DeviceName device) {
        configured.remove(device);
        MemoryStore store = stores.get(device);
        if (store != null) {
            role.deviceWent(device, store);
        }
    }

    @Override
    public String problem(DeviceName device, String driver) {
        return problem;
    }
}
