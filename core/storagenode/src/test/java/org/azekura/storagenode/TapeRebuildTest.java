package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.azekura.api.DeviceName;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.Pools;
import org.azekura.driver.simulator.Simulator;
import org.azekura.storagenode.cartridge.LibraryStore;
import org.azekura.storagenode.driver.DeviceFiles;
import org.azekura.storagenode.lease.MountRules;
import org.azekura.testkit.Seeds;
import org.azekura.testkit.fault.FaultDisk;
import org.azekura.testkit.fault.FaultPlan;
import org.azekura.transport.local.LocalTransport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What it costs, by the clock of simulated drives, to make a catalog anew from three cartridges. */
@Timeout(180)
class TapeRebuildTest {

    private static final DeviceName LIBRARY = new DeviceName("lib1");
    private static final PoolName TAPE = new PoolName("tape");
    private static final int BACKUPS = 24;

    @TempDir
    Path dir;

    private final Random random = Seeds.random(Seeds.start());

    private final class Site implements AutoCloseable {

        final Simulator simulator;
        final WholeAppliance appliance;
        private LibraryStore library;

        Site(Path home) throws Exception {
            simulator = Simulator.of(Map.of("folder", dir.resolve("library").toString(), "drives", "1", "slots", "8", "mailSlots", "0", "cartridges", "6",
                    "capacity_MB", "8"));
            DeviceFiles files = new DeviceFiles(home.resolve("node"));
            appliance = new WholeAppliance(home, true, node -> {
                library = new LibraryStore(LIBRARY, simulator, files.notes(), files.spool(), node.supply(), MountRules.USUAL.alone());
                return Map.of(home.resolve("pools/default").toString(), new FaultDisk(1).on(FaultPlan.none()), "/library", library);
            }, new LocalTransport());
            appliance.server.devices().add(LIBRARY, "disk", Map.of("path", "/library"), null);
        }

        Duration elapsed() {
            return simulator.elapsed(0).plus(simulator.elapsed());
        }

        void done(Job job) throws Exception {
            assertEquals(Job.State.DONE, job.state(), () -> job + " " + log(job));
        }

        private String log(Job job) {
            try {
                return appliance.server.jobs().log(job.id()).toString();
            } catch (Exception e) {
                return e.toString();
            }
        }

        @Override
        public void close() {
            appliance.close();
            library.close();
            simulator.close();
        }
    }

    @Test
    void packsAreKnownWithoutGoingToThem() throws Exception {
        Path source = Files.createDirectories(dir.resolve("source"));
        List<Snapshot> saved;
        try (Site site = new Site(dir.resolve("home"))) {
            site.appliance.server.pools().create(TAPE, "disk", Map.of("library", LIBRARY.value(), "spool", "0"), Pools.Readers.APPLIANCE);
            for (int i = 0; i < BACKUPS; i++) {
                byte[] content = new byte[700_000];
                random.nextBytes(content);
                Files.write(source.resolve("f%02d".formatted(i)), content);
                site.done(site.appliance.backup(source, TAPE));
            }
            saved = site.appliance.server.snapshots().list(null);
        }
        try (Site site = new Site(dir.resolve("another"))) {
            Duration before = site.elapsed();
            site.done(site.appliance.run(new JobOrder.Rebuild(List.of("A00001L8"))));
            Duration took = site.elapsed().minus(before);
            assertEquals(saved.stream().map(Snapshot::id).toList(), site.appliance.server.snapshots().list(null).stream().map(Snapshot::id).toList());
            // To go to every pack, and through every cartridge, takes more than a hundred minutes.
            assertTrue(took.toMinutes() < 75, took::toString);
        }
    }
}
