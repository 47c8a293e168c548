package org.azekura.server.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.Alert;
import org.azekura.api.catalog.Alert.Severity;
import org.azekura.api.server.DiskHealth;
import org.azekura.api.server.DiskHealth.Verdict;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthAlertsTest {

    private static final String COLUMNS = "device\tprotocol\tmodel\tserial\tbytes\tstate\ttemperature\thot\thours\tpending\terrors\tgrown\tused\tspent";
    private static final String GOOD = "/dev/sda\tata\tQEMU HARDDISK\tSATA77\t67108864\tgood\t31\t0\t1\t\t0\t0\t\t0";

    @TempDir
    Path dir;
    private DiskPlaces places;
    private Instant now;

    @BeforeEach
    void places() throws Exception {
        places = DiskPlaces.of(dir);
        Files.createDirectories(places.health().getParent());
        Files.writeString(places.slot(), "SLOT=A\n");
        now = Files.getLastModifiedTime(places.slot()).toInstant().plusSeconds(60);
    }

    private List<Alert> alerts(String... lines) throws Exception {
        Files.writeString(places.health(), COLUMNS + "\n" + String.join("\n", lines) + "\n");
        Files.setLastModifiedTime(places.health(), FileTime.from(now));
        return alerts();
    }

    private List<Alert> alerts() throws BackupException {
        return new HealthAlerts(places, () -> now).alerts();
    }

    @Test
    void readsWhatIsKnownAndLeavesTheRestOpen() throws Exception {
        assertEquals(List.of(), alerts(GOOD, "/dev/sdb\tscsi\t\t\t\tsome day\t-\t\tmany"));
        List<Checkup> disks = Checkups.read(places.health()).disks();
        assertEquals(new Checkup("QEMU HARDDISK", "SATA77", 67108864L, new DiskHealth("/dev/sda", "ata", Verdict.GOOD, 31, false, 1L, null, 0L, 0, null, false)), disks.getFirst());
        DiskHealth bare = disks.getLast().health();
        assertEquals(Verdict.UNKNOWN, bare.verdict());
        assertNull(bare.temperature());
        assertNull(bare.hours());
        assertEquals(List.of(), DiskLines.checkups(List.of()));
        assertEquals("/dev/sdz", DiskLines.checkups(List.of("new\tdevice", "x\t/dev/sdz", "\t", "")).getFirst().health().device());
    }

    @Test
    void aDiskThatFailsIsAnErrorByItsSerialNumberUntilItIsReplaced() throws Exception {
        Alert alert = alerts(GOOD.replace("good", "failing")).getFirst();
        assertEquals("disk.failing", alert.code());
        assertEquals(Severity.ERROR, alert.severity());
        assertEquals("SATA77", alert.subject().name());
        assertEquals("disk /dev/sda (QEMU HARDDISK, serial number SATA77) says that it is failing: replace it", alert.text());
        assertEquals(alert.key(), alerts(GOOD.replace("good", "failing").replace("/dev/sda", "/dev/sdk")).getFirst().key());
        assertEquals(List.of(), alerts(GOOD.replace("SATA77", "NEW")));
    }

    @Test
    void whatIsComingIsAWarning() throws Exception {
        assertEquals(List.of("disk.errors", "disk.worn", "disk.hot"), alerts("/dev/nvme0\tnvme\tM\tN\t\tgood\t81\t1\t9\t\t12\t2\t90\t0").stream().map(Alert::code).toList());
        assertEquals(List.of("disk.errors"), alerts("/dev/sda\tata\tM\tN\t\tgood\t\t0\t9\t1\t12\t0\t89\t0").stream().map(Alert::code).toList());
        Alert spent = alerts("/dev/nvme0\tnvme\tM\tN\t\tgood\t\t0\t9\t\t12\t0\t\t1").getFirst();
        assertEquals("disk.worn", spent.code());
        assertTrue(spent.text().endsWith("has no spare blocks any more: replace it"), spent.text());
        assertEquals(Severity.WARNING, spent.severity());
        // it came with them
        assertEquals(List.of(), alerts("/dev/sda\tata\tM\tN\t\tgood\t\t0\t9\t0\t12\t0\t10\t0"));
    }

    @Test
    void thatNobodyAsksAnyMoreIsTold() throws Exception {
        assertEquals(List.of(), alerts());
        now = now.plus(Duration.ofHours(25));
        assertEquals("disk.unasked", alerts().getFirst().code());
        assertEquals(List.of(), alerts(GOOD));
        now = now.plus(Duration.ofHours(25));
        assertEquals("disk.unasked", alerts().getFirst().code());
    }

    @Test
    void whereNoImageRunsNothingIsSaid() throws Exception {
        assertFalse(alerts(GOOD.replace("good", "failing")).isEmpty());
        Files.delete(places.slot());
        assertEquals(List.of(), alerts());
    }
}
