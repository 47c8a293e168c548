package org.azekura.storagenode.driver;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.RetrievalTier;
import org.azekura.api.device.Terms;
import org.azekura.api.driver.SettingsForm;
import org.azekura.api.message.DeviceAnswer;
import org.azekura.engine.volume.Label;
import org.azekura.storagenode.cartridge.LibraryStore;
import org.azekura.storagenode.device.Device;
import org.azekura.storagenode.device.Devices;
import org.azekura.storagenode.pool.Pool;
import org.azekura.storagenode.pool.VolumeKeys;
import org.azekura.storagenode.pool.VolumeLabel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has devices configured and tries them before anybody relies on them. */
public final class DeviceSetup {

    private static final Logger LOG = LoggerFactory.getLogger(DeviceSetup.class);
    /** A driver's self-test ends within a minute. */
    private static final Duration SELF_TEST = Duration.ofSeconds(90);
    private static final Duration SLICE = Duration.ofMillis(200);

    private final Drivers drivers;
    private final Devices devices;
    private final NodeDeviceUse use;
    private final Duration patience;

    /** @param patience how long a driver may take to serve a device */
    public DeviceSetup(Drivers drivers, Devices devices, NodeDeviceUse use, Duration patience) {
        this.drivers = drivers;
        this.devices = devices;
        this.use = use;
        this.patience = patience;
    }

    /**
     * Makes or changes the device, waits for it and asks it for its room. After a failure everything is as before.
     *
     * @throws BackupException {@code driver.unknown}, {@code setting.unknown}, {@code device.exists}, {@code device.unserved}, or what the device says about its
     *                         settings
     */
    public void configure(DeviceName name, String driver, Map<String, String> settings) throws BackupException {
        requireDriver(driver);
        requireKnown(driver, settings.keySet());
        String other = drivers.driverOf(name);
        if (other != null && !other.equals(driver)) {
            throw BackupException.operator("device.exists", name.value(), "device " + name + " is one of driver " + other
                    + "; choose another name or remove it first");
        }
        Device before = devices.find(name);
        Drivers.Change change = drivers.configure(name, driver, settings);
        try {
            Device device = await(name, driver, change.changed() ? before : null);
            requireAlone(name, device);
            device.call("tell its free space", patience, store -> store.space());
            LOG.info("device {} of driver {} is there: {}", name, driver, device.store().location());
        } catch (BackupException e) {
            undo(change, e);
            throw e;
        }
    }

    private void requireDriver(String driver) throws BackupException {
        if (!drivers.known().contains(driver)) {
            throw BackupException.operator("driver.unknown", driver, "there is no driver " + driver + " here; there are: "
                    + String.join(", ", drivers.known()));
        }
    }

    /**
     * What can be set of a driver's devices.
     *
     * @throws BackupException {@code driver.unknown}
     */
    public SettingsForm form(String driver, String language) throws BackupException {
        requireDriver(driver);
        return drivers.form(driver, language);
    }

    /**
     * What is set of a device, but no secrets.
     *
     * @throws BackupException {@code device.unknown}; {@code driver.unknown} if its driver is gone: without that nobody knows what is secret
     */
    public DeviceAnswer.Settings settings(DeviceName name) throws BackupException {
        SettingsForm form = form(requireConfigured(name), null);
        SortedMap<String, String> values = drivers.settings(name);
        List<String> secrets = form.settings().stream().filter(setting -> setting.kind() == SettingsForm.Kind.SECRET).map(SettingsForm.Setting::name)
                .filter(values::containsKey).sorted().toList();
        values.keySet().retainAll(form.settings().stream().filter(setting -> setting.kind() != SettingsForm.Kind.SECRET).map(SettingsForm.Setting::name).toList());
        return new DeviceAnswer.Settings(values, secrets);
    }

    /** Two that move cartridges in one library take them from each other's drives. */
    private void requireAlone(DeviceName name, Device device) throws BackupException {
        for (DeviceName other : drivers.configured().keySet()) {
            Device there = other.equals(name) ? null : devices.find(other);
            if (there != null && there.store() instanceof LibraryStore && there.store().location().equals(device.store().location())) {
                throw BackupException.operator("device.exists", name.value(), "the library at " + device.store().location() + " is there already as device " + other
                        + "; use that");
            }
        }
    }

