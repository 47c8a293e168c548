package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.azekura.api.DeviceName;
import org.azekura.api.Overwrite;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.device.Changer;
import org.azekura.api.device.Element;
import org.azekura.api.device.ElementAddress;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult;
import org.azekura.api.server.Pools;
import org.azekura.api.server.Snapshots;
import org.azekura.driver.simulator.Simulator;
import org.azekura.storagenode.cartridge.LibraryStore;
import org.azekura.storagenode.driver.DeviceFiles;
import org.azekura.testkit.Seeds;
import org.azekura.testkit.fault.FaultDisk;
import org.azekura.testkit.fault.FaultPlan;
import org.azekura.transport.local.LocalTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Restores from a pool that lies on several cartridges. */
@Timeout(300)
class RecallJobTest {

    private static final DeviceName LIBRARY = new DeviceName("lib1");
    private static final PoolName TAPE = new PoolName("tape");
    private static final String AT = "/library";
    private static final int FILES = 12;

    @TempDir
    Path dir;

    private final Random random = Seeds.random(Seeds.start());
    private Simulator simulator;
    private CountedMoves moves;
    private LibraryStore library;
    private WholeAppliance appliance;
    private Path source;
    private SnapshotId snapshot;

    @BeforeEach
    void begin() throws Exception {
        source = Files.createDirectories(dir.resolve("source/deep")).getParent();
        start(dir.resolve("home"));
        appliance.server.pools().create(TAPE, "disk", Map.of("library", LIBRARY.value(), "spool", "0"), Pools.Readers.APPLIANCE);
        save();
    }

    private void start(Path home) throws Exception {
        simulator = Simulator.of(Map.of("folder", dir.resolve("library").toString(), "drives", "2", "slots", "8", "mailSlots", "4", "cartridges", "6",
                "capacity_MB", "8"));
        moves = new CountedMoves(simulator);
        DeviceFiles files = new DeviceFiles(home.resolve("node"));
        appliance = new WholeAppliance(home, true, node -> {
            library = new LibraryStore(LIBRARY, moves, files.notes(), files.spool(), node.supply());
            return Map.of(home.resolve("pools/default").toString(), new FaultDisk(1).on(FaultPlan.none()), AT, library);
        }, new LocalTransport());
        appliance.server.devices().add(LIBRARY, "disk", Map.of("path", AT), null);
    }

    private void save() throws Exception {
        // Each backup adds files whose names come before those of the one before: tree order is not the order of the tape.
        for (int i = FILES; i > 0; i -= 2) {
            file("f%02d".formatted(i), 1_500_000);
            file("deep/g%02d".formatted(i), 900_000);
            if (i == FILES) {
                file("mixed", 3_000_000);
                Files.createLink(source.resolve("deep/other name"), source.resolve("mixed"));
                Files.createSymbolicLink(source.resolve("link"), Path.of("mixed"));
                Files.createDirectory(source.resolve("empty"));
            } else if (i < 6) {
                change("mixed");
            }
            snapshot = backup();
        }
        for (int i = 0; i < 200; i++) {
            file("deep/small%03d".formatted(i), 100 + i);
        }
        snapshot = backup();
    }

    @AfterEach
    void end() {
        appliance.close();
        library.close();
        simulator.close();
    }

    private void file(String name, int size) throws Exception {
        byte[] content = new byte[size];
        random.nextBytes(content);
        Files.write(source.resolve(name), content);
    }

    /** So that the file lies on more than one cartridge. */
    private void change(String name) throws Exception {
        byte[] content = Files.readAllBytes(source.resolve(name));
        content[content.length - 1]++;
        Files.write(source.resolve(name), content);
    }

    private void assertEnded(Job.State state, Job job) throws Exception {
        assertEquals(state, job.state(), job + " " + appliance.server.jobs().log(job.id()));
    }

