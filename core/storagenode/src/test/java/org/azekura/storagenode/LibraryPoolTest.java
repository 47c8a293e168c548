package org.azekura.storagenode;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.azekura.api.DeviceName;
import org.azekura.api.Overwrite;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.ScratchVolume;
import org.azekura.api.catalog.Volume;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult;
import org.azekura.api.server.Pools;
import org.azekura.driver.simulator.Simulator;
import org.azekura.storagenode.cartridge.LibraryStore;
import org.azekura.storagenode.driver.DeviceFiles;
import org.azekura.testkit.Seeds;
import org.azekura.testkit.fault.FaultDisk;
import org.azekura.testkit.fault.FaultPlan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A pool that lies on a cartridge: all that jobs do on a disk they do there, too. */
@Timeout(300)
class LibraryPoolTest {

    private static final DeviceName LIBRARY = new DeviceName("lib1");
    private static final PoolName TAPE = new PoolName("tape");
    private static final PoolName DISK = CrashLife.POOL;
    private static final String AT = "/library";

    @TempDir
    Path dir;

    private final long seed = Seeds.start();
    private final FaultDisk disk = new FaultDisk(seed);
    private Simulator simulator;
    private LibraryStore library;
    private WholeAppliance appliance;
    private DeviceFiles files;
    private Path source;

    @BeforeEach
    void begin() throws Exception {
        source = Files.createDirectory(dir.resolve("source"));
        Random random = Seeds.random(seed);
        for (int i = 0; i < 5; i++) {
            byte[] content = new byte[700_000];
            random.nextBytes(content);
            Files.write(source.resolve("file" + i), content);
        }
        start();
        appliance.server.devices().add(LIBRARY, "disk", Map.of("path", AT), null);
    }

    private void start() throws Exception {
        simulator = Simulator.of(Map.of("folder", dir.resolve("library").toString(), "drives", "2", "capacity_MB", "64"));
        Path home = dir.resolve("home");
        files = new DeviceFiles(home.resolve("node"));
        library = new LibraryStore(LIBRARY, simulator, files.notes(), files.spool());
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
        start();
    }

    private void make(Map<String, String> more) throws Exception {
        Map<String, String> settings = new TreeMap<>(Map.of("library", LIBRARY.value()));
        settings.putAll(more);
        appliance.server.pools().create(TAPE, "disk", settings, Pools.Readers.APPLIANCE);
    }

    private Volume volume() throws Exception {
        return appliance.server.pools().volumes(TAPE).getFirst();
    }

    private void assertDone(Job job) throws Exception {
        assertEquals(Job.State.DONE, job.state(), () -> {
            try {
                return job + " " + appliance.server.jobs().log(job.id());
            } catch (Exception e) {
                return job + " " + e;
            }
        });
    }

    private SnapshotId backup(PoolName pool) throws Exception {
        Job job = appliance.backup(source, pool);
        assertDone(job);
        return ((JobResult.Backup) appliance.server.jobs().result(job.id()).orElseThrow()).snapshot();
    }

    private void assertRestores(SnapshotId snapshot, PoolName fromCopy) throws Exception {
        Path target = Files.createTempDirectory(dir, "restored");
        assertDone(appliance.run(new JobOrder.Restore(snapshot, List.of(), null, RawPath.of(target.toString()), Overwrite.NEVER, false, fromCopy, 0, null,
                null)));
        CopyTest.assertSame(CopyTest.files(source), CopyTest.files(target.resolve(source.toString().substring(1))));
    }

    @Test
    void aScratchCartridgeIsScratchStillIfItsNewPoolCameToNothing() throws Exception {
        make(Map.of("barcode", "A00001L8"));
        appliance.server.pools().delete(TAPE);
        // its label can be written, what belongs to that can't
        Files.writeString(dir.resolve("library/faults"), "write block 2 of A00001L8 3 times: medium error\n");
        assertRefused("media.write", () -> make(Map.of("barcode", "A00001L8")));
        assertEquals(List.of("A00001L8"), appliance.server.pools().scratch().stream().map(ScratchVolume::barcode).toList());
        Files.writeString(dir.resolve("library/faults"), "# none\n");
        make(Map.of("barcode", "A00001L8"));
        assertEquals(List.of(), appliance.server.pools().scratch());
        assertEquals("A00001L8", volume().barcode());
    }

    @Test
    void aBackupLiesOnTheCartridgeAndComesBackAlsoAfterAStartWithoutNotes() throws Exception {
        make(Map.of("barcode", "A00003L8"));
        assertEquals("A00003L8", volume().barcode());
        assertTrue(volume().location().contains("A00003L8"), volume()::toString);
        assertEquals(64_000_000, volume().capacity());
        SnapshotId first = backup(TAPE);
        assertDone(appliance.run(new JobOrder.Verify(TAPE, null, JobOrder.Depth.CHECKSUMS, 0, 0)));
        assertRestores(first, null);
        restart();
        assertRestores(first, null);
        end();
        files.forget(LIBRARY);
        start();
        Files.writeString(source.resolve("more"), "more");
        SnapshotId second = backup(TAPE);
        assertRestores(second, null);
        assertEquals("A00003L8", volume().barcode());
    }

