package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.azekura.api.DeviceName;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Volume;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.Libraries;
import org.azekura.api.server.Pools;
import org.azekura.driver.simulator.Simulator;
import org.azekura.storagenode.cartridge.LibraryStore;
import org.azekura.storagenode.driver.DeviceFiles;
import org.azekura.testkit.fault.FaultDisk;
import org.azekura.testkit.fault.FaultPlan;
import org.azekura.transport.local.LocalTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From what drives correct to a cartridge that is copied away, through the node and the server. Four pools have a cartridge each. */
@Timeout(300)
class CountersJobTest {

    private static final DeviceName LIBRARY = new DeviceName("lib1");
    private static final List<PoolName> POOLS = List.of(new PoolName("t1"), new PoolName("t2"), new PoolName("t3"), new PoolName("t4"));
    private static final PoolName BAD = POOLS.getFirst();
    private static final String AT = "/library";

    @TempDir
    Path dir;

    private Simulator simulator;
    private LibraryStore library;
    private WholeAppliance appliance;
    private final Random random = new Random(61);

    @BeforeEach
    void begin() throws Exception {
        Path home = dir.resolve("home");
        simulator = Simulator.of(Map.of("folder", dir.resolve("library").toString(), "drives", "2", "slots", "8", "cartridges", "6", "capacity_MB", "64"));
        DeviceFiles files = new DeviceFiles(home.resolve("node"));
        appliance = new WholeAppliance(home, true, node -> {
            library = new LibraryStore(LIBRARY, simulator, files.notes(), files.spool(), node.supply()).minding(node.drives().of(LIBRARY));
            return Map.of(home.resolve("pools/default").toString(), new FaultDisk(1).on(FaultPlan.none()), AT, library);
        }, new LocalTransport());
        appliance.server.devices().add(LIBRARY, "disk", Map.of("path", AT), null);
        for (PoolName pool : POOLS) {
            appliance.server.pools().create(pool, "disk", Map.of("library", LIBRARY.value(), "spool", "0"), Pools.Readers.APPLIANCE);
            save(pool);
        }
        for (int drive = 0; drive < 2; drive++) {
            for (PoolName pool : POOLS) {
                readIn(drive, pool);
            }
        }
    }

    @AfterEach
    void end() {
        appliance.close();
        library.close();
        simulator.close();
    }

    private void done(Job job) throws Exception {
        assertEquals(Job.State.DONE, job.state(), job + " " + appliance.server.jobs().log(job.id()));
    }

    private void save(PoolName pool) throws Exception {
        byte[] content = new byte[300_000];
        random.nextBytes(content);
        Files.write(Files.createDirectories(dir.resolve("source")).resolve("file"), content);
        done(appliance.backup(dir.resolve("source"), pool));
    }

    private Volume volume(PoolName pool) throws Exception {
        return appliance.server.pools().volumes(pool).getFirst();
    }

    private List<Libraries.Place> places() throws Exception {
        return appliance.server.libraries().get(LIBRARY, null).places();
    }

    private void move(String what, String to) throws Exception {
        done(appliance.run(new JobOrder.Move(LIBRARY, null, what, to)));
    }

    /** Has a pool's cartridge read in a drive, and put back; then what the drive counted is told. */
    private void readIn(int drive, PoolName pool) throws Exception {
        String barcode = volume(pool).barcode();
        int before = appliance.server.libraries().volume(barcode).use().mounts().size();
        for (Libraries.Place place : places()) {
            if (place.drive() != null && place.barcode() != null) {
                move("drive:" + place.drive(), "slot");
            }
        }
        move(barcode, "drive:" + drive);
        done(appliance.run(new JobOrder.Verify(null, null, JobOrder.Depth.CHECKSUMS, 0, 0, barcode)));
        assertTrue(places().stream().anyMatch(place -> Objects.equals(place.drive(), drive) && place.barcode() != null && place.barcode().value().equals(barcode)));
        move("drive:" + drive, "slot");
        await("what drive " + drive + " counted with " + barcode, () -> appliance.server.libraries().volume(barcode).use().mounts().size() > before);
    }

    /** What drives say comes by itself, a little later. */
    private static void await(String what, Callable<Boolean> there) throws Exception {
        for (int i = 0; i < 3000; i++) {
            if (there.call()) {
                return;
            }
            LockSupport.parkNanos(10_000_000);
        }
        fail("30 s went by without: " + what);
    }

    private void faults(String line) throws Exception {
        Files.write(dir.resolve("library/faults"), List.of(line));
    }

    @Test
    void aCartridgeOfWhichBothDrivesCorrectMuchIsSuspectAndCopiedAway() throws Exception {
        Volume bad = volume(BAD);
        faults("read of " + bad.barcode() + " always: corrects 300 errors");
        readIn(0, BAD);
        Libraries.CartridgeUse use = appliance.server.libraries().volume(bad.barcode()).use();
        assertEquals(1, use.warnings().size(), use::toString);
        assertTrue(use.life().loads() > 2 && use.life().mounts() > 2 && use.life().written() > 300_000, use::toString);
        assertEquals(Volume.State.APPENDABLE, volume(BAD).state());
        readIn(1, BAD);
        await("a suspect cartridge", () -> volume(BAD).state() == Volume.State.SUSPECT);
        assertTrue(volume(BAD).why().startsWith("two drives had much to correct: "), volume(BAD)::why);
        assertEquals(List.of(), appliance.catalog().read(CatalogView::driveHealth));
        await("the next cartridge", () -> {
            save(BAD);
            return appliance.server.pools().volumes(BAD).size() == 2;
        });
        done(appliance.run(new JobOrder.Prune(BAD, false)));
        Volume left = appliance.catalog().read(view -> view.volume(bad.id())).orElseThrow();
        assertEquals(List.of(Volume.State.EXPIRED, Volume.State.SUSPECT), List.of(left.state(), left.was()));
        long packs = appliance.catalog().read(view -> view.packsOn(bad.id()));
        assertEquals(0, packs);
        done(appliance.run(new JobOrder.Verify(BAD, null, JobOrder.Depth.CHECKSUMS, 0, 0)));
    }

    @Test
    void aDirtyDriveCondemnsNoCartridgeAndIsNamed() throws Exception {
        faults("read drive 0 always: corrects 300 errors");
        readIn(0, POOLS.get(0));
        readIn(0, POOLS.get(1));
        readIn(1, POOLS.get(0));
        readIn(1, POOLS.get(1));
        List<Volume.State> states = new ArrayList<>();
        for (PoolName pool : POOLS) {
            states.add(volume(pool).state());
        }
        assertEquals(List.of(Volume.State.APPENDABLE, Volume.State.APPENDABLE, Volume.State.APPENDABLE, Volume.State.APPENDABLE), states);
        List<String> warnings = places().stream().filter(place -> Objects.equals(place.drive(), 0)).flatMap(place -> place.warnings().stream()).toList();
        assertEquals(List.of("drive 0: it corrects many errors with " + volume(POOLS.get(0)).barcode() + ", " + volume(POOLS.get(1)).barcode()
                + ": clean it, and look at it if that does not help"), warnings);
        assertEquals(List.of(), appliance.catalog().read(CatalogView::driveHealth));
    }
}
