package org.azekura.storagenode;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.Job;
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

/** That drives are to seal is a rule only of a pool in whose library one can. */
@Timeout(300)
class DriveSealingTest {

    private static final DeviceName LIBRARY = new DeviceName("lib1");
    private static final PoolName TAPE = new PoolName("tape");
    private static final String AT = "/library";

    @TempDir
    Path dir;

    private Simulator simulator;
    private PlainDrives drives;
    private LibraryStore library;
    private WholeAppliance appliance;

    @BeforeEach
    void begin() throws Exception {
        Path home = dir.resolve("home");
        simulator = Simulator.of(Map.of("folder", dir.resolve("library").toString(), "drives", "2", "cartridges", "2", "capacity_MB", "64"));
        drives = new PlainDrives(simulator);
        DeviceFiles files = new DeviceFiles(home.resolve("node"));
        appliance = new WholeAppliance(home, true, node -> {
            library = new LibraryStore(LIBRARY, drives, files.notes(), files.spool(), node.supply());
            return Map.of(home.resolve("pools/default").toString(), new FaultDisk(1).on(FaultPlan.none()), AT, library);
        }, new LocalTransport());
        appliance.server.devices().add(LIBRARY, "disk", Map.of("path", AT), null);
        appliance.server.pools().create(TAPE, "disk", Map.of("library", LIBRARY.value(), "spool", "0"), Pools.Readers.APPLIANCE);
    }

    @AfterEach
    void end() {
        appliance.close();
        library.close();
        simulator.close();
    }

    private void seal(boolean seals) throws Exception {
        appliance.server.pools().rule(TAPE, new Pools.Rules(null, null, null, null, null, null, null, null, null, seals, null));
    }

    private String doubt() throws Exception {
        return appliance.server.pools().sealingDoubt(TAPE);
    }

    @Test
    void whereNoneCanItIsRefusedAtOnceAndThePoolIsWrittenAsBefore() throws Exception {
        drives.unable().addAll(Set.of(0, 1));
        BackupException e = assertRefused("device.unsupported", () -> seal(true));
        assertTrue(e.getMessage().contains("library lib1 on storage node host") && e.getMessage().contains("drive 0 (") && e.getMessage().contains("drive 1 ("), e.getMessage());
        assertFalse(appliance.server.pools().rules(TAPE).sealed());
        Path source = Files.writeString(Files.createDirectory(dir.resolve("source")).resolve("file"), "what is saved").getParent();
        assertEquals(Job.State.DONE, appliance.backup(source, TAPE).state());
    }

    @Test
    void whereOneCanOrNobodyKnowsItIsDoneAndTheOthersAreNamed() throws Exception {
        seal(true);
        assertEquals("", doubt());
        drives.unable().add(0);
        seal(true);
        assertTrue(doubt().contains("not to be written by drive 0 (") && !doubt().contains("drive 1"), doubt());
        drives.silent().add(1);
        seal(true);
        assertTrue(doubt().contains("it is not known whether these can seal: drive 1 ("), doubt());
        seal(false);
        assertEquals("", doubt());
    }
}
