package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.azekura.api.DeviceName;
import org.azekura.api.PoolName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.Element;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.Pools;
import org.azekura.driver.simulator.Simulator;
import org.azekura.storagenode.cartridge.LibraryStore;
import org.azekura.storagenode.driver.DeviceFiles;
import org.azekura.storagenode.lease.MountRules;
import org.azekura.testkit.Seeds;
import org.azekura.testkit.device.Blobs;
import org.azekura.testkit.fault.FaultDisk;
import org.azekura.testkit.fault.FaultPlan;
import org.azekura.transport.local.LocalTransport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What it costs, by the clock of simulated drives, to make a catalog anew from three cartridges. */
@Timeout(300)
class TapeRebuildTest {

    private static final DeviceName LIBRARY = new DeviceName("lib1");
    private static final String CHECKPOINTS = "checkpoints/";
    private static final String REGISTERS = "registers/";
    private static final PoolName TAPE = new PoolName("tape");
    /** The last checkpoint comes with the 19th, on the second cartridge. */
    private static final int BEHIND = 24;
    /** Another one, on the third. */
    private static final int AT_CHECKPOINT = 25;

    @TempDir
    Path dir;

    private final Random random = Seeds.random(Seeds.start());
    private int cartridges = 3;

    private final class Site implements AutoCloseable {

        final Simulator simulator;
        final CountedLibrary counted;
        final WholeAppliance appliance;
        private LibraryStore library;

