package org.azekura.server.driver;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.NodeName;
import org.azekura.api.PoolName;
import org.azekura.api.message.DeviceAnswer;
import org.azekura.api.message.DeviceOrder;
import org.azekura.api.server.Devices;
import org.azekura.api.server.Devices.Device;
import org.azekura.server.budget.BudgetKeeper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class DeviceDeskTest {

    private static final DeviceName MAIN = new DeviceName("main");
    private static final DeviceName SPARE = new DeviceName("spare");
    private static final NodeName A = new NodeName("a");

    @TempDir
    Path dir;
    private Nodes nodes;
    private FakeNode a;
    private FakeNode b;
    private DeviceDesk desk;
    private final List<DeviceName> changed = new ArrayList<>();

    @BeforeEach
    void open() throws Exception {
        nodes = new Nodes(dir);
        a = nodes.node("a");
        b = nodes.node("b");
        desk = new DeviceDesk(nodes.catalog(), nodes.hosts, name -> nodes.hosts.node(name == null ? A : name),
                (node, device) -> changed.add(device), new BudgetKeeper(nodes.catalog(), nodes.hosts, Instant::now, spent -> { }));
        a.devices.add(new DeviceAnswer.DeviceFound(MAIN, "disk", "/srv/main", null));
        b.devices.add(new DeviceAnswer.DeviceFound(MAIN, "disk", null, "there is no folder /srv/main"));
        nodes.pool("p", "a", "main", "disk");
    }

    @AfterEach
    void close() {
        nodes.close();
    }

    @Test
    void tellsWhichDevicesThereAreAndWhatLiesOnThem() throws Exception {
        assertEquals(List.of(new Device(MAIN, A, "disk", true, "/srv/main", List.of(new PoolName("p")), ""),
                new Device(MAIN, new NodeName("b"), "disk", false, "", List.of(), "there is no folder /srv/main")), desk.list(null));
    }

    @Test
    void addsADeviceButNeverChangesOne() throws Exception {
        a.does = order -> a.devices.add(new DeviceAnswer.DeviceFound(SPARE, "disk", "/srv/spare", null));
        Device made = desk.add(SPARE, "disk", Map.of("path", "/srv/spare"), null);
        assertEquals("/srv/spare", made.location());
        assertTrue(a.orders.contains(new DeviceOrder.ConfigureDevice(SPARE, "disk", Map.of("path", "/srv/spare"))));
        int before = a.orders.size();
        assertRefused("device.exists", () -> desk.add(MAIN, "disk", Map.of("path", "/elsewhere"), A));
        assertTrue(a.orders.subList(before, a.orders.size()).stream().noneMatch(order -> order instanceof DeviceOrder.ConfigureDevice));
    }

    @Test
    void changesTheSettingsOfOneThatIsThereAlsoUnderAPool() throws Exception {
        assertEquals(MAIN, desk.change(MAIN, Map.of("path", "/mnt"), Set.of("size"), A).name());
        assertTrue(a.orders.contains(new DeviceOrder.ChangeDevice(MAIN, Map.of("path", "/mnt"), List.of("size"))));
        assertRefused("device.ambiguous", () -> desk.change(MAIN, Map.of("path", "/mnt"), Set.of(), null));
        assertRefused("device.unknown", () -> desk.change(SPARE, Map.of("path", "/mnt"), Set.of(), A));
        a.does = order -> {
            throw BackupException.media("volume.missing", "/mnt", "device main keeps the settings that it had: no volume is in /mnt", null);
        };
        assertRefused("volume.missing", () -> desk.change(MAIN, Map.of("path", "/mnt"), Set.of(), A));
        assertEquals(List.of(MAIN), changed);
    }

    @Test
    void asksTheFirstNodeThatHasTheDriverWhatCanBeSet() throws Exception {
        b.drivers.add(FakeNode.driver("shelf", "1.0.0"));
        assertEquals("Form of ja", desk.form("shelf", "ja", null).title());
        assertRefused("driver.unknown", () -> desk.form("shelf", "ja", A));
        assertRefused("driver.unknown", () -> desk.form("nothing", null, null));
        assertRefused("node.offline", () -> desk.form("shelf", null, new NodeName("c")));
    }

    @Test
    void tellsWhatIsSetOfADevice() throws Exception {
        assertEquals(new Devices.Settings("disk", A, new TreeMap<>(Map.of("path", "/srv/main")), List.of("secret")), desk.settings(MAIN, A));
        assertRefused("device.ambiguous", () -> desk.settings(MAIN, null));
    }

    @Test
    void passesOnWhatADeviceSays() throws Exception {
        a.does = order -> {
            throw BackupException.device("device.sick", "main", "it does not feel well", null);
        };
        assertRefused("device.sick", () -> desk.test(MAIN, A));
        assertRefused("device.sick", () -> desk.add(SPARE, "disk", Map.of(), A));
        a.does = order -> {};
        assertEquals(MAIN, desk.test(MAIN, A).name());
        assertEquals(new DeviceOrder.TestDevice(MAIN), a.orders.get(a.orders.size() - 2));
    }

    @Test
    void removesOnlyWhatNoPoolUsesAndWhatIsMeantForSure() throws Exception {
        assertRefused("device.used", () -> desk.remove(MAIN, A));
        assertRefused("device.ambiguous", () -> desk.remove(MAIN, null));
        assertRefused("device.unknown", () -> desk.remove(SPARE, null));
        assertRefused("node.offline", () -> desk.remove(MAIN, new NodeName("c")));
        desk.remove(MAIN, new NodeName("b"));
        assertEquals(new DeviceOrder.RemoveDevice(MAIN), b.orders.getLast());
        assertTrue(a.orders.stream().noneMatch(order -> order instanceof DeviceOrder.RemoveDevice));
    }
}
