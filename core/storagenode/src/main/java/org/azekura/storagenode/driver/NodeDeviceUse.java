package org.azekura.storagenode.driver;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.PoolName;
import org.azekura.api.device.BlobStore;
import org.azekura.api.driver.DeviceUse;
import org.azekura.storagenode.device.Device;
import org.azekura.storagenode.device.Devices;
import org.azekura.storagenode.pool.Pools;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has this node's jobs wait while the driver of their devices changes. */
public final class NodeDeviceUse implements DeviceUse {

    /** A device that is of use tells its room in less. */
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(NodeDeviceUse.class);

    private final Devices devices;
    private final Pools pools;
    private final Drivers drivers;
    private final Told told;

    /** Whoever wants to know that jobs of a pool wait, and when they go on. */
    public interface Told {
        /** @param why null: they go on */
        void paused(PoolName pool, String why);

        /** What happens meanwhile, for people. */
        void step(String line);
    }

    public NodeDeviceUse(Devices devices, Pools pools, Drivers drivers, Told told) {
        this.devices = devices;
        this.pools = pools;
        this.drivers = drivers;
        this.told = told;
    }

    @Override
    public PausedDevices pause(Set<DeviceName> names, String why, Duration patience) throws BackupException {
        List<DeviceName> paused = new ArrayList<>();
        boolean done = false;
        try {
            for (DeviceName name : new TreeSet<>(names)) {
                devices.gate(name).pause(why);
                paused.add(name);
            }
            tell(paused, why);
            Map<DeviceName, Device> before = quiet(paused, patience);
            Set<DeviceName> useless = useless(before);
            done = true;
            return new PausedDevices(devices, pools, before, useless, this::problem, told::step, () -> tell(paused, null));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BackupException.device("device.interrupted", names.toString(), "interrupted while devices " + names + " were to pause", e);
        } finally {
            if (!done) {
                paused.forEach(name -> devices.gate(name).resume());
                tell(paused, null);
            }
        }
    }

    private void tell(List<DeviceName> paused, String why) {
        SortedSet<PoolName> concerned = new TreeSet<>();
        paused.forEach(name -> pools.on(name).forEach(pool -> concerned.add(pool.name())));
        concerned.forEach(pool -> told.paused(pool, why));
    }

    private Map<DeviceName, Device> quiet(List<DeviceName> names, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        Map<DeviceName, Device> before = new LinkedHashMap<>();
        for (DeviceName name : names) {
            Device device = devices.find(name);
            if (device != null && !devices.gate(name).awaitQuiet(device.served(), Duration.ofNanos(Math.max(0, end - System.nanoTime())))) {
                LOG.warn("device {}: what had begun did not end within {} s and is given up", name, patience.toSeconds());
            }
            before.put(name, device);
        }
        return before;
    }

    private static Set<DeviceName> useless(Map<DeviceName, Device> served) {
        Set<DeviceName> useless = new TreeSet<>();
        served.forEach((name, device) -> {
            if (device == null || !answers(device)) {
                useless.add(name);
            }
        });
        return useless;
    }

    private static boolean answers(Device device) {
        try {
            device.attempt("tell its free space", ANSWER, BlobStore::space);
            return true;
        } catch (BackupException e) {
            LOG.info("device {} is of no use before its driver changes: {}", device.name(), e.getMessage());
            return false;
        }
    }

    private String problem(String device) {
        try {
            DeviceName name = new DeviceName(device);
            String driver = drivers.driverOf(name);
            return driver == null ? "it is not configured" : drivers.problem(name, driver);
        } catch (BackupException e) {
            return e.getMessage();
        }
    }
}