    @Test
    void copiesGoToACartridgeAndFromItToADisk() throws Exception {
        make(Map.of());
        SnapshotId onDisk = backup(DISK);
        SnapshotId onTape = backup(TAPE);
        assertDone(appliance.run(new JobOrder.Copy(TAPE, DISK, null)));
        assertDone(appliance.run(new JobOrder.Copy(DISK, TAPE, null)));
        assertRestores(onDisk, TAPE);
        assertRestores(onTape, DISK);
        assertEquals(List.of("A00001L8", "A00001L8"), appliance.server.pools().volumes(TAPE).stream().map(Volume::barcode).toList());
        restart();
        assertRestores(onDisk, TAPE);
    }

    @Test
    void pruneForgetsWhatWasDeleted() throws Exception {
        make(Map.of());
        SnapshotId gone = backup(TAPE);
        for (int i = 0; i < 4; i++) {
            Files.delete(source.resolve("file" + i));
        }
        SnapshotId stays = backup(TAPE);
        appliance.server.snapshots().delete(gone);
        Job pruned = appliance.run(new JobOrder.Prune(TAPE, false));
        assertDone(pruned);
        assertTrue(((JobResult.Prune) appliance.server.jobs().result(pruned.id()).orElseThrow()).freed() > 0);
        assertDone(appliance.run(new JobOrder.Verify(TAPE, null, JobOrder.Depth.CHECKSUMS, 0, 0)));
        restart();
        assertRestores(stays, null);
    }

    @Test
    void aBackupParksWhenTheCartridgeIsFull() throws Exception {
        make(Map.of());
        Files.writeString(dir.resolve("library/faults"), "write of A00001L8 always: full\n");
        Job parked = appliance.backup(source, TAPE);
        assertEquals(Job.State.PARKED, parked.state(), parked::toString);
        assertTrue(parked.error().contains("A00001L8"), parked::error);
    }

    @Test
    void whatWillNotDoLeavesNothingOfAPool() throws Exception {
        assertRefused("device.unknown", () -> appliance.server.pools().create(TAPE, "disk", Map.of("library", "lib2"), Pools.Readers.APPLIANCE));
        assertRefused("device.driver", () -> appliance.server.pools().create(TAPE, "tape", Map.of("library", "lib1"), Pools.Readers.APPLIANCE));
        assertRefused("setting.unknown", () -> make(Map.of("path", "/x")));
        assertRefused("setting.value", () -> make(Map.of("barcode", "")));
        assertRefused("setting.value", () -> make(Map.of("spool", "100MiB")));
        assertRefused("setting.value", () -> make(Map.of("spool", "much")));
        make(Map.of("barcode", "A00001L8"));
        assertRefused("device.used", () -> appliance.server.devices().remove(LIBRARY, null));
        assertRefused("device.exists", () -> appliance.server.pools().create(new PoolName("lib1"), "disk", Map.of("path", AT), Pools.Readers.APPLIANCE));
        PoolName other = new PoolName("other");
        Map.of("A00001L8", "volume.foreign", "A00099L8", "volume.missing", "CLN001CU", "volume.missing").forEach((unfit, code) -> assertTrue(assertRefused(code,
                () -> appliance.server.pools().create(other, "disk", Map.of("library", LIBRARY.value(), "barcode", unfit), Pools.Readers.APPLIANCE))
                .getMessage().contains(unfit)));
        assertEquals(List.of(DISK, TAPE), appliance.server.pools().list().stream().map(pool -> pool.name()).toList());
        appliance.server.pools().create(other, "disk", Map.of("library", LIBRARY.value(), "barcode", "A00002L8"), Pools.Readers.APPLIANCE);
        assertEquals(List.of(LIBRARY), appliance.server.devices().list(null).stream().filter(device -> device.pools().contains(other))
                .map(device -> device.name()).toList());
    }

    /** Drives without power: the job waits until they answer. */
    @Test
    void aBackupWaitsForADriveThatDoesNotAnswer() throws Exception {
        make(Map.of());
        Path faults = dir.resolve("library/faults");
        Files.writeString(faults, "any drive 0 always: no answer\nany drive 1 always: no answer\n");
        Job parked = appliance.backup(source, TAPE);
        assertEquals(Job.State.PARKED, parked.state(), parked.toString());
        assertTrue(parked.error().contains("power") && parked.error().contains("A00001L8"), parked.error());
        Files.writeString(faults, "# none\n");
        Job done = appliance.awaitEnd(parked.id());
        assertDone(done);
        assertRestores(((JobResult.Backup) appliance.server.jobs().result(done.id()).orElseThrow()).snapshot(), null);
    }
}