    private SnapshotId backup() throws Exception {
        Job job = appliance.backup(source, TAPE);
        assertEnded(Job.State.DONE, job);
        return ((JobResult.Backup) appliance.server.jobs().result(job.id()).orElseThrow()).snapshot();
    }

    private Path target() throws Exception {
        return Files.createTempDirectory(dir, "restored");
    }

    private Job restore(Path target, Path... paths) throws Exception {
        return appliance.run(new JobOrder.Restore(snapshot, Stream.of(paths).map(path -> RawPath.of(path.toString())).toList(), null, RawPath.of(target.toString()),
                Overwrite.NEVER, false, null, 0, null, null));
    }

    private void assertSame(Path target) throws Exception {
        Path landed = target.resolve(source.toString().substring(1));
        CopyTest.assertSame(CopyTest.files(source), CopyTest.files(landed));
        assertTrue(Files.isDirectory(landed.resolve("empty")));
        assertEquals(Path.of("mixed"), Files.readSymbolicLink(landed.resolve("link")));
        assertEquals(Files.getAttribute(landed.resolve("mixed"), "unix:ino"), Files.getAttribute(landed.resolve("deep/other name"), "unix:ino"));
        assertEquals(Files.getLastModifiedTime(source.resolve("deep")), Files.getLastModifiedTime(landed.resolve("deep")));
    }

    private List<Snapshots.Lying> where(Path... paths) throws Exception {
        return appliance.server.snapshots().where(snapshot, Stream.of(paths).map(path -> RawPath.of(path.toString())).toList());
    }

    private static List<String> barcodes(List<Snapshots.Lying> lying) {
        return lying.stream().map(one -> one.barcode().value()).toList();
    }

    private Element find(String barcode) throws Exception {
        return simulator.changer().orElseThrow().inventory().stream().filter(one -> one.barcode().filter(there -> there.value().equals(barcode)).isPresent())
                .findFirst().orElseThrow();
    }

    private ElementAddress free(Element.Kind kind) throws Exception {
        return simulator.changer().orElseThrow().inventory().stream().filter(one -> one.kind() == kind && one.content() instanceof Element.Empty).findFirst()
                .orElseThrow().address();
    }

    /** Out of drives, so that it shows which are loaded. */
    private void shelveAll() throws Exception {
        Changer changer = simulator.changer().orElseThrow();
        for (int i = 0; i < 2; i++) {
            simulator.drives().get(i).unload();
        }
        for (Element drive : changer.inventory()) {
            if (drive.kind() == Element.Kind.DRIVE && !(drive.content() instanceof Element.Empty)) {
                changer.move(drive.address(), free(Element.Kind.SLOT));
            }
        }
    }

    private void move(String barcode, Element.Kind to) throws Exception {
        simulator.changer().orElseThrow().move(find(barcode).address(), free(to));
    }

    private List<String> loaded() throws Exception {
        return simulator.changer().orElseThrow().inventory().stream().filter(one -> one.kind() == Element.Kind.DRIVE && one.barcode().isPresent())
                .map(one -> one.barcode().orElseThrow().value()).sorted().toList();
    }

    @Test
    void everythingComesBackFromAllCartridges() throws Exception {
        List<Snapshots.Lying> lying = where();
        assertTrue(lying.size() >= 3, lying::toString);
        assertTrue(lying.stream().allMatch(Snapshots.Lying::there), lying::toString);
        shelveAll();
        moves.brought().clear();
        Path target = target();
        assertEnded(Job.State.DONE, restore(target));
        assertSame(target);
        assertEquals(barcodes(lying).stream().sorted().toList(), moves.brought().stream().sorted().toList(), "each cartridge is brought once");
    }

    @Test
    void aFileThatLiesOnOneCartridgeTouchesOne() throws Exception {
        Path file = source.resolve("f06");
        List<Snapshots.Lying> lying = where(file);
        assertEquals(1, lying.size(), lying::toString);
        assertEquals(1, lying.getFirst().files());
        assertEquals(1_500_000, lying.getFirst().bytes());
        shelveAll();
        assertEquals(List.of(), loaded());
        Path target = target();
        assertEnded(Job.State.DONE, restore(target, file));
        assertEquals(-1, Files.mismatch(file, target.resolve(file.toString().substring(1))));
        assertEquals(barcodes(lying), loaded());
    }

