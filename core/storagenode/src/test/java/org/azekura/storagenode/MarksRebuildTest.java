package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.azekura.api.DeviceName;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.MediaRules;
import org.azekura.api.catalog.Volume;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.Pools;
import org.azekura.driver.simulator.Simulator;
import org.azekura.storagenode.cartridge.LibraryStore;
import org.azekura.storagenode.driver.DeviceFiles;
import org.azekura.testkit.fault.FaultDisk;
import org.azekura.testkit.fault.FaultPlan;
import org.azekura.transport.local.LocalTransport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What operators have said of cartridges, and what is known of them, comes back with the catalog. */
@Timeout(300)
class MarksRebuildTest {

    private static final DeviceName LIBRARY = new DeviceName("lib1");
    private static final PoolName TAPE = new PoolName("tape");

    @TempDir
    Path dir;
    private final Random random = new Random(66);

    private final class Site implements AutoCloseable {

        final Simulator simulator;
        final WholeAppliance appliance;
        private LibraryStore library;

        Site(Path home) throws Exception {
            simulator = Simulator.of(Map.of("folder", dir.resolve("library").toString(), "drives", "2", "slots", "8", "mailSlots", "2", "cartridges", "6", "capacity_MB", "64"));
            DeviceFiles files = new DeviceFiles(home.resolve("node"));
            appliance = new WholeAppliance(home, true, node -> {
                library = new LibraryStore(LIBRARY, simulator, files.notes(), files.spool(), node.supply()).minding(node.drives().of(LIBRARY));
                return Map.of(home.resolve("pools/default").toString(), new FaultDisk(1).on(FaultPlan.none()), "/library", library);
            }, new LocalTransport());
            appliance.server.devices().add(LIBRARY, "disk", Map.of("path", "/library"), null);
        }

        void ended(Job job, Job.State... states) throws Exception {
            assertTrue(List.of(states).contains(job.state()), job + " " + appliance.server.jobs().log(job.id()));
        }

        List<Volume> volumes() throws Exception {
            return appliance.server.pools().volumes(TAPE);
        }

        /** Saves something, on the next cartridge if the one before is closed. */
        void save() throws Exception {
            byte[] content = new byte[200_000];
            random.nextBytes(content);
            Files.write(Files.createDirectories(dir.resolve("source")).resolve("file"), content);
            ended(appliance.backup(dir.resolve("source"), TAPE), Job.State.DONE);
        }

        /** Saves until so many cartridges are in the set: a node hears of a mark a little later. */
        void saveOn(int cartridges) throws Exception {
            for (int i = 0; i < 200 && volumes().size() < cartridges; i++) {
                save();
            }
            assertEquals(cartridges, volumes().size());
        }

        List<String> known() throws Exception {
            List<String> all = new ArrayList<>();
            for (Volume volume : volumes()) {
                all.add(volume.label() + " " + volume.barcode() + " " + volume.state() + " " + (volume.state() == Volume.State.MISSING ? volume.location() : "in the library")
                        + " errors=" + volume.errors() + " " + (volume.state() == Volume.State.LOCKED || volume.state() == Volume.State.SUSPECT ? volume.why() : ""));
            }
            appliance.catalog().read(view -> {
                all.add(view.mediaRules(TAPE).toString());
                all.add(view.driveErrors().toString());
                all.add(view.driveHealth().stream().map(one -> one.drive() + " " + one.state() + " " + one.why()).toList().toString());
                return null;
            });
            return all;
        }

        @Override
        public void close() {
            appliance.close();
            library.close();
            simulator.close();
        }
    }

    @Test
    void marksRulesAndPlacesInTheVaultAreWhatTheyWere() throws Exception {
        List<String> before;
        MediaRules rules;
        String vault;
        try (Site site = new Site(dir.resolve("home"))) {
            site.appliance.server.pools().create(TAPE, "disk", Map.of("library", LIBRARY.value(), "spool", "0"), Pools.Readers.APPLIANCE);
            rules = site.appliance.server.pools().rule(TAPE, new Pools.Rules(true, false, 86_400L, 25, null, 1L << 40, 2, null, null, null, 20));
            site.save();
            site.appliance.server.libraries().lock("tape-1", "evidence");
            site.saveOn(2);
            site.appliance.server.libraries().lock("tape-2", "for the vault");
            site.saveOn(3);
            site.appliance.server.libraries().unlock("tape-2");
            site.ended(site.appliance.run(new JobOrder.Export(List.of("tape-2"), "bank safe")), Job.State.DONE, Job.State.WARNED);
            vault = site.volumes().get(1).barcode();
            Files.write(dir.resolve("library/faults"), List.of("take " + vault));
            site.ended(site.appliance.run(new JobOrder.Inventory(LIBRARY, null, false)), Job.State.DONE, Job.State.WARNED);
            site.appliance.server.libraries().use(LIBRARY, null, 1, false, "at the workshop");
            site.save();
            before = site.known();
        }
        String vaulted = vault;
        try (Site site = new Site(dir.resolve("another"))) {
            site.ended(site.appliance.run(new JobOrder.Rebuild(List.of("A00001L8"))), Job.State.DONE, Job.State.WARNED);
            assertEquals(before, site.known());
            assertEquals(rules, site.appliance.server.pools().rules(TAPE));
            assertEquals(Duration.ofDays(1), rules.keep());
            assertTrue(site.appliance.catalog().read(view -> view.cartridgeLife(vaulted)).orElseThrow().mounts() >= 1);
        }
    }
}
