package org.azekura.server.disk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
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
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.Alert;
import org.azekura.api.server.ApplianceDisks.Condition;
import org.azekura.api.server.ApplianceDisks.Disk;
import org.azekura.api.server.ApplianceDisks.DiskSet;
import org.azekura.api.server.ApplianceDisks.Order;
import org.azekura.api.server.DiskHealth;
import org.azekura.api.server.DiskHealth.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A door that answers as the image's program does; that program is tried by the image's own tests. */
@Timeout(120)
class DiskDeskTest {

    private static final String WHOLE = "set\tpool1\twhole\tmirror\t1000\tsdb,sdc\t0\t/srv/pool1\n";

    private static final String DISKS = "disk\tsdb\tS1 x\tModel One\t4000\t\t\ndisk\tsda\t\t\t4000\tgpt, vfat\tthe running system is on it\ndisk\tnvme0n1\t\t\t4000\text4\t\n";

    @TempDir
    Path dir;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile String made = "ok\n";
    private volatile String shown = DISKS + WHOLE + "ok\n";
    private volatile CountDownLatch held = new CountDownLatch(0);
    private DiskPlaces places;
    private ServerSocketChannel door;
    private DiskDesk desk;

    @BeforeEach
    void open() throws Exception {
        places = DiskPlaces.of(dir);
        Files.createDirectories(places.health().getParent());
        Files.createDirectories(places.sets().getParent());
        Files.writeString(places.slot(), "SLOT=A\n");
        door = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(places.door()));
        Thread.ofPlatform().daemon().start(this::answer);
        desk = new DiskDesk(places);
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
                held.await();
                asking.write(ByteBuffer.wrap((line.equals("disks-show") ? shown : made)
                        .getBytes(UTF_8)));
            } catch (IOException | InterruptedException e) {
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

    private static Disk disk(String name, String serial, String model, String holds, String hindrance, String set, DiskHealth health) {
        return new Disk(name, serial, model, 4000, holds, hindrance, set, health);
    }

    private static DiskHealth health(String device, Verdict verdict) {
        return new DiskHealth(device, "ata", verdict, null, false, null, null, null, 0, null, false);
    }

    /** Of each its device, its serial number and its verdict. */
    private void asked(String... rows) throws IOException {
        Files.writeString(places.health(), "device\tprotocol\tmodel\tserial\tbytes\tstate\n" + String.join("\n", rows) + "\n");
    }

    private List<String> healths() throws BackupException {
        return desk.state().disks().stream().map(disk -> disk.name() + " " + (disk.health() == null ? "" : disk.health().device() + " " + disk.health().verdict().word())).toList();
    }

    @Test
    void listsDisksAndSetsBeforeAnybodyWasAskedForHealth() throws Exception {
        assertEquals(List.of(disk("sdb", "S1 x", "Model One", "", "", "pool1", null), disk("sda", "", "", "gpt, vfat", "the running system is on it", "", null),
                disk("nvme0n1", "", "", "ext4", "", "", null)), desk.state().disks());
        assertNull(desk.state().asked());
        assertEquals(List.of(new DiskSet("pool1", Condition.WHOLE, "mirror", 1000, List.of("sdb", "sdc"), 0, "/srv/pool1")), desk.state().sets());
    }

    @Test
    void eachDiskCarriesItsHealth() throws Exception {
        asked("/dev/sda\tata\t\t\t4000\tgood", "/dev/sdk\tata\tModel One\tS1_x\t4000\tfailing", "/dev/nvme0\tnvme\t\t\t4000\tgood");
        assertEquals(disk("sdb", "S1 x", "Model One", "", "", "pool1", health("/dev/sdk", Verdict.FAILING)), desk.state().disks().getFirst());
        assertEquals(List.of("sdb /dev/sdk failing", "sda /dev/sda good", "nvme0n1 /dev/nvme0 good"), healths(), "by serial number, else by name");
        assertEquals(Files.getLastModifiedTime(places.health()).toInstant(), desk.state().asked());
    }

    @Test
    void whatIsSaidOfAnotherDiskIsNobodysAndStillTold() throws Exception {
        asked("/dev/sdb\tata\tModel Zero\tGONE\t\tfailing", "/dev/bus/0\tscsi\tModel Two\tR5\t8000\tgood", "/dev/nvme1\tnvme\t\t\t\tgood");
        assertEquals(List.of("sdb ", "sda ", "nvme0n1 ", "/dev/sdb /dev/sdb failing", "/dev/bus/0 /dev/bus/0 good", "/dev/nvme1 /dev/nvme1 good"), healths(),
                "a disk in the place of one that was taken out is not called failing");
        Disk behind = desk.state().disks().get(4);
        assertEquals(List.of("R5", "Model Two", 8000L, ""), List.of(behind.serial(), behind.model(), behind.bytes(), behind.set()));
        assertFalse(behind.hindrance().isEmpty(), "it can't be taken");
    }

    @Test
    void ordersASetInWords() throws Exception {
        assertEquals("/srv/pool1", desk.make(order("pool1", List.of("sdb", "WD-1:2.3"), List.of("WD-1:2.3"))).folder());
        desk.attach("pool1");
        assertEquals(List.of("disks-make pool1 mirror sdb WD-1:2.3!", "disks-show", "disks-attach pool1", "disks-show"), asked);
    }

    /** The door answers eight at a time, and who would restart the machine asks there, too. */
    @Test
    void manyWhoLookTakeTheDoorFromNobody() throws Exception {
        desk.state();
        held = new CountDownLatch(1);
        List<Thread> callers = new ArrayList<>();
        List<String> seen = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 20; i++) {
            callers.add(Thread.ofPlatform().start(() -> {
                try {
                    seen.add(desk.state().sets().getFirst().name());
                } catch (BackupException e) {
                    seen.add(e.getMessage());
                }
            }));
        }
        while (callers.stream().filter(caller -> caller.getState() == Thread.State.WAITING).count() < 19) {
            Thread.sleep(5);
        }
        held.countDown();
        for (Thread caller : callers) {
            caller.join();
        }
        assertEquals(Collections.nCopies(20, "pool1"), seen);
        // one before they came, one for who came first, and one for who came behind that
        assertTrue(asked.size() == 2 || asked.size() == 3, asked::toString);
    }

    /** Nobody was refused anything: who asks may see the disks. */
    @Test
    void disksThatCanNotBeListedAreAFaultOfTheSystem() {
        shown = "refused the disks can't be listed\n";
        BackupException e = assertThrows(BackupException.class, desk::state);
        assertEquals("disk.system the disks can't be listed", e.failure().code() + " " + e.failure().message());
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
        odd.forEach(order -> refused("disk.invalid", order));
        assertEquals(List.of(), asked);
    }

    @Test
    void whatIsRefusedAndWhatFailedAreTwoThings() {
        made = "refused sdc is not empty (ext4); it is erased only if that is said\n";
        assertEquals("sdc is not empty (ext4); it is erased only if that is said", refused("disk.refused", order("pool1", List.of("sdc"), List.of())));
        made = "refused failed: the array can't be made; the log says why\n";
        assertEquals("the array can't be made; the log says why", refused("disk.system", order("pool1", List.of("sdc"), List.of())));
        made = "";
        refused("disk.system", order("pool1", List.of("sdc"), List.of()));
    }

    @Test
    void onAMachineWithoutAnImageEachCallSaysSo() throws Exception {
        Files.delete(places.slot());
        refused("disk.unsupported", order("pool1", List.of("sdb"), List.of()));
        assertEquals("disk.unsupported", assertThrows(BackupException.class, desk::state).failure().code());
        assertEquals("disk.unsupported", assertThrows(BackupException.class, () -> desk.attach("pool1")).failure().code());
        assertEquals(List.of(), asked);
    }

    @Test
    void aSetThatLacksDisksIsAnAlert() throws Exception {
        SetAlerts alerts = new SetAlerts(places.sets());
        assertEquals(List.of(), alerts.alerts(), "there is no image");
        Files.writeString(alerts.sets(), WHOLE + "set\told\tfound\tmirror\t1000\tsdd\t1\t/srv/old\nset\ta\tdegraded\traid6\t1000\tsde,sdf,sdg\t1\t/srv/a\n"
                + "set\tb\tmissing\tmirror\t0\t\t2\t/srv/b\nset\tc\tunmounted\tsingle\t1000\tsdh\t0\t/srv/c\n");
        assertEquals(List.of("disk.set.degraded a", "disk.set.missing b", "disk.set.unmounted c"), alerts.alerts().stream().map(alert -> alert.code() + " " + alert.subject().name()).toList());
        Alert degraded = alerts.alerts().getFirst();
        assertTrue(degraded.text().contains("works without 1 of its disks"), degraded.text());
        Files.writeString(alerts.sets(), "set\ta\n");
        assertThrows(BackupException.class, alerts::alerts, "nobody can say: what was there before stays");
    }
}
