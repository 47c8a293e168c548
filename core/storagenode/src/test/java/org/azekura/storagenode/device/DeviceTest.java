package org.azekura.storagenode.device;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.testkit.device.MemoryStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class DeviceTest {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Duration SHORT = Duration.ofMillis(20);

    private final MemoryStore store = new MemoryStore();
    private final CountDownLatch hang = new CountDownLatch(1);
    private final Device device = new Device(new DeviceName("d1"), store);

    @AfterEach
    void letGo() {
        hang.countDown();
        device.close();
    }

    private Void hang() {
        try {
            hang.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return null;
    }

    @Test
    void callsRunOnNamedPlatformThreads() throws Exception {
        Thread thread = device.call("x", LONG, s -> Thread.currentThread());
        assertFalse(thread.isVirtual());
        assertTrue(thread.isDaemon());
        assertTrue(thread.getName().startsWith("device d1"), thread.getName());
    }

    @Test
    void whatTheDeviceSaysArrivesAsItIs() {
        BackupException said = BackupException.media("device.full", "x", "no room", null);
        assertEquals(said, assertRefused("device.full", () -> device.call("x", LONG, s -> {
            throw said;
        })));
        assertRefused("bug", () -> device.call("x", LONG, s -> {
            throw new IllegalStateException("oops");
        }));
    }

    @Test
    void aDriverThatThrowsAgainAndAgainIsToldOfOnce() throws Exception {
        List<Throwable> told = new CopyOnWriteArrayList<>();
        Device crashing = new Device(new DeviceName("d2"), store, new DeviceGate(new DeviceName("d2")), (name, last) -> told.add(last));
        for (int i = 1; i <= 6; i++) {
            String what = "oops " + i;
            // ours is ours
            assertRefused("bug", () -> crashing.call("x", LONG, s -> {
                throw new IllegalStateException(what);
            }));
            store.fault((doing, key) -> {
                throw new IllegalStateException(what);
            });
            BackupException e = assertRefused("driver.threw", () -> crashing.call("tell a size", LONG, s -> s.size("x")));
            assertEquals("the driver of device d2 threw java.lang.IllegalStateException: " + what + " when it had to tell a size", e.getMessage());
            assertTrue(Device.isGone(e), "it says nothing of what is on the device");
            store.fault((doing, key) -> {});
            crashing.call("x", LONG, s -> s.size("x"));
        }
        assertEquals(List.of("oops 3"), told.stream().map(Throwable::getMessage).toList());
        crashing.close();
    }

    /** Who can't be reached, lets nobody in or was set wrongly has told nothing of any pack: none must count as damaged for it. */
    @Test
    void whatSaysNothingOfWhatIsOnItIsGone() {
        assertTrue(Device.isGone(BackupException.network("device.io", "box", "the connection is lost", null)));
        assertTrue(Device.isGone(BackupException.operator("device.denied", "box", "it lets nobody in")));
        assertTrue(Device.isGone(BackupException.operator("device.missing", "box", "there is no bucket")));
        assertTrue(Device.isGone(BackupException.operator("setting.hostKey", "box", "it is another")));
        assertFalse(Device.isGone(BackupException.device("device.io", "disk", "a bad sector", null)));
        assertFalse(Device.isGone(BackupException.media("blob.missing", "packs/1", "there is no such blob", null)));
        assertFalse(Device.isGone(BackupException.media("device.full", "disk", "no room", null)));
    }

    @Test
    void aCallThatHangsIsNamedAndTheOthersGoOn() throws Exception {
        BackupException e = assertRefused("device.timeout", () -> device.call("write pack 12", SHORT, s -> hang()));
        assertTrue(e.getMessage().contains("d1 did not write pack 12"), e.getMessage());
        assertEquals(-1L, (long) device.call("x", LONG, s -> s.size("x")));
    }

    @Test
    void aDeviceThatHangsAltogetherCostsEachCallerItsTimeOutAndNoThread() throws Exception {
        for (int i = 0; i < Device.THREADS; i++) {
            device.begin("hang", LONG, s -> hang());
        }
        for (int i = 0; i < 3; i++) {
            assertRefused("device.timeout", () -> device.call("x", SHORT, s -> s.size("x")));
        }
        hang.countDown();
        assertEquals(-1L, (long) device.call("x", LONG, s -> s.size("x")));
    }

    @Test
    void nothingBeginsOnADeviceThatIsGone() {
        device.close();
        assertRefused("device.closed", () -> device.call("x", LONG, s -> s.size("x")));
    }

    @Test
    void whatCanBeDoneWithoutIsNotWaitedFor() throws Exception {
        DeviceGate gate = new DeviceGate(new DeviceName("d2"));
        Device changing = new Device(new DeviceName("d2"), store, gate, (name, last) -> {});
        changing.callPromptly("x", LONG, s -> 5);
        gate.pause("its driver is changed");
        assertRefused("device.paused", () -> changing.callPromptly("x", LONG, s -> 5));
        assertTrue(gate.awaitQuiet(changing.served(), Duration.ZERO), "none of them keeps its driver from being changed");
        gate.resume();
        assertRefused("device.timeout", () -> changing.callPromptly("x", SHORT, s -> hang()));
        changing.close();
    }
}
