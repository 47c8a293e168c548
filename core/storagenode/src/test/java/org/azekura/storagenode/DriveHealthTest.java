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
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.azekura.api.DeviceName;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.DriveErrors;
import org.azekura.api.catalog.DriveHealth;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Volume;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult;
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

/** From what a drive says to what comes of it, through the node and the server. */
@Timeout(300)
class DriveHealthTest {

    private static final DeviceName LIBRARY = new DeviceName("lib1");
    private static final PoolName TAPE = new PoolName("tape");
    private static final String AT = "/library";

    @TempDir
    Path dir;

    private Simulator simulator;
    private LibraryStore library;
    private WholeAppliance appliance;
    private Supplier<Set<Integer>> out;

    @BeforeEach
    void begin() throws Exception {
        Files.writeString(Files.createDirectory(dir.resolve("source")).resolve("file"), "what is saved");
        start();
        appliance.server.devices().add(LIBRARY, "disk", Map.of("path", AT), null);
        appliance.server.pools().create(TAPE, "disk", Map.of("library", LIBRARY.value(), "spool", "0"), Pools.Readers.APPLIANCE);
        assertEquals(Job.State.DONE, appliance.backup(dir.resolve("source"), TAPE).state());
    }

    private void start() throws Exception {
        Path home = dir.resolve("home");
        simulator = Simulator.of(Map.of("folder", dir.resolve("library").toString(), "drives", "2", "slots", "8", "cartridges", "3", "capacity_MB", "64"));
        DeviceFiles files = new DeviceFiles(home.resolve("node"));
        appliance = new WholeAppliance(home, true, node -> {
            library = new LibraryStore(LIBRARY, simulator, files.notes(), files.spool(), node.supply()).minding(node.drives().of(LIBRARY));
            out = () -> node.drives().out(LIBRARY);
            return Map.of(home.resolve("pools/default").toString(), new FaultDisk(1).on(FaultPlan.none()), AT, library);
        }, new LocalTransport());
    }

    @AfterEach
    void end() {
        appliance.close();
        library.close();
        simulator.close();
    }

    private void faults(String... lines) throws Exception {
        Files.write(dir.resolve("library/faults"), List.of(lines));
    }

    /** Some blocks of it can't be read, not those of its label. */
    private void damage(String barcode) throws Exception {
        List<String> lines = new ArrayList<>();
        for (int block = 4; block < 40; block++) {
            lines.add("read block " + block + " of " + barcode + " always: medium error");
        }
        faults(lines.toArray(String[]::new));
    }

    private Volume volume() throws Exception {
        return appliance.server.pools().volumes(TAPE).getFirst();
    }

    private <T> T read(CatalogStore.Query<T> query) throws Exception {
        return appliance.catalog().read(query);
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

    private void verify() throws Exception {
        appliance.run(new JobOrder.Verify(TAPE, null, JobOrder.Depth.CHECKSUMS, 0, 0));
    }

    private void move(String what, String to) throws Exception {
        Job job = appliance.run(new JobOrder.Move(LIBRARY, null, what, to));
        assertEquals(Job.State.DONE, job.state(), job::error);
    }

    /** The drive in which its cartridge is. */
    private int drive() throws Exception {
        return appliance.server.libraries().get(LIBRARY, null).places().stream().filter(place -> place.volume() != null && place.drive() != null).findFirst().orElseThrow()
                .drive();
    }

    @Test
    void aCartridgeThatFailsInTwoDrivesIsSuspectAndTheDrivesAreNot() throws Exception {
        damage(volume().barcode());
        verify();
        await("errors of the first drive", () -> read(CatalogView::driveErrors).size() == 1);
        DriveErrors first = read(CatalogView::driveErrors).getFirst();
        assertEquals(volume().barcode(), first.barcode());
        assertEquals(Volume.State.APPENDABLE, volume().state());
        int other = 1 - drive();
        if (appliance.server.libraries().get(LIBRARY, null).places().stream().anyMatch(place -> Objects.equals(place.drive(), other) && place.barcode() != null)) {
            move("drive:" + other, "slot");
        }
        move(volume().barcode(), "drive:" + other);
        verify();
        await("a suspect cartridge", () -> volume().state() == Volume.State.SUSPECT);
        assertTrue(volume().why().startsWith("errors in two drives; the last: "), volume().why());
        assertEquals(List.of(), read(CatalogView::driveHealth));
        assertEquals(2, read(CatalogView::driveErrors).stream().map(DriveErrors::drive).distinct().count());
    }

    @Test
    void aDriveThatAsksForItIsCleanedWhenNobodyIsAtWorkInIt() throws Exception {
        int drive = drive();
        faults("unload drive " + drive + ": alert 20");
        move("drive:" + drive, "slot");
        await("a drive that was cleaned", () -> appliance.server.jobs().list(false).stream().anyMatch(job -> job.kind() == Job.Kind.CLEAN && job.state() == Job.State.DONE));
        assertEquals(List.of(), read(CatalogView::driveHealth));
        assertEquals(1, appliance.server.libraries().get(LIBRARY, null).places().stream().mapToInt(Libraries.Place::cleanings).max().orElseThrow());
        assertEquals(Job.State.DONE, appliance.backup(dir.resolve("source"), TAPE).state());
    }

    @Test
    void aVolumeThatIsLockedIsFollowedByAnother() throws Exception {
        Volume first = volume();
        assertEquals(Volume.State.LOCKED, appliance.server.libraries().lock(first.barcode(), "evidence").volume().state());
        await("another volume", () -> {
            Files.writeString(dir.resolve("source/more"), "more " + System.nanoTime());
            assertEquals(Job.State.DONE, appliance.backup(dir.resolve("source"), TAPE).state());
            return appliance.server.pools().volumes(TAPE).size() == 2;
        });
        // without a spool the catalog learns at an opening where packs lie
        end();
        start();
        Volume locked = volume();
        assertEquals(List.of(Volume.State.LOCKED, "evidence", first.label()), List.of(locked.state(), locked.why(), locked.label()));
        Volume second = appliance.server.pools().volumes(TAPE).getLast();
        assertEquals(Volume.State.APPENDABLE, second.state());
        long all = read(view -> view.packs(TAPE)).size();
        long here = read(view -> view.packsOn(second.id()));
        assertTrue(here > 0 && here < all, here + " of " + all);
        Job verified = appliance.run(new JobOrder.Verify(null, null, JobOrder.Depth.CHECKSUMS, 0, 0, second.barcode()));
        assertEquals(here, ((JobResult.Verify) appliance.server.jobs().result(verified.id()).orElseThrow()).packs());
        assertEquals(TAPE, verified.pool());
        assertEquals(Volume.State.APPENDABLE, appliance.server.libraries().unlock(first.barcode()).volume().state());
    }

    @Test
    void aDriveThatSaysItIsBrokenGetsNothingMoreAlsoAfterAStart() throws Exception {
        int drive = drive();
        faults("unload drive " + drive + ": alert 31");
        move("drive:" + drive, "slot");
        await("a drive that is down", () -> read(CatalogView::driveHealth).stream().anyMatch(one -> one.state() == DriveHealth.State.DOWN));
        end();
        start();
        await("a node that knows", () -> out.get().equals(Set.of(drive)));
        Files.writeString(dir.resolve("source/more"), "more");
        assertEquals(Job.State.DONE, appliance.backup(dir.resolve("source"), TAPE).state());
        assertEquals(1 - drive, drive());
    }
}
