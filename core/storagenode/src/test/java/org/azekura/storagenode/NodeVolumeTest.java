package org.azekura.storagenode;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.azekura.api.ApplianceId;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.JobId;
import org.azekura.api.PoolName;
import org.azekura.api.SnapshotId;
import org.azekura.api.message.DeviceOrder;
import org.azekura.api.message.PoolAnswer;
import org.azekura.api.message.PoolOrder;
import org.azekura.engine.seal.KeyRing;
import org.azekura.engine.seal.Recipient;
import org.azekura.engine.seal.RecipientKey;
import org.azekura.storagenode.device.Devices;
import org.azekura.storagenode.driver.DeviceSetup;
import org.azekura.testkit.device.Blobs;
import org.azekura.testkit.device.MemoryStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Devices, labels and manifests. */
@Timeout(300)
class NodeVolumeTest {

    @TempDir
    Path dir;

    private NodeBench bench;

    @BeforeEach
    void open() throws Exception {
        bench = new NodeBench(dir);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private static DeviceOrder.ConfigureDevice configure(String driver) {
        return new DeviceOrder.ConfigureDevice(NodeBench.DEVICE, driver, Map.of("path", "/x"));
    }

    private MemoryStore device() throws BackupException {
        bench.server.done(configure("memory"));
        return bench.drivers.stores.get(NodeBench.DEVICE);
    }

    @Test
    void anUnknownDriverIsRefusedNamingTheKnownOnes() {
        BackupException e = assertRefused("driver.unknown", () -> bench.server.done(configure("floppy")));
        assertTrue(e.getMessage().contains("broken, memory"), e.getMessage());
        assertNull(bench.drivers.driverOf(NodeBench.DEVICE));
    }

    @Test
    void aSettingTheDriverDoesNotHaveIsRefusedNamingThoseItHas() {
        BackupException e = assertRefused("setting.unknown", () -> bench.server.done(new DeviceOrder.ConfigureDevice(NodeBench.DEVICE,
                "memory", Map.of("colour", "red"))));
        assertTrue(e.getMessage().contains("path, size"), e.getMessage());
        assertNull(bench.drivers.driverOf(NodeBench.DEVICE));
    }

    @Test
    void settingsThatWillNotDoAreToldAndNothingRemains() throws Exception {
        bench.drivers.fault = (doing, key) -> {
            throw BackupException.operator("setting.path", "/x", "/x is no folder");
        };
        BackupException e = assertRefused("setting.path", () -> bench.server.done(configure("memory")));
        assertEquals("/x is no folder", e.getMessage());
        assertNull(bench.drivers.driverOf(NodeBench.DEVICE));
    }

    @Test
    void aDriverThatFailsToStartIsNamedAtOnce() {
        bench.drivers.problem = "no such library";
        BackupException e = assertRefused("device.unserved", () -> bench.server.done(configure("broken")));
        assertTrue(e.getMessage().contains("no such library"), e.getMessage());
        assertNull(bench.drivers.driverOf(NodeBench.DEVICE));
    }

    @Test
    void aDriverThatNeverServesIsGivenUp() {
        DeviceSetup impatient = new DeviceSetup(bench.drivers, new Devices(), null, Duration.ofMillis(50));
        BackupException e = assertRefused("device.unserved", () -> impatient.configure(NodeBench.DEVICE, "broken", Map.of()));
        assertTrue(e.getMessage().contains("nothing came"), e.getMessage());
        assertNull(bench.drivers.driverOf(NodeBench.DEVICE));
    }

    @Test
    void configuringTheSameAgainChangesNothing() throws Exception {
        device();
        bench.server.done(configure("memory"));
        assertRefused("device.exists", () -> bench.server.done(configure("broken")));
        assertEquals("memory", bench.drivers.driverOf(NodeBench.DEVICE));
    }

    @Test
    void aDeviceCanBeForgotten() throws Exception {
        bench.pool();
        bench.server.done(new DeviceOrder.RemoveDevice(NodeBench.DEVICE));
        assertNull(bench.drivers.driverOf(NodeBench.DEVICE));
        bench.server.done(new DeviceOrder.RemoveDevice(new DeviceName("never-there")));
    }

    @Test
    void labelsAnEmptyDeviceAndKnowsItAgain() throws Exception {
        MemoryStore store = device();
        PoolAnswer.VolumeReady made = bench.server.order(bench.openOrder(true), PoolAnswer.VolumeReady.class);
        assertEquals(new PoolAnswer.VolumeReady(NodeBench.VOLUME, "default-1", "memory", 0, 1L << 40), made);
        assertEquals(List.of("azekura-label", "keyring-1"), store.keys(""));
        assertEquals(made, bench.reopen());
        assertEquals(made, bench.server.order(bench.openOrder(true), PoolAnswer.VolumeReady.class), "an open pool stays as it is");
    }

    @Test
    void aVolumeOfAnotherPoolOrApplianceIsForeign() throws Exception {
        MemoryStore store = device();
        Blobs.put(store, "azekura-label", bench.label(new PoolName("other"), FakeServer.APPLIANCE));
        BackupException e = assertRefused("volume.foreign", () -> bench.server.order(bench.openOrder(true), PoolAnswer.VolumeReady.class));
        assertTrue(e.getMessage().contains("pool other"), e.getMessage());
        store.lose("azekura-label");
        Blobs.put(store, "azekura-label", bench.label(NodeBench.POOL, new ApplianceId(8, 8)));
        assertRefused("volume.foreign", () -> bench.server.order(bench.openOrder(true), PoolAnswer.VolumeReady.class));
        assertEquals(List.of("azekura-label"), store.keys(""));
    }

    @Test
    void anUnreadableLabelIsQuarantinedNeverBlank() throws Exception {
        MemoryStore store = device();
        for (byte[] label : List.of(new byte[4096], new byte[10], new byte[0])) {
            Blobs.put(store, "azekura-label", label);
            assertRefused("volume.quarantined", () -> bench.server.order(bench.openOrder(true), PoolAnswer.VolumeReady.class));
            assertArrayEquals(label, Blobs.get(store, "azekura-label", 0, 5000));
            store.lose("azekura-label");
        }
    }

    @Test
    void whatIsNotEmptyIsNotLabelled() throws Exception {
        MemoryStore store = device();
        Blobs.put(store, "holiday.jpg", new byte[3]);
        BackupException e = assertRefused("volume.quarantined", () -> bench.server.order(bench.openOrder(true), PoolAnswer.VolumeReady.class));
        assertTrue(e.getMessage().contains("holiday.jpg"), e.getMessage());
        assertEquals(List.of("holiday.jpg"), store.keys(""));
    }

    @Test
    void withoutANewLabelAnEmptyDeviceIsUnlabelled() throws Exception {
        MemoryStore store = device();
        assertRefused("volume.unlabelled", () -> bench.server.order(bench.openOrder(false), PoolAnswer.VolumeReady.class));
        assertEquals(List.of(), store.keys(""));
    }

    @Test
    void keepsEveryKeyRingAndNeverWritesOneOver() throws Exception {
        bench.pool();
        MemoryStore store = bench.drivers.stores.get(NodeBench.DEVICE);
        RecipientKey key = RecipientKey.generate();
        KeyRing ninth = KeyRing.create(List.of(Recipient.of("a", key)));
        for (int number = 1; number < 9; number++) {
            ninth = ninth.with(ninth.unlock(key), Recipient.of("a", key));
        }
        KeyRing tenth = ninth.with(ninth.unlock(key), Recipient.of("b", key));
        KeyRing other = ninth.with(ninth.unlock(key), Recipient.of("c", key));
        for (KeyRing ring : List.of(ninth, tenth, tenth)) {
            bench.server.done(new PoolOrder.StoreKeyRing(NodeBench.POOL, ring.encoded()));
        }
        assertEquals(List.of("keyring-1", "keyring-10", "keyring-9"), store.keys("keyring-"));
        assertArrayEquals(tenth.encoded(), Blobs.get(store, "keyring-10", 0, KeyRing.MAX_BYTES));
        byte[] older = ninth.encoded();
        assertRefused("keyring.newer", () -> bench.server.done(new PoolOrder.StoreKeyRing(NodeBench.POOL, older)));
        assertRefused("keyring.other", () -> bench.server.done(new PoolOrder.StoreKeyRing(NodeBench.POOL, other.encoded())));
        assertRefused("keyring.corrupt", () -> bench.server.done(new PoolOrder.StoreKeyRing(NodeBench.POOL, new byte[9])));
        assertArrayEquals(tenth.encoded(), Blobs.get(store, "keyring-10", 0, KeyRing.MAX_BYTES));
    }

    @Test
    void aLabellingThatWasCutOffIsDoneAgain() throws Exception {
        MemoryStore store = device();
        store.fault((doing, key) -> {
            if (doing.equals("commit") && key.equals("azekura-label")) {
                throw BackupException.device("device.io", "memory", "cannot sync", null);
            }
        });
        assertRefused("device.io", () -> bench.server.order(bench.openOrder(true), PoolAnswer.VolumeReady.class));
        assertEquals(List.of("keyring-1"), store.keys(""));
        store.fault((doing, key) -> {});
        assertNotNull(bench.server.order(bench.openOrder(true), PoolAnswer.VolumeReady.class));
    }

    @Test
    void aHungDeviceDoesNotHoldUpOtherPools() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch letGo = new CountDownLatch(1);
        device().fault((doing, key) -> {
            hanging.countDown();
            try {
                letGo.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        FutureTask<PoolAnswer.VolumeReady> hung = new FutureTask<>(() -> bench.server.order(bench.openOrder(true), PoolAnswer.VolumeReady.class));
        Thread.startVirtualThread(hung);
        try {
            hanging.await();
            PoolName other = new PoolName("other");
            DeviceName device = new DeviceName("d2");
            bench.server.done(new DeviceOrder.ConfigureDevice(device, "memory", Map.of()));
            bench.server.order(new PoolOrder.OpenPool(other, device, FakeServer.APPLIANCE, bench.label(other, FakeServer.APPLIANCE), null),
                    PoolAnswer.VolumeReady.class);
            bench.server.done(new PoolOrder.ClosePool(other));
            assertFalse(hung.isDone());
        } finally {
            letGo.countDown();
        }
        assertEquals(NodeBench.VOLUME, hung.get().volume());
    }

    @Test
    void aPoolThatIsNotOpenIsUnknown() throws Exception {
        bench.pool();
        bench.server.done(new PoolOrder.ClosePool(NodeBench.POOL));
        assertRefused("pool.unknown", () -> bench.client(1));
        assertRefused("pool.unknown", () -> bench.server.done(new PoolOrder.RemoveManifest(NodeBench.POOL, new SnapshotId(1, 1))));
    }

    @Test
    void manifestsAreWrittenAndTakenOffAgain() throws Exception {
        MemoryStore store = bench.pool();
        SnapshotId snapshot = new SnapshotId(3, 4);
        PoolOrder.StoreManifest order = new PoolOrder.StoreManifest(new JobId(1), NodeBench.POOL, snapshot, new byte[] {1, 2, 3});
        bench.server.done(order);
        bench.server.done(order);
        assertArrayEquals(new byte[] {1, 2, 3}, Blobs.get(store, "snapshots/" + snapshot, 0, 10));
        bench.server.done(new PoolOrder.StoreManifest(new JobId(1), NodeBench.POOL, snapshot, new byte[] {9}));
        assertArrayEquals(new byte[] {9}, Blobs.get(store, "snapshots/" + snapshot, 0, 10), "one that was damaged is healed");
        bench.server.done(new PoolOrder.RemoveManifest(NodeBench.POOL, snapshot));
        bench.server.done(new PoolOrder.RemoveManifest(NodeBench.POOL, snapshot));
        assertEquals(List.of(), store.keys("snapshots/"));
    }
}
