package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.azekura.api.DeviceName;
import org.azekura.api.Overwrite;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.SnapshotId;
import org.azekura.api.VolumeId;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A pool that lives on few cartridges, day after day. */
@Timeout(300)
class RecycleJobTest {

    private static final DeviceName LIBRARY = new DeviceName("lib1");
    private static final PoolName TAPE = new PoolName("tape");
    private static final String AT = "/library";
    private static final int DAYS = 24;
    private static final int KEPT = 4;

    @TempDir
    Path dir;

    private final Random random = Seeds.random(Seeds.start());
    private final Deque<SnapshotId> kept = new ArrayDeque<>();
    private final Deque<byte[]> contents = new ArrayDeque<>();
    private final Set<VolumeId> ever = new HashSet<>();
    private Simulator simulator;
    private LibraryStore library;
    private WholeAppliance appliance;
    private Path source;

    @BeforeEach
    void begin() throws Exception {
        source = Files.createDirectories(dir.resolve("source"));
        start();
        appliance.server.devices().add(LIBRARY, "disk", Map.of("path", AT), null);
        appliance.server.pools().create(TAPE, "disk", Map.of("library", LIBRARY.value()), Pools.Readers.APPLIANCE);
    }

    private void start() throws Exception {
        Path home = dir.resolve("home");
        simulator = Simulator.of(Map.of("folder", dir.resolve("library").toString(), "drives", "2", "slots", "8", "mailSlots", "2", "cartridges", "6",
                "capacity_MB", "8"));
        DeviceFiles files = new DeviceFiles(home.resolve("node"));
        appliance = new WholeAppliance(home, true, node -> {
            library = new LibraryStore(LIBRARY, simulator, files.notes(), files.spool(), node.supply(), MountRules.USUAL.alone());
            return Map.of(home.resolve("pools/default").toString(), new FaultDisk(1).on(FaultPlan.none()), AT, library);
        }, new LocalTransport());
    }

    @AfterEach
    void end() {
        appliance.close();
        library.close();
        simulator.close();
    }

    private void restart(boolean notes) throws Exception {
        end();
        if (!notes) {
            try (Stream<Path> files = Files.walk(new DeviceFiles(dir.resolve("home/node")).notes())) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Files.delete(file);
                }
            }
        }
        start();
    }

    private void assertDone(Job job) throws Exception {
        assertEquals(Job.State.DONE, job.state(), job + " " + appliance.server.jobs().log(job.id()));
    }

    private void day() throws Exception {
        byte[] today = new byte[2_600_000];
        random.nextBytes(today);
        Files.write(source.resolve("today"), today);
        Job job = appliance.backup(source, TAPE);
        assertDone(job);
        kept.add(((JobResult.Backup) appliance.server.jobs().result(job.id()).orElseThrow()).snapshot());
        contents.add(today);
        volumes().forEach(volume -> ever.add(volume.id()));
        if (kept.size() > KEPT) {
            appliance.server.snapshots().delete(kept.remove());
            contents.remove();
        }
    }

    private List<Volume> volumes() throws Exception {
        return appliance.server.pools().volumes(TAPE);
    }

    private Job prune() throws Exception {
        Job job = appliance.run(new JobOrder.Prune(TAPE, false));
        assertDone(job);
        return job;
    }

    private void assertKept() throws Exception {
        Deque<byte[]> expected = new ArrayDeque<>(contents);
        for (SnapshotId snapshot : kept) {
            Path target = Files.createTempDirectory(dir, "restored");
            assertDone(appliance.run(new JobOrder.Restore(snapshot, List.of(), null, RawPath.of(target.toString()), Overwrite.NEVER, false, null, 0, null, null)));
            Path landed = target.resolve(source.toString().substring(1));
            assertArrayEquals(expected.remove(), Files.readAllBytes(landed.resolve("today")));
            assertEquals(-1, Files.mismatch(source.resolve("base"), landed.resolve("base")));
        }
    }

    private void base() throws IOException {
        byte[] base = new byte[700_000];
        random.nextBytes(base);
        Files.write(source.resolve("base"), base);
    }

    @Test
    void aPoolThatLivesOnSixCartridgesDoesNotRunOutOfThem() throws Exception {
        base();
        for (int day = 0; day < DAYS; day++) {
            day();
            if (day % 3 == 2) {
                prune();
            }
            if (day == 10 || day == 17) {
                restart(day == 10);
                assertKept();
            }
        }
        assertKept();
        assertTrue(ever.size() > 8, "cartridges were used again: " + ever.size());
        assertTrue(volumes().size() <= 6, volumes().toString());
        Job verified = appliance.run(new JobOrder.Verify(TAPE, null, JobOrder.Depth.CHECKSUMS, 0, 0));
        assertDone(verified);
    }
}
