package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.Overwrite;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.SnapshotId;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Volume;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.Changer;
import org.azekura.api.device.Element;
import org.azekura.api.device.ElementAddress;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult;
import org.azekura.api.server.Pools;
import org.azekura.driver.simulator.Simulator;
import org.azekura.storagenode.cartridge.LibraryStore;
import org.azekura.storagenode.cartridge.Supply;
import org.azekura.testkit.fault.FaultDisk;
import org.azekura.testkit.fault.FaultPlan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A pool on several cartridges, which the server chooses. */
@Timeout(120)
class SpanningPoolTest {

    private static final DeviceName LIBRARY = new DeviceName("lib1");
    private static final PoolName TAPE = new PoolName("tape");
    private static final String AT = "/library";

    @TempDir
    Path dir;

    private final FaultDisk disk = new FaultDisk(1);
    private Simulator simulator;
    private LibraryStore library;
    private WholeAppliance appliance;
    private Path source;

    /** The appliance's own, which is there only later. */
    private final class Later implements Supply {

        @Override
        public Optional<Next> next(PoolName pool, VolumeId full, int number, List<Barcode> refused) throws BackupException {
            return appliance.supply().next(pool, full, number, refused);
        }

        @Override
        public void labelled(Labelled volume) throws BackupException {
            appliance.supply().labelled(volume);
        }

        @Override
        public void state(PoolName pool, VolumeId volume, State state, String why, long used) {
            appliance.supply().state(pool, volume, state, why, used);
        }
    }

    @BeforeEach
    void begin() throws Exception {
        source = Files.createDirectory(dir.resolve("source"));
        start(3);
        appliance.server.devices().add(LIBRARY, "disk", Map.of("path", AT), null);
        appliance.server.pools().create(TAPE, "disk", Map.of("library", LIBRARY.value()), Pools.Readers.APPLIANCE);
    }

    private void start(int cartridges) throws Exception {
        simulator = Simulator.of(Map.of("folder", dir.resolve("library").toString(), "drives", "1", "capacity_MB", "40", "mailSlots", "2", "cartridges",
                Integer.toString(cartridges)));
        Path home = dir.resolve("home");
        DeviceFiles files = new DeviceFiles(home.resolve("node"));
        library = new LibraryStore(LIBRARY, simulator, files.notes(), files.spool(), new Later());
        appliance = new WholeAppliance(home, true, Map.of(home.resolve("pools/default").toString(), disk.on(FaultPlan.none()), AT, library));
    }

    @AfterEach
    void end() {
        appliance.close();
        library.close();
        simulator.close();
    }

    private void restart() throws Exception {
        end();
        start(3);
    }

    /** Each fills a pack. */
    private void write(int from, int to) throws Exception {
        for (int i = from; i < to; i++) {
            byte[] content = new byte[34 << 20];
            new Random(i).nextBytes(content);
            Files.write(source.resolve("file" + i), content);
        }
    }

    private List<Volume> volumes() throws Exception {
        return appliance.server.pools().volumes(TAPE);
    }

    private SnapshotId snapshot(Job job) throws Exception {
        assertEquals(Job.State.DONE, job.state(), () -> {
            try {
                return job + " " + appliance.server.jobs().log(job.id());
            } catch (Exception e) {
                return job + " " + e;
            }
        });
        return ((JobResult.Backup) appliance.server.jobs().result(job.id()).orElseThrow()).snapshot();
    }

    private Job restore(SnapshotId snapshot, List<RawPath> paths, Path target) throws Exception {
        return appliance.run(new JobOrder.Restore(snapshot, paths, null, RawPath.of(target.toString()), Overwrite.NEVER, false, null, 0, null, null));
    }

    private void assertRestores(SnapshotId snapshot) throws Exception {
        Path target = Files.createTempDirectory(dir, "restored");
        assertEquals(Job.State.DONE, restore(snapshot, List.of(), target).state());
        CopyTest.assertSame(CopyTest.files(source), CopyTest.files(target.resolve(source.toString().substring(1))));
    }

    private ElementAddress find(String barcode) throws Exception {
        return simulator.changer().orElseThrow().inventory().stream().filter(element -> element.barcode().equals(Optional.of(new Barcode(barcode))))
                .map(Element::address).findFirst().orElseThrow();
    }

    @Test
    void aBackupSpansCartridges() throws Exception {
        write(0, 3);
        SnapshotId snapshot = snapshot(appliance.backup(source, TAPE));
        assertEquals(List.of("tape-1", "tape-2", "tape-3"), volumes().stream().map(Volume::label).toList());
        assertEquals(List.of(Volume.State.FULL, Volume.State.FULL, Volume.State.APPENDABLE), volumes().stream().map(Volume::state).toList());
        assertEquals(List.of("A00001L8", "A00002L8", "A00003L8"), volumes().stream().map(Volume::barcode).toList());
        assertRestores(snapshot);
        restart();
        assertRestores(snapshot);
        assertEquals(3, volumes().size());
    }

    /** It waits for a cartridge, and goes on by itself. */
    @Test
    void aJobWaitsForACartridge() throws Exception {
        write(0, 3);
        Changer changer = simulator.changer().orElseThrow();
        Files.writeString(dir.resolve("library/faults"), "take A00003L8\n");
        Job parked = appliance.backup(source, TAPE);
        assertEquals(Job.State.PARKED, parked.state(), parked.toString());
        assertTrue(parked.error().contains("cartridge") && parked.error().contains("put"), parked.error());
        Files.writeString(dir.resolve("library/faults"), "take A00003L8\ninsert A00004L8\n");
        try {
            changer.inventory();
        } catch (BackupException e) {
            assertEquals("changer.attention", e.failure().code());
        }
        changer.inventory();
        changer.move(find("A00004L8"), new ElementAddress(1005));
        assertRestores(snapshot(appliance.awaitEnd(parked.id())));
        assertEquals("A00004L8", volumes().getLast().barcode());
    }

    /** A drive without power: the job waits until it answers. */
    @Test
    void aJobWaitsForADriveThatDoesNotAnswer() throws Exception {
        write(0, 1);
        Files.writeString(dir.resolve("library/faults"), "any drive 0 always: no answer\n");
        Job parked = appliance.backup(source, TAPE);
        assertEquals(Job.State.PARKED, parked.state(), parked.toString());
        assertTrue(parked.error().contains("power"), parked.error());
        Files.writeString(dir.resolve("library/faults"), "# none\n");
        assertRestores(snapshot(appliance.awaitEnd(parked.id())));
    }

    @Test
    void aRestoreWaitsForTheCartridgeItNeeds() throws Exception {
        write(0, 2);
        SnapshotId snapshot = snapshot(appliance.backup(source, TAPE));
        assertEquals(2, volumes().size());
        Files.writeString(dir.resolve("library/faults"), "take A00001L8\n");
        Job parked = restore(snapshot, List.of(), Files.createTempDirectory(dir, "waits"));
        assertEquals(Job.State.PARKED, parked.state(), parked.toString());
        assertTrue(parked.error().contains("A00001L8") && parked.error().contains("put"), parked.error());
        Files.writeString(dir.resolve("library/faults"), "take A00001L8\ninsert A00001L8\n");
        Changer changer = simulator.changer().orElseThrow();
        try {
            changer.inventory();
        } catch (BackupException e) {
            assertEquals("changer.attention", e.failure().code());
        }
        changer.move(find("A00001L8"), new ElementAddress(1005));
        assertEquals(Job.State.DONE, appliance.awaitEnd(parked.id()).state());
    }
}