    private void requireKnown(String driver, Set<String> settings) throws BackupException {
        List<String> known = drivers.form(driver, null).settings().stream().map(SettingsForm.Setting::name).sorted().toList();
        for (String setting : settings) {
            if (!known.contains(setting)) {
                throw BackupException.operator("setting.unknown", setting, "driver " + driver + " has no setting " + setting + "; it has: "
                        + String.join(", ", known));
            }
        }
    }

    /**
     * Gives a device other settings while its jobs wait. Either it proves itself with them, or it has those that it had.
     *
     * @param set   the new values
     * @param unset settings that get their default
     * @throws BackupException {@code device.unknown}, {@code setting.unknown}, {@code device.paused}, what the device said with the new settings
     */
    public void change(DeviceName name, Map<String, String> set, Set<String> unset) throws BackupException {
        String driver = requireConfigured(name);
        requireKnown(driver, set.keySet());
        requireKnown(driver, unset);
        new SettingsSwap(drivers, use).run(name, set, unset);
    }

    private static void undo(Drivers.Change change, BackupException why) {
        try {
            change.undo();
        } catch (BackupException e) {
            why.addSuppressed(e);
        }
    }

    private Device await(DeviceName name, String driver, Device before) throws BackupException {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            Device device = devices.await(name, found -> found != null && found != before, SLICE);
            if (device != null && device != before) {
                return device;
            }
            String problem = drivers.problem(name, driver);
            if (problem != null || System.nanoTime() > end) {
                throw BackupException.device("device.unserved", name.value(), "driver " + driver + " does not serve device " + name + ": "
                        + (problem != null ? problem : "nothing came within " + patience.toSeconds() + " s"), null);
            }
        }
    }

    /** All that are configured, by name. */
    public List<DeviceAnswer.DeviceFound> list() throws BackupException {
        List<DeviceAnswer.DeviceFound> found = new ArrayList<>();
        for (Map.Entry<DeviceName, String> configured : drivers.configured().entrySet()) {
            Device device = devices.find(configured.getKey());
            found.add(new DeviceAnswer.DeviceFound(configured.getKey(), configured.getValue(), device == null ? null : device.store().location(),
                    device == null ? drivers.problem(configured.getKey(), configured.getValue()) : null));
        }
        return found;
    }

    /**
     * Tries a device as after a change of its driver; jobs go on meanwhile.
     *
     * @param pools that are open on it
     * @throws BackupException {@code device.unknown}, {@code device.unserved}, what the device says
     */
    public void test(DeviceName name, List<Pool> pools) throws BackupException {
        String driver = requireConfigured(name);
        DeviceProof.run(devices.get(name, patience), pools, SELF_TEST);
        LOG.info("device {} of driver {} has passed its self-test", name, driver);
    }

    private String requireConfigured(DeviceName name) throws BackupException {
        String driver = drivers.driverOf(name);
        if (driver == null) {
            throw BackupException.operator("device.unknown", name.value(), "no device " + name + " is configured here");
        }
        return driver;
    }

    /** The label of the volume in a device, as it is; null if there is none. */
    public byte[] label(DeviceName name) throws BackupException {
        Device device = devices.get(name, patience);
        return device.call("read the label", Pool.READ, store -> VolumeLabel.get(store, VolumeKeys.LABEL, Label.BYTES));
    }

    /** What reading from a device takes, as it says itself. */
    public Terms terms(DeviceName name) throws BackupException {
        return devices.get(name, patience).callPromptly("tell what reading takes", patience, BlobStore::terms);
    }

    /** How blobs can be had from its archive, the cheapest first; none if it has none. */
    public List<RetrievalTier> tiers(DeviceName name) throws BackupException {
        return devices.get(name, patience).callPromptly("tell of its archive", patience, BlobStore::tiers);
    }

    /** The folders of volumes that lie in a device for copies, by name. */
    public List<String> copies(DeviceName name) throws BackupException {
        return devices.get(name, patience).call("look for copies", Pool.READ, store -> {
            SortedSet<String> folders = new TreeSet<>();
            store.list(VolumeKeys.COPIES, blob -> {
                String folder = VolumeKeys.copiesWith(blob.key());
                if (folder != null) {
                    folders.add(folder);
                }
            });
            return List.copyOf(folders);
        });
    }

    /** @throws BackupException {@code device.busy} if the driver serves it still */
    public void remove(DeviceName name) throws BackupException {
        drivers.remove(name);
        if (devices.await(name, found -> found == null, patience) != null) {
            throw BackupException.device("device.busy", name.value(), "device " + name + " is still served after "
                    + patience.toSeconds() + " s", null);
        }
        LOG.info("device {} is forgotten", name);
    }
}
