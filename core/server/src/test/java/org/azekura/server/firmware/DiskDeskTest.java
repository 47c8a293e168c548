package org.azekura.server.firmware;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.Alert;
import org.azekura.api.server.DataDisks.Condition;
import org.azekura.api.server.DataDisks.Disk;
import org.azekura.api.server.DataDisks.DiskSet;
import org.azekura.api.server.DataDisks.Order;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A door that answers as the image's program does; that program is tried by the image's own tests. */
@Timeout(120)
class DiskDeskTest {

    private static final String WHOLE = "set\tpool1\twhole\tmirror\t1000\tsdb,sdc\t0\t/srv/pool1\n";

    @TempDir
    Path dir;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile String made = "ok\n";
    private ServerSocketChannel door;
    private DiskDesk desk;

    @BeforeEach
    void open() throws Exception {
        Path socket = dir.resolve("door");
        door = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket));
        Thread.ofPlatform().daemon().start(this::answer);
        desk = new DiskDesk(Files.writeString(dir.resolve("slot"), "SLOT=A\n"), new SystemDoor(socket));
    }

    @AfterEach
    void close() throws Exception {
        door.close();
    }

    private void answer() {
        while (door.isOpen()) {
            try (SocketChannel asking = door.accept()) {
                String line = new java.io.BufferedReader(Channels.newReader(asking, UTF_8)).readLine();
                asked.add(line);
                asking.write(ByteBuffer.wrap((line.equals("disks-show") ? "disk\tsdb\tS1\tModel One\t4000\t\t\ndisk\tsda\t\t\t4000\tgpt, vfat\tthe running system is on it\n" + WHOLE + "ok\n" : made)
                        .getBytes(UTF_8)));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static Order order(String name, List<String> disks, List<String> erase) {
        return new Order(name, "mirror", disks, erase);
    }

    private String refused(String code, Order order) {
        BackupException e = assertThrows(BackupException.class, () -> desk.make(order));
        assertEquals(code, e.failure().code(), e.getMessage());
        return e.failure().message();
    }

    @Test
    void listsDisksAndSets() throws Exception {
        assertEquals(List.of(new Disk("sdb", "S1", "Model One", 4000, "", ""), new Disk("sda", "", "", 4000, "gpt, vfat", "the running system is on it")), desk.state().disks());
        assertEquals(List.of(new DiskSet("pool1", Condition.WHOLE, "mirror", 1000, List.of("sdb", "sdc"), 0, "/srv/pool1")), desk.state().sets());
    }

    @Test
    void ordersASetInWords() throws Exception {
        assertEquals("/srv/pool1", desk.make(order("pool1", List.of("sdb", "WD-1:2.3"), List.of("WD-1:2.3"))).folder());
        desk.attach("pool1");
        assertEquals(List.of("disks-make pool1 mirror sdb WD-1:2.3!", "disks-show", "disks-attach pool1", "disks-show"), asked);
    }

    @Test
    void whatCouldBeOtherWordsIsNotAsked() {
        List<Order> odd = new ArrayList<>();
        for (String word : List.of("", "a b", "sdb!", "-x", "../sdb", "a\nreboot", "$(reboot)", "x".repeat(65))) {
            odd.add(order(word, List.of("sdb", "sdc"), List.of()));
            odd.add(order("pool1", List.of("sdb", word), List.of()));
        }
        odd.add(order("pool1", List.of(), List.of()));
        odd.add(order("pool1", List.of("sdb"), List.of("sdc")));
        odd.forEach(order -> refused("disks.invalid", order));
        assertEquals(List.of(), asked);
    }

    @Test
    void whatIsRefusedAndWhatFailedAreTwoThings() {
        made = "refused sdc is not empty (ext4); it is erased only if that is said\n";
        assertEquals("sdc is not empty (ext4); it is erased only if that is said", refused("disks.refused", order("pool1", List.of("sdc"), List.of())));
        made = "refused failed: the array can't be made; the log says why\n";
        assertEquals("the array can't be made; the log says why", refused("disks.failed", order("pool1", List.of("sdc"), List.of())));
        made = "";
        refused("disks.failed", order("pool1", List.of("sdc"), List.of()));
    }

    @Test
    void onAMachineWithoutAnImageEachCallSaysSo() throws Exception {
        Files.delete(dir.resolve("slot"));
        refused("disks.unsupported", order("pool1", List.of("sdb"), List.of()));
        assertEquals("disks.unsupported", assertThrows(BackupException.class, desk::state).failure().code());
        assertEquals("disks.unsupported", assertThrows(BackupException.class, () -> desk.attach("pool1")).failure().code());
        assertEquals(List.of(), asked);
    }

    @Test
    void aSetThatLacksDisksIsAnAlert() throws Exception {
        DiskSetAlerts alerts = new DiskSetAlerts(dir.resolve("sets"));
        assertEquals(List.of(), alerts.alerts(), "there is no image");
        Files.writeString(alerts.sets(), WHOLE + "set\told\tfound\tmirror\t1000\tsdd\t1\t/srv/old\nset\ta\tdegraded\traid6\t1000\tsde,sdf,sdg\t1\t/srv/a\n"
                + "set\tb\tmissing\tmirror\t0\t\t2\t/srv/b\nset\tc\tunmounted\tsingle\t1000\tsdh\t0\t/srv/c\n");
        assertEquals(List.of("disks.degraded a", "disks.missing b", "disks.unmounted c"), alerts.alerts().stream().map(alert -> alert.code() + " " + alert.subject().name()).toList());
        Alert degraded = alerts.alerts().getFirst();
        assertTrue(degraded.text().contains("works without 1 of its disks"), degraded.text());
        Files.writeString(alerts.sets(), "set\ta\n");
        assertThrows(BackupException.class, alerts::alerts, "nobody can say: what was there before stays");
    }
}
