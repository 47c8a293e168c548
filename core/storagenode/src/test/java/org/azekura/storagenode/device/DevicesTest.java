package org.azekura.storagenode.device;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.testkit.device.MemoryStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class DevicesTest {

    private static final DeviceName NAME = new DeviceName("d1");
    private static final Duration LONG = Duration.ofMinutes(2);

    private final Devices devices = new Devices();
    private final MemoryStore store = new MemoryStore();

    @AfterEach
    void close() {
        devices.close();
    }

    @Test
    void waitsForADeviceToCome() throws Exception {
        CompletableFuture<Device> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return devices.get(NAME, LONG);
            } catch (BackupException e) {
                throw new AssertionError(e);
            }
        });
        devices.add(NAME, store);
        assertSame(store, waiting.get(120, TimeUnit.SECONDS).store());
    }

    @Test
    void namesWhatIsServedWhenADeviceDoesNotCome() {
        devices.add(new DeviceName("other"), store);
        BackupException e = assertRefused("device.unserved", () -> devices.get(NAME, Duration.ofMillis(10)));
        assertTrue(e.getMessage().contains("[other]"), e.getMessage());
    }

    @Test
    void theOldStoresGoingDoesNotTakeTheNewOneAway() throws Exception {
        MemoryStore newer = new MemoryStore();
        devices.add(NAME, store);
        Device old = devices.find(NAME);
        devices.add(NAME, newer);
        devices.remove(NAME, store);
        assertSame(newer, devices.find(NAME).store());
        assertNotSame(old, devices.find(NAME));
        assertRefused("device.closed", () -> old.call("x", LONG, s -> s.size("x")));
        devices.remove(NAME, newer);
        assertNull(devices.find(NAME));
    }
}
