package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.azekura.api.DeviceName;
import org.azekura.api.Overwrite;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Volume;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.Element;
import org.azekura.api.device.ElementAddress;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult;
import org.azekura.api.server.Pools;
import org.azekura.driver.simulator.Simulator;
import org.azekura.storagenode.cartridge.LibraryStore;
import org.azekura.storagenode.driver.DeviceFiles;
import org.azekura.testkit.Seeds;
import org.azekura.testkit.fault.FaultDisk;
import org.azekura.testkit.fault.FaultPlan;
import org.azekura.transport.local.LocalTransport;

/** A whole appliance with a pool on cartridges of 8 MB in a library of two drives, and hands in that library. */
final class HandledSite implements AutoCloseable {

    static final DeviceName LIBRARY = new DeviceName("lib1");
    static final PoolName TAPE = new PoolName("tape");
    private static final String AT = "/library";

    final WholeAppliance appliance;
    /** Of pool {@code default}. */
    final FaultDisk disk = new FaultDisk(1);
    /** What goes wrong with it from the moment on that it is told. */
    final FaultPlan trouble = FaultPlan.none();
    private final Path dir;
    private final Random random = Seeds.random(Seeds.start());
    private final Simulator simulator;
    private final CountedMoves moves;
    private LibraryStore library;

    HandledSite(Path dir) throws Exception {
        this.dir = dir;
        Path home = dir.resolve("home");
        simulator = Simulator.of(Map.of("folder", dir.resolve("library").toString(), "drives", "2", "slots", "8", "mailSlots", "4", "cartridges", "6",
                "capacity_MB", "8"));
        moves = new CountedMoves(simulator);
        DeviceFiles files = new DeviceFiles(home.resolve("node"));
        appliance = new WholeAppliance(home, true, node -> {
            library = new LibraryStore(LIBRARY, moves, files.notes(), files.spool(), node.supply());
            return Map.of(home.resolve("pools/default").toString(), disk.on(trouble), AT, library);
        }, new LocalTransport());
        appliance.server.devices().add(LIBRARY, "disk", Map.of("path", AT), null);
        pool(TAPE);
    }

    @Override
    public void close() {
        appliance.close();
        library.close();
        simulator.close();
    }

    void pool(PoolName name) throws Exception {
        appliance.server.pools().create(name, "disk", Map.of("library", LIBRARY.value(), "spool", "0"), Pools.Readers.APPLIANCE);
    }

    /** A folder with a file of it. */
    Path random(String folder, int bytes) throws Exception {
        byte[] content = new byte[bytes];
        random.nextBytes(content);
        return Files.write(Files.createDirectories(dir.resolve(folder)).resolve("file"), content).getParent();
    }

    String log(Job job) throws Exception {
        return appliance.server.jobs().log(job.id()).toString();
    }

    void assertEnded(Job.State state, Job job) throws Exception {
        assertEquals(state, job.state(), job + " " + log(job));
    }

    SnapshotId backup(Path folder) throws Exception {
        Job job = appliance.backup(folder, TAPE);
        assertEnded(Job.State.DONE, job);
        return ((JobResult.Backup) appliance.server.jobs().result(job.id()).orElseThrow()).snapshot();
    }

    Job verify() throws Exception {
        return appliance.run(new JobOrder.Verify(TAPE, null, JobOrder.Depth.CHECKSUMS, 0, 0));
    }

    Job restore(SnapshotId snapshot, Path target) throws Exception {
        return appliance.run(new JobOrder.Restore(snapshot, List.of(), null, RawPath.of(target.toString()), Overwrite.NEVER, false, null, 0, null, null));
    }

    Path target() throws Exception {
        return Files.createTempDirectory(dir, "restored");
    }

    void assertSame(Path source, Path target) throws Exception {
        CopyTest.assertSame(CopyTest.files(source), CopyTest.files(target.resolve(source.toString().substring(1))));
    }

    /** Restores all of a folder, and says which cartridges were brought for that. */
    List<String> restored(SnapshotId snapshot, Path source) throws Exception {
        moves.brought().clear();
        Path target = target();
        assertEnded(Job.State.DONE, restore(snapshot, target));
        assertSame(source, target);
        return List.copyOf(moves.brought());
    }

    /** On which cartridge a pool's first, second… volume is. */
    String barcode(PoolName pool, int number) throws Exception {
        return appliance.server.pools().volumes(pool).stream().filter(volume -> volume.number() == number).findFirst().orElseThrow().barcode();
    }

    /** A cartridge that is nobody's. */
    String free() throws Exception {
        List<String> taken = appliance.server.pools().volumes(TAPE).stream().map(Volume::barcode).toList();
        return elements().flatMap(one -> one.barcode().stream()).filter(barcode -> !barcode.isCleaning()).map(Barcode::value).filter(barcode -> !taken.contains(barcode)).findFirst().orElseThrow();
    }

    private Stream<Element> elements() throws Exception {
        return simulator.changer().orElseThrow().inventory().stream();
    }

    private ElementAddress free(Element.Kind kind) throws Exception {
        return elements().filter(one -> one.kind() == kind && one.content() instanceof Element.Empty).findFirst().orElseThrow().address();
    }

    /** Out of drives, so that it shows which are loaded. */
    void shelveAll() throws Exception {
        for (Element drive : elements().filter(one -> one.kind() == Element.Kind.DRIVE && one.barcode().isPresent()).toList()) {
            order(drive.barcode().orElseThrow().value(), "slot");
        }
    }

    void load(String barcode) throws Exception {
        order(barcode, "drive:0");
    }

    private void order(String barcode, String to) throws Exception {
        assertEnded(Job.State.DONE, appliance.run(new JobOrder.Move(LIBRARY, null, barcode, to)));
    }

    /** By hand. */
    void move(String barcode, Element.Kind to) throws Exception {
        ElementAddress from = elements().filter(one -> one.barcode().filter(there -> there.value().equals(barcode)).isPresent()).findFirst().orElseThrow().address();
        simulator.changer().orElseThrow().move(from, free(to));
    }

    /** Somebody has glued the barcodes of two onto each other. */
    void confuse(String one, String other) throws Exception {
        Path media = dir.resolve("library/cartridges");
        for (String kind : List.of(".objects", ".content")) {
            Files.move(media.resolve(one + kind), media.resolve("between"));
            Files.move(media.resolve(other + kind), media.resolve(one + kind));
            Files.move(media.resolve("between"), media.resolve(other + kind));
        }
    }

    /** These objects of a cartridge can't be read, until none is named. */
    void unreadable(String barcode, int... objects) throws Exception {
        Files.write(dir.resolve("library/faults"), IntStream.of(objects).mapToObj(object -> "read block " + object + " of " + barcode + " always: medium error").toList());
    }
}
