package org.azekura.storagenode;

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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Devices out of use while their driver changes. Used by one thread. */
final class PausedDevices implements DeviceUse.Pause {

    private static final Logger LOG = LoggerFactory.getLogger(PausedDevices.class);

    private final Devices devices;
    private final Pools pools;
    private final UnaryOperator<String> problems;
    private final Consumer<String> steps;
    private final Runnable resumed;
    /** As they were served when they paused; null where they were not, or did not answer. */
    private final Map<DeviceName, Device> before;
    /** Services that have been tried. */
    private final Set<Device> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<DeviceName, Device> proven = new HashMap<>();
    private boolean closed;

    /**
     * @param before   the devices, null for each that nobody could use
     * @param problems why a device of this name is not served, null if nobody knows
     * @param steps    told what has been tried, for people
     * @param resumed  told once at the end
     */
    PausedDevices(Devices devices, Pools pools, Map<DeviceName, Device> before, UnaryOperator<String> problems, Consumer<String> steps,
            Runnable resumed) {
        this.devices = devices;
        this.pools = pools;
        this.before = before;
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
        for (Map.Entry<DeviceName, Device> device : before.entrySet()) {
            DeviceName name = device.getKey();
            if (device.getValue() == null) {
                LOG.info("device {} was of no use before and is not tried", name);
                steps.accept("device " + name + " was of no use before and is not tried");
                continue;
            }
            try {
                prove(name, patience, end);
                steps.accept("device " + name + " has proved itself");
            } catch (BackupException e) {
                steps.accept("device " + name + " has not proved itself: " + e.getMessage());
                throw e;
            }
        }
    }

    private void prove(DeviceName name, Duration patience, long end) throws BackupException {
        Device now = devices.await(name, found -> found != null && !seen.contains(found), left(end));
        if (now == null || !seen.add(now)) {
            String problem = problems.apply(name.value());
            throw BackupException.device("device.unserved", name.value(), "device " + name + " is not served after " + patience.toSeconds() + " s"
                    + (problem == null ? "" : ": " + problem), null);
        }
        DeviceProof.run(now, pools.on(name), left(end));
        proven.put(name, now);
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
            if (now != null && now == devices.find(name)) {
                old.served().giveWayTo(now.served());
                pools.on(name).forEach(pool -> pool.moved(now));
            }
            devices.gate(name).resume();
        });
        resumed.run();
    }
}
