package org.azekura.storagenode;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.message.DeviceOrder;
import org.azekura.api.message.NodeReport;
import org.azekura.api.message.PoolAnswer;
import org.azekura.api.message.PoolOrder;
import org.azekura.testkit.device.Blobs;
import org.azekura.testkit.device.MemoryStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The settings of a device change while jobs use it. */
@Timeout(300)
class SettingsSwapTest extends OnOneNode {

    private static final String WHY = "device " + NodeBench.DEVICE + " gets other settings";
    private final MemoryStore other = new MemoryStore();

    /** {@code path=/same} is the medium that the device has, {@code /other} an empty one; {@code /sick} fails its self-test, {@code /none} is not served. */
    @BeforeEach
    void know() {
        bench.drivers.serves = settings -> switch (settings.getOrDefault("path", "/same")) {
            case "/same" -> new DrivenStore(store);
            case "/other" -> new DrivenStore(other);
            case "/sick" -> {
                DrivenStore sick = new DrivenStore(store);
                sick.broken = "the licence has expired";
                yield sick;
            }
            default -> null;
        };
    }

    private void set(Map<String, String> set, String... unset) throws BackupException {
        bench.server.done(new DeviceOrder.ChangeDevice(NodeBench.DEVICE, set, List.of(unset)));
    }

    @Test
    void aJobGoesOnWithTheNewSettings() throws Exception {
        try (Sender sender = new Sender(bench, 1)) {
            sender.awaitMore(100);
            set(Map.of("path", "/same", "size", "7"));
            sender.awaitMore(1_000);
            set(Map.of(), "path");
            sender.awaitMore(1_000);
            sender.assertAllThere();
        }
        assertEquals(Map.of("size", "7"), bench.drivers.settingsOf(NodeBench.DEVICE));
        assertEquals(List.of(Map.of("path", "/same", "size", "7"), Map.of("size", "7")), bench.drivers.kept);
        NodeReport.PoolPaused paused = new NodeReport.PoolPaused(NodeBench.POOL, WHY);
        NodeReport.PoolPaused on = new NodeReport.PoolPaused(NodeBench.POOL, null);
        assertEquals(List.of(paused, on, paused, on), bench.server.pauses(4));
    }

    @Test
    void whatDoesNotProveItselfIsPutBackAndJobsGoOn() throws Exception {
        try (Sender sender = new Sender(bench, 1)) {
            sender.awaitMore(50);
            for (String[] wrong : new String[][] {{"/other", "volume.missing"}, {"/sick", "device.broken"}}) {
                BackupException e = assertRefused(wrong[1], () -> set(Map.of("path", wrong[0])));
                assertTrue(e.getMessage().startsWith("device d1 keeps the settings that it had: "), e.getMessage());
                sender.awaitMore(500);
            }
            sender.assertAllThere();
        }
        assertEquals(Map.of(), bench.drivers.settingsOf(NodeBench.DEVICE));
        assertEquals(List.of(), other.keys(""), "something was written on another medium");
        assertEquals(List.of(Map.of(), Map.of()), bench.drivers.kept);
    }

    @Test
    void aCopyOfTheVolumeThatLacksAPackIsNotTakenForIt() throws Exception {
        try (NodeBench.Client client = bench.client(1)) {
            client.store(client.newChunks(3), 1000);
        }
        String pack = store.keys("packs/").getFirst();
        for (String key : store.keys("")) {
            if (!key.equals(pack)) {
                copy(key);
            }
        }
        BackupException e = assertRefused("volume.incomplete", () -> set(Map.of("path", "/other")));
        assertTrue(e.getMessage().contains("without 1 of its packs"), e.getMessage());
        copy(pack);
        set(Map.of("path", "/other"));
        assertEquals(Map.of("path", "/other"), bench.drivers.settingsOf(NodeBench.DEVICE));
    }

    private void copy(String key) throws BackupException {
        ByteBuffer bytes = ByteBuffer.allocate((int) store.size(key));
        store.read(key, 0, bytes);
        Blobs.put(other, key, bytes.array());
    }

    @Test
    void aDriverThatSaysWhyItWillNotIsNotWaitedForToTheEnd() throws Exception {
        bench.drivers.problem = "there is no folder /none";
        BackupException e = assertRefused("device.unserved", () -> set(Map.of("path", "/none")));
        assertTrue(e.getMessage().contains("keeps the settings that it had") && e.getMessage().endsWith("there is no folder /none"), e.getMessage());
        assertTrue(bench.role.pools.get(NodeBench.POOL).room() > 0);
    }

    @Test
    void aClosedSetThatIsAwayKeepsNothingFromItAndIsNotWritten() throws Exception {
        bench.server.order(closed(), PoolAnswer.VolumeReady.class);
        set(Map.of("path", "/other"));
        assertEquals(List.of(), other.keys(""), "a probe was written");
        set(Map.of("path", "/same"));
        List<String> before = store.keys("");
        store.fault((doing, key) -> {
            if (key.startsWith("probe-")) {
                throw BackupException.bug(doing + " " + key, null);
            }
        });
        set(Map.of("path", "/same", "size", "9"));
        assertEquals(before, store.keys(""));
        bench.server.order(bench.openOrder(false), PoolAnswer.VolumeReady.class);
        assertRefused("volume.missing", () -> set(Map.of("path", "/other")));
    }

    private static PoolOrder.OpenPool closed() {
        return new PoolOrder.OpenPool(NodeBench.POOL, NodeBench.DEVICE, FakeServer.APPLIANCE, null, null, null, null, null, -1, null, false, true);
    }

    @Test
    void whatIsThereAlreadyDisturbsNobodyAndNonsenseIsRefused() throws Exception {
        set(Map.of());
        assertEquals(List.of(), bench.drivers.kept);
        assertRefused("setting.unknown", () -> set(Map.of("colour", "red")));
        assertRefused("setting.unknown", () -> set(Map.of(), "colour"));
        assertRefused("device.unknown", () -> bench.server.done(new DeviceOrder.ChangeDevice(new DeviceName("none"), Map.of("size", "1"), List.of())));
    }

    @Test
    void aDeviceThatIsOfNoUseCanBeMendedOnlyByTheVolumeOfItsPool() throws Exception {
        bench.server.done(new PoolOrder.ClosePool(NodeBench.POOL));
        store.fault((doing, key) -> {
            throw BackupException.operator("setting.path", "/mnt", "/mnt is not there");
        });
        assertRefused("setting.path", () -> bench.server.order(bench.openOrder(false), PoolAnswer.VolumeReady.class));
        bench.drivers.serves = settings -> {
            store.fault((doing, key) -> {});
            return "/other".equals(settings.get("path")) ? other : store;
        };
        assertRefused("volume.unlabelled", () -> set(Map.of("path", "/other")));
        assertEquals(List.of(), other.keys(""));
        set(Map.of("path", "/same"));
        assertEquals("default-1", bench.server.order(bench.openOrder(false), PoolAnswer.VolumeReady.class).label());
    }
}
