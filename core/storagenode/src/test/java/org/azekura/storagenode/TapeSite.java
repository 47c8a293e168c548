package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.azekura.api.DeviceName;
import org.azekura.api.Overwrite;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Volume;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult;
import org.azekura.api.server.Pools;
import org.azekura.driver.simulator.Simulator;
import org.azekura.storagenode.cartridge.LibraryStore;
import org.azekura.storagenode.driver.DeviceFiles;
import org.azekura.storagenode.lease.MountRules;
import org.azekura.testkit.Seeds;
import org.azekura.testkit.fault.FaultDisk;
import org.azekura.testkit.fault.FaultPlan;
import org.azekura.transport.local.LocalTransport;

/** A whole appliance with a pool on cartridges of 8 MB, two drives, and a file that is other every day, and one that stays. */
final class TapeSite implements AutoCloseable {

    static final PoolName TAPE = new PoolName("tape");
    private static final DeviceName LIBRARY = new DeviceName("lib1");
    private static final String AT = "/library";

    final WholeAppliance appliance;
    /** What is to be there, by snapshot, in order. */
    final Map<SnapshotId, byte[]> kept = new LinkedHashMap<>();
    /** The job of the last backup. */
    Job last;
    private final Path dir;
    private final Path source;
    private final Random random = Seeds.random(Seeds.start());
    private final Simulator simulator;
    private LibraryStore library;

    TapeSite(Path dir, int cartridges) throws Exception {
        this.dir = dir;
        source = Files.createDirectories(dir.resolve("source"));
        Path home = dir.resolve("home");
        simulator = Simulator.of(Map.of("folder", dir.resolve("library").toString(), "drives", "2", "slots", "8", "mailSlots", "2", "cartridges",
                Integer.toString(cartridges), "capacity_MB", "8"));
        DeviceFiles files = new DeviceFiles(home.resolve("node"));
        appliance = new WholeAppliance(home, true, node -> {
            library = new LibraryStore(LIBRARY, simulator, files.notes(), files.spool(), node.supply(), MountRules.USUAL.alone());
            return Map.of(home.resolve("pools/default").toString(), new FaultDisk(1).on(FaultPlan.none()), AT, library);
        }, new LocalTransport());
        appliance.server.devices().add(LIBRARY, "disk", Map.of("path", AT), null);
        appliance.server.pools().create(TAPE, "disk", Map.of("library", LIBRARY.value()), Pools.Readers.APPLIANCE);
        byte[] base = new byte[300_000];
        random.nextBytes(base);
        Files.write(source.resolve("base"), base);
    }

    @Override
    public void close() {
        appliance.close();
        library.close();
        simulator.close();
    }

    void assertDone(Job job) throws Exception {
        assertEquals(Job.State.DONE, job.state(), job + " " + appliance.server.jobs().log(job.id()));
    }

    /** Ends, or waits for a cartridge. */
    Job backup(int bytes) throws Exception {
        byte[] today = new byte[bytes];
        random.nextBytes(today);
        Files.write(source.resolve("today"), today);
        return backupAgain();
    }

    /** What is there already. */
    Job backupAgain() throws Exception {
        Job job = appliance.backup(source, TAPE);
        last = job;
        if (job.state() != Job.State.PARKED) {
            took(job);
        }
        return job;
    }

    void took(Job job) throws Exception {
        assertDone(job);
        kept.put(((JobResult.Backup) appliance.server.jobs().result(job.id()).orElseThrow()).snapshot(), Files.readAllBytes(source.resolve("today")));
    }

    void delete(SnapshotId snapshot) throws Exception {
        appliance.server.snapshots().delete(snapshot);
        kept.remove(snapshot);
    }

    Job prune() throws Exception {
        Job job = appliance.run(new JobOrder.Prune(TAPE, false));
        assertDone(job);
        return job;
    }

    String log(Job job) throws Exception {
        return appliance.server.jobs().log(job.id()).toString();
    }

    List<Volume> volumes() throws Exception {
        return appliance.server.pools().volumes(TAPE);
    }

    void faults(String... lines) throws Exception {
        Files.write(dir.resolve("library/faults"), List.of(lines));
    }

    Job restored(SnapshotId snapshot, Path target) throws Exception {
        return appliance.run(new JobOrder.Restore(snapshot, List.of(), null, RawPath.of(target.toString()), Overwrite.NEVER, false, null, 0, null, null));
    }

    void assertKept() throws Exception {
        for (Map.Entry<SnapshotId, byte[]> one : kept.entrySet()) {
            Path target = Files.createTempDirectory(dir, "restored");
            assertDone(restored(one.getKey(), target));
            Path landed = target.resolve(source.toString().substring(1));
            assertArrayEquals(one.getValue(), Files.readAllBytes(landed.resolve("today")));
            assertEquals(-1, Files.mismatch(source.resolve("base"), landed.resolve("base")));
        }
    }
}