        Site(Path home) throws Exception {
            simulator = Simulator.of(Map.of("folder", dir.resolve("library").toString(), "drives", "1", "slots", "8", "mailSlots", "0", "cartridges",
                    Integer.toString(cartridges), "cleaning", "0", "capacity_MB", "8"));
            counted = new CountedLibrary(simulator);
            DeviceFiles files = new DeviceFiles(home.resolve("node"));
            appliance = new WholeAppliance(home, true, node -> {
                library = new LibraryStore(LIBRARY, counted, files.notes(), files.spool(), node.supply(), MountRules.USUAL.alone());
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

    /** What lies in the drive is put where something is free: so each cartridge that is read is one that was loaded. */
    private static void shelve(Simulator simulator) throws Exception {
        simulator.drives().getFirst().unload();
        List<Element> all = simulator.changer().orElseThrow().inventory();
        Element drive = all.stream().filter(element -> element.kind() == Element.Kind.DRIVE).findFirst().orElseThrow();
        Element slot = all.stream().filter(element -> element.kind() == Element.Kind.SLOT && element.content() instanceof Element.Empty).findFirst().orElseThrow();
        simulator.changer().orElseThrow().move(drive.address(), slot.address());
    }

    private List<SnapshotId> saved(int backups) throws Exception {
        return saved(backups, 700_000);
    }

    /** @param bytes of each */
    private List<SnapshotId> saved(int backups, int bytes) throws Exception {
        Path source = Files.createDirectories(dir.resolve("source"));
        try (Site site = new Site(dir.resolve("home"))) {
            site.appliance.server.pools().create(TAPE, "disk", Map.of("library", LIBRARY.value(), "spool", "0"), Pools.Readers.APPLIANCE);
            site.appliance.server.pools().rule(TAPE, new Pools.Rules(null, null, null, null, null, null, 0, null, null, null, null));
            for (int i = 0; i < backups; i++) {
                byte[] content = new byte[bytes];
                random.nextBytes(content);
                Files.write(source.resolve("f%02d".formatted(i)), content);
                site.done(site.appliance.backup(source, TAPE));
            }
            List<SnapshotId> ids = ids(site);
            site.appliance.close();
            shelve(site.simulator);
            return ids;
        }
    }

    private static List<SnapshotId> ids(Site site) throws Exception {
        return site.appliance.server.snapshots().list(null).stream().map(Snapshot::id).toList();
    }

    /** What was loaded, in order, and how long it took. */
    private record Rebuilt(List<String> loads, Duration took) {

        Set<String> cartridges() {
            return new TreeSet<>(loads);
        }
    }

    private Rebuilt rebuilt(String from, List<SnapshotId> expected) throws Exception {
        try (Site site = new Site(dir.resolve("another"))) {
            Duration before = site.elapsed();
            site.done(site.appliance.run(new JobOrder.Rebuild(List.of(from))));
            Duration took = site.elapsed().minus(before);
            assertEquals(expected, ids(site));
            return new Rebuilt(site.counted.loads().stream().map(Barcode::value).toList(), took);
        }
    }

    @Test
    void theLastCartridgeIsEnoughIfTheCheckpointIsThere() throws Exception {
        Rebuilt rebuilt = rebuilt("A00003L8", saved(AT_CHECKPOINT));
        assertEquals(Set.of("A00003L8"), rebuilt.cartridges());
        assertTrue(rebuilt.loads().size() <= 2, rebuilt::toString);
        assertTrue(rebuilt.took().toMinutes() < 15, rebuilt::toString);
    }

    @Test
    void onlyCartridgesWithSomethingBehindTheCheckpointAreLoaded() throws Exception {
        Rebuilt rebuilt = rebuilt("A00003L8", saved(BEHIND));
        assertEquals(Set.of("A00002L8", "A00003L8"), rebuilt.cartridges());
        assertTrue(rebuilt.took().toMinutes() < 45, rebuilt::toString);
    }

    /** Checkpoint and registers are on the fourth of six, and something is behind them there and on each that follows. */
    @Test
    void whatIsBehindTheCheckpointIsReadFromEachCartridgeInOneGo() throws Exception {
        cartridges = 6;
        Rebuilt rebuilt = rebuilt("A00006L8", saved(12, 3_000_000));
        assertEquals(List.of("A00006L8", "A00006L8", "A00004L8", "A00005L8", "A00006L8"), rebuilt.loads());
    }

    @Test
    void anyCartridgeOfThePoolCanBeNamed() throws Exception {
        rebuilt("A00001L8", saved(BEHIND));
    }

    private interface Change {
        void on(BlobStore tape) throws Exception;
    }

    /** As if that had become of the cartridges. */
    private void changed(Change change) throws Exception {
        DeviceFiles files = new DeviceFiles(dir.resolve("home/node"));
        try (Simulator simulator = Simulator.of(Map.of("folder", dir.resolve("library").toString()))) {
            try (LibraryStore library = new LibraryStore(LIBRARY, simulator, files.notes(), files.spool())) {
                change.on(library.pool(TAPE, Optional.empty()));
            }
            shelve(simulator);
        }
    }

    private static List<String> keys(BlobStore tape, String prefix) throws Exception {
        List<String> keys = new ArrayList<>();
        tape.list(prefix, blob -> keys.add(blob.key()));
        return keys.stream().sorted().toList();
    }

    private static void replace(BlobStore tape, String key, byte[] content) throws Exception {
        tape.delete(key);
        Blobs.put(tape, key, content);
    }

    @Test
    void aRegisterWhoseCheckpointDidNotComeAnyMoreLeavesTheOlderOne() throws Exception {
        List<SnapshotId> saved = saved(AT_CHECKPOINT);
        changed(tape -> tape.delete(keys(tape, CHECKPOINTS).getLast()));
        rebuilt("A00003L8", saved);
    }

    @Test
    void withoutRegistersPacksAreRead() throws Exception {
        List<SnapshotId> saved = saved(AT_CHECKPOINT);
        changed(tape -> {
            for (String key : keys(tape, REGISTERS)) {
                tape.delete(key);
            }
        });
        assertEquals(Set.of("A00001L8", "A00002L8", "A00003L8"), rebuilt("A00003L8", saved).cartridges());
    }

    @Test
    void aDamagedRegisterIsPassedOver() throws Exception {
        List<SnapshotId> saved = saved(AT_CHECKPOINT);
        changed(tape -> {
            for (String key : keys(tape, REGISTERS)) {
                byte[] content = Blobs.get(tape, key, 0, (int) tape.size(key));
                content[content.length - 200] ^= 1;
                replace(tape, key, content);
            }
        });
        rebuilt("A00003L8", saved);
    }

    /** The server had lost a page when it was written. */
    @Test
    void aPageThatRegistersLackIsReadWhereItLies() throws Exception {
        List<SnapshotId> saved = saved(AT_CHECKPOINT);
        changed(tape -> {
            for (String key : keys(tape, REGISTERS)) {
                replace(tape, key, ThinRegister.of(Blobs.get(tape, key, 0, (int) tape.size(key))));
            }
        });
        assertEquals(Set.of("A00001L8", "A00002L8", "A00003L8"), rebuilt("A00003L8", saved).cartridges());
    }
}
