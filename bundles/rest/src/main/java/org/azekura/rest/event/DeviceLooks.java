package org.azekura.rest.event;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.azekura.api.BackupException;
import org.azekura.api.server.Appliance;
import org.azekura.api.server.Devices;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at devices and sources of power while somebody listens, and tells what is not as it was at the look before. Nodes tell the server of power by themselves; how devices
 * are they are asked, without anything moving.
 */
final class DeviceLooks implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DeviceLooks.class);
    private static final long EVERY_s = 10;

    private final Appliance appliance;
    private final Devices devices;
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("device-looks").factory());
    private Map<Object, News.OfDevice> before;

    DeviceLooks(Appliance appliance, Devices devices) {
        this.appliance = appliance;
        this.devices = devices;
    }

    void open(BooleanSupplier wanted, Consumer<News> told) {
        looking.scheduleWithFixedDelay(() -> {
            try {
                look(wanted.getAsBoolean(), told);
            } catch (BackupException | RuntimeException e) {
                LOG.debug("devices could not be looked at: {}", e.getMessage());
            }
        }, EVERY_s, EVERY_s, TimeUnit.SECONDS);
    }

    /** One look. The first since somebody listens tells nothing. */
    void look(boolean wanted, Consumer<News> told) throws BackupException {
        if (!wanted) {
            before = null;
            return;
        }
        Map<Object, News.OfDevice> now = new HashMap<>();
        for (Devices.Device device : devices.list(null)) {
            put(now, new News.OfDevice("device", device.name().value(), device.node().value(), device.served() ? "served" : "away", device.problem()));
        }
        for (Appliance.Power power : appliance.status().power()) {
            put(now, new News.OfDevice("power", power.device(), power.node(), power.supply(), power.problem()));
        }
        if (before != null) {
            now.values().stream().filter(one -> !one.equals(before.get(one.about()))).forEach(told);
            before.values().stream().filter(one -> !now.containsKey(one.about())).forEach(one -> told.accept(new News.OfDevice(one.kind(), one.name(), one.node(), "gone", "")));
        }
        before = now;
    }

    private static void put(Map<Object, News.OfDevice> all, News.OfDevice one) {
        all.put(one.about(), one);
    }

    @Override
    public void close() {
        looking.shutdownNow();
    }
}