    @Test
    void aCartridgeThatIsAwayIsAskedForByNameAndTheRestIsNotReadAgain() throws Exception {
        String away = barcodes(where(source.resolve("f06"))).getFirst();
        shelveAll();
        move(away, Element.Kind.MAIL_SLOT);
        assertFalse(where(source.resolve("f06")).getFirst().there());
        assertEquals("lib1: cartridge " + away + " lies in mail slot 10; move it into a slot", where(source.resolve("f06")).getFirst().place());
        Path target = target();
        Job parked = restore(target);
        assertEnded(Job.State.PARKED, parked);
        assertTrue(parked.error().contains("cartridge " + away), parked::error);
        Path landed = target.resolve(source.toString().substring(1));
        assertFalse(Files.exists(landed.resolve("f06")));
        assertTrue(Files.exists(landed.resolve("deep/small000")), "what can be had comes at once");
        Object inode = Files.getAttribute(landed.resolve("deep/small000"), "unix:ino");
        shelveAll();
        move(away, Element.Kind.SLOT);
        assertEnded(Job.State.DONE, appliance.awaitEnd(parked.id()));
        assertSame(target);
        assertEquals(inode, Files.getAttribute(landed.resolve("deep/small000"), "unix:ino"), "it was restored twice");
        JobResult.Restore result = (JobResult.Restore) appliance.server.jobs().result(parked.id()).orElseThrow();
        assertEquals(List.of(), result.notRestored());
        assertEquals(FILES + 200 + 3L, result.files());
        assertTrue(result.lying().size() >= 3, result::toString);
    }

    @Test
    void aCatalogIsMadeAnewFromCartridges() throws Exception {
        List<SnapshotId> saved = appliance.server.snapshots().list(null).stream().map(Snapshot::id).toList();
        Job verified = appliance.run(new JobOrder.Verify(TAPE, null, JobOrder.Depth.CHECKSUMS, 0, 0));
        assertEnded(Job.State.DONE, verified);
        end();
        Path home = Files.createDirectories(dir.resolve("another/keys")).getParent();
        try (Stream<Path> keys = Files.list(dir.resolve("home/keys"))) {
            for (Path key : keys.toList()) {
                Files.copy(key, home.resolve("keys").resolve(key.getFileName()));
            }
        }
        start(home);
        assertEnded(Job.State.FAILED, appliance.run(new JobOrder.Rebuild(List.of("A00099L8"))));
        assertEnded(Job.State.DONE, appliance.run(new JobOrder.Rebuild(List.of("A00002L8", "A00001L8"))));
        assertEquals(saved, appliance.server.snapshots().list(null).stream().map(Snapshot::id).toList());
        assertTrue(where().size() >= 3);
        Path target = target();
        assertEnded(Job.State.DONE, restore(target));
        assertSame(target);
        snapshot = backup();
    }

    @Test
    void nothingIsBegunThatCanNotBeHad() throws Exception {
        Path file = source.resolve("f06");
        String away = barcodes(where(file)).getFirst();
        shelveAll();
        move(away, Element.Kind.MAIL_SLOT);
        Path target = target();
        Job parked = restore(target, file);
        assertEnded(Job.State.PARKED, parked);
        try (Stream<Path> made = Files.list(target)) {
            assertEquals(List.of(), new ArrayList<>(made.toList()));
        }
        assertEquals(List.of(), loaded());
        move(away, Element.Kind.SLOT);
        assertEnded(Job.State.DONE, appliance.awaitEnd(parked.id()));
        assertEquals(-1, Files.mismatch(file, target.resolve(file.toString().substring(1))));
    }
}
