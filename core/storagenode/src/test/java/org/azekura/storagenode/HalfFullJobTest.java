package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.azekura.api.DeviceName;
import org.azekura.api.JobId;
import org.azekura.api.Overwrite;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult;
import org.azekura.api.server.Pools;
import org.azekura.driver.simulator.Simulator;
import org.azekura.storagenode.cartridge.LibraryStore;
import org.azekura.storagenode.lease.MountRules;
import org.azekura.testkit.Seeds;
import org.azekura.testkit.fault.FaultDisk;
import org.azekura.testkit.fault.FaultPlan;
import org.azekura.transport.local.LocalTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A pool of which all cartridges are half full, and none is free but the one that it leaves for copies. */
@Timeout(240)
class HalfFullJobTest {

    private static final DeviceName LIBRARY = new DeviceName("lib1");
    private static final PoolName TAPE = new PoolName("tape");
    private static final String AT = "/library";
    private static final int ROUNDS = 2;

    @TempDir
    Path dir;

    private final Random random = Seeds.random(Seeds.start());
    private final Map<SnapshotId, byte[]> kept = new LinkedHashMap<>();
    private Simulator simulator;
    private LibraryStore library;
    private WholeAppliance appliance;
    private Path source;

    @BeforeEach
    void begin() throws Exception {
        source = Files.createDirectories(dir.resolve("source"));
        Path home = dir.resolve("home");
        simulator = Simulator.of(Map.of("folder", dir.resolve("library").toString(), "drives", "2", "slots", "8", "mailSlots", "2", "cartridges", "5",
                "capacity_MB", "8"));
        DeviceFiles files = new DeviceFiles(home.resolve("node"));
        appliance = new WholeAppliance(home, true, node -> {
            library = new LibraryStore(LIBRARY, simulator, files.notes(), files.spool(), node.supply(), MountRules.USUAL.alone());
            return Map.of(home.resolve("pools/default").toString(), new FaultDisk(1).on(FaultPlan.none()), AT, library);
        }, new LocalTransport());
        appliance.server.devices().add(LIBRARY, "disk", Map.of("path", AT), null);
        appliance.server.pools().create(TAPE, "disk", Map.of("library", LIBRARY.value()), Pools.Readers.APPLIANCE);
        // what is copied away is so for want of room alone
        appliance.server.pools().rule(TAPE, new Pools.Rules(null, null, null, 5, null, null, null));
    }

    @AfterEach
    void end() {
        appliance.close();
        library.close();
        simulator.close();
    }

    private void assertDone(Job job) throws Exception {
        assertEquals(Job.State.DONE, job.state(), job + " " + appliance.server.jobs().log(job.id()));
    }

    /** Backups until one waits for a cartridge. */
    private JobId fill() throws Exception {
        for (int i = 0; i < 40; i++) {
            byte[] today = new byte[1_300_000];
            random.nextBytes(today);
            Files.write(source.resolve("today"), today);
            Job job = appliance.backup(source, TAPE);
            if (job.state() == Job.State.PARKED) {
                assertTrue(job.error().contains("left for copies"), job.error());
                return job.id();
            }
            took(job, today);
        }
        throw new AssertionError("nothing waits " + appliance.server.pools().volumes(TAPE));
    }

    private void took(Job job, byte[] today) throws Exception {
        assertDone(job);
        kept.put(((JobResult.Backup) appliance.server.jobs().result(job.id()).orElseThrow()).snapshot(), today);
    }

    /** Of every two snapshots one goes: what is left lies on all cartridges. */
    private void halve() throws Exception {
        List<SnapshotId> all = new ArrayList<>(kept.keySet());
        for (int i = 0; i < all.size(); i += 2) {
            appliance.server.snapshots().delete(all.get(i));
            kept.remove(all.get(i));
        }
    }

    @Test
    void roomIsWonWhereAllCartridgesAreHalfFull() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            JobId parked = fill();
            assertTrue(appliance.server.status().warnings().stream().anyMatch(line -> line.contains("left for copies")), appliance.server.status().warnings().toString());
            byte[] today = Files.readAllBytes(source.resolve("today"));
            halve();
            Job pruned = appliance.run(new JobOrder.Prune(TAPE, false));
            assertDone(pruned);
            List<JobLine> log = appliance.server.jobs().log(pruned.id());
            assertTrue(log.stream().anyMatch(line -> line.text().contains("its pool needs room")), log.toString());
            took(appliance.awaitEnd(parked), today);
            assertKept();
        }
    }

    private void assertKept() throws Exception {
        for (Map.Entry<SnapshotId, byte[]> one : kept.entrySet()) {
            Path target = Files.createTempDirectory(dir, "restored");
            assertDone(appliance.run(new JobOrder.Restore(one.getKey(), List.of(), null, RawPath.of(target.toString()), Overwrite.NEVER, false, null, 0, null, null)));
            assertArrayEquals(one.getValue(), Files.readAllBytes(target.resolve(source.toString().substring(1)).resolve("today")));
        }
    }
}
