package org.azekura.rest;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.NodeName;
import org.azekura.api.PoolName;
import org.azekura.api.device.Traffic;
import org.azekura.api.driver.SettingsForm;
import org.azekura.api.server.Budget;
import org.azekura.api.server.Devices;
import org.azekura.api.server.MonthlyUse;

/** A device {@code default} that holds a pool, one that is called sick, and what somebody has bounded. */
final class FakeDevices implements Devices {

    private static final NodeName NODE = new NodeName("n1");

    final List<String> calls = new CopyOnWriteArrayList<>();
    /** Each of a device without a pool. */
    final Map<DeviceName, Budget> bounded = new ConcurrentHashMap<>();

    @Override
    public List<Device> list(NodeName node) {
        List<Device> all = new ArrayList<>(List.of(new Device(new DeviceName("default"), NODE, "disk", true, "/srv/pool", List.of(new PoolName("default")), "")));
        bounded.keySet().forEach(name -> all.add(new Device(name, NODE, "s3", true, "bucket", List.of(), "")));
        return all;
    }

    @Override
    public SettingsForm form(String driver, String language, NodeName node) throws BackupException {
        if (!driver.equals("shelf")) {
            throw BackupException.operator("driver.unknown", driver, "there is no driver " + driver + " here");
        }
        return new SettingsForm("shelf", "ja".equals(language) ? "棚" : "Shelf", "Keeps things.", List.of(
                new SettingsForm.Setting("path", "Folder", "Where it is.", SettingsForm.Kind.TEXT, true, null, null, null, List.of()),
                new SettingsForm.Setting("boards", "Boards", "How many, 1 to 9.", SettingsForm.Kind.WHOLE_NUMBER, false, "3", "1", "9", List.of()),
                new SettingsForm.Setting("width_mm", "Width (mm)", "Of a board.", SettingsForm.Kind.NUMBER, false, "0.5", null, null, List.of()),
                new SettingsForm.Setting("wood", "Wood", "", SettingsForm.Kind.TEXT, false, "oak", null, null, List.of(new SettingsForm.Choice("oak", "Oak"),
                        new SettingsForm.Choice("elm", "Elm"))),
                new SettingsForm.Setting("locked", "Locked", "", SettingsForm.Kind.SWITCH, false, "false", null, null, List.of()),
                new SettingsForm.Setting("key", "Key", "", SettingsForm.Kind.SECRET, false, null, null, null, List.of())));
    }

    @Override
    public Settings settings(DeviceName name, NodeName node) {
        return new Settings("shelf", NODE, new TreeMap<>(Map.of("path", "/srv/pool", "boards", "5")), List.of("key"));
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

    private Budget budget = Budget.NONE;

    @Override
    public List<MonthlyUse> uses() {
        List<MonthlyUse> all = new ArrayList<>(
                List.of(new MonthlyUse(new DeviceName("default"), NODE, YearMonth.of(2026, 11), new Traffic(1000, 500, 30, 70, 5), 2_500_000, 500_000, budget)));
        bounded.forEach((name, bounds) -> all.add(new MonthlyUse(name, NODE, YearMonth.of(2026, 11), Traffic.NONE, 0, 0, bounds)));
        return all;
    }

    @Override
    public MonthlyUse use(DeviceName name, NodeName node) throws BackupException {
        if (!name.value().equals("default")) {
            throw BackupException.operator("device.unknown", name.value(), "there is no device " + name);
        }
        return uses().getFirst();
    }

    @Override
    public MonthlyUse budget(DeviceName name, Budget now, NodeName node) throws BackupException {
        use(name, node);
        budget = now;
        calls.add("budget " + name + " " + now + " " + node);
        return uses().getFirst();
    }
}
