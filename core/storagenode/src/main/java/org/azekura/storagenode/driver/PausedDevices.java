package org.azekura.storagenode.driver;

import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.driver.DeviceUse;
import org.azekura.api.message.PoolOrder;
import org.azekura.storagenode.device.Device;
import org.azekura.storagenode.device.Devices;
import org.azekura.storagenode.pool.Pool;
import org.azekura.storagenode.pool.Pools;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Devices out of use while their driver changes. Used by one thread. */
public final class PausedDevices implements DeviceUse.Pause {

    /** What a driver said of the settings before is still there at first. */
    private static final Duration FIRST_LOOK = Duration.ofSeconds(2);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Logger LOG = LoggerFactory.getLogger(PausedDevices.class);

    private final Devices devices;
    private final Pools pools;
    private final UnaryOperator<String> problems;
    private final Consumer<String> steps;
    private final Runnable resumed;
    /** As they were served when they paused; null where they were not. */
    private final Map<DeviceName, Device> before;
    /** Those of them that nobody could use. */
    private final Set<DeviceName> useless;
    /** Services that have been tried. */
    private final Set<Device> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<DeviceName, Device> proven = new HashMap<>();
    private boolean closed;

    /**
     * @param before   the devices, null for each that nobody served
     * @param useless  those of them that nobody could use
     * @param problems why a device of this name is not served, null if nobody knows
     * @param steps    told what has been tried, for people
     * @param resumed  told once at the end
     */
    PausedDevices(Devices devices, Pools pools, Map<DeviceName, Device> before, Set<DeviceName> useless, UnaryOperator<String> problems,
            Consumer<String> steps, Runnable resumed) {
        this.devices = devices;
        this.pools = pools;
        this.before = before;
        this.useless = useless;
        this.problems = problems;
        this.steps = steps;
        this.resumed = resumed;
        seen.addAll(before.values());
    }

    /** One that nobody could use before need not work now. */
    @Override
    public void prove(Duration patience) throws BackupException {
        proven.clear();
        long end = System.nanoTime() + patience.toNanos();
        for (DeviceName name : before.keySet()) {
            if (useless.contains(name)) {
                LOG.info("device {} was of no use before and is not tried", name);
                steps.accept("device " + name + " was of no use before and is not tried");
                continue;
            }
            try {
                Device now = served(name, patience, end);
                DeviceProof.run(now, pools.on(name), left(end));
                proven.put(name, now);
                steps.accept("device " + name + " has proved itself");
            } catch (BackupException e) {
                steps.accept("device " + name + " has not proved itself: " + e.getMessage());
                throw e;
            }
        }
    }

    /** The same when their settings are new: each must work, and hold the whole volumes of all pools that are to be on it, whatever was before;
     * but for closed media sets that are away. */
    void proveAll(Duration patience) throws BackupException {
        proven.clear();
        long end = System.nanoTime() + patience.toNanos();
        for (DeviceName name : before.keySet()) {
            Device now = served(name, patience, end);
            for (PoolOrder.OpenPool wanted : pools.wanted(name)) {
                DeviceProof.provePresent(wanted, () -> Pool.prove(wanted, now, left(end)));
            }
            for (Pool pool : pools.on(name)) {
                DeviceProof.provePresent(pool.order(), () -> pool.proveWhole(now, left(end)));
            }
            DeviceProof.run(now, pools.on(name), left(end));
            proven.put(name, now);
        }
    }

    private Device served(DeviceName name, Duration patience, long end) throws BackupException {
        Device now = next(name, end);
        if (now == null || !seen.add(now)) {
            String problem = problems.apply(name.value());
            throw BackupException.device("device.unserved", name.value(), "device " + name + " is not served"
                    + (problem == null ? " after " + patience.toSeconds() + " s" : ": " + problem), null);
        }
        return now;
    }

    /** Who serves the device now, null if nobody comes: a driver that says why it does not is not waited for to the end. */
    private Device next(DeviceName name, long end) throws BackupException {
        Duration slice = FIRST_LOOK;
        while (true) {
            Duration left = left(end);
            Device found = devices.await(name, device -> device != null && !seen.contains(device), slice.compareTo(left) < 0 ? slice : left);
            if (found != null && !seen.contains(found)) {
                return found;
            }
            if (System.nanoTime() >= end || problems.apply(name.value()) != null) {
                return null;
            }
            slice = LOOK;
        }
    }

    /** Never nothing: what has come in time is tried. */
    private static Duration left(long end) {
        return Duration.ofNanos(Math.max(1_000_000_000, end - System.nanoTime()));
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        before.forEach((name, old) -> {
            Device now = proven.get(name);
            Device found = devices.find(name);
            if (now != null && now == found) {
                if (old != null) {
                    old.served().giveWayTo(now.served());
                }
                pools.on(name).forEach(pool -> pool.moved(now));
            }
            devices.gate(name).resume(old == null || found != null);
        });
        resumed.run();
    }
}
