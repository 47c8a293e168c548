package org.azekura.storagenode;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.Overwrite;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.device.Changer;
import org.azekura.api.device.Drive;
import org.azekura.api.device.Element;
import org.azekura.api.device.ReadResult;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.Pools;
import org.azekura.driver.simulator.Simulator;
import org.azekura.engine.seal.KeyRing;
import org.azekura.engine.seal.RecoveryFile;
import org.azekura.engine.seal.TapeKeys;
import org.azekura.storagenode.cartridge.LibraryStore;
import org.azekura.storagenode.driver.DeviceFiles;
import org.azekura.testkit.device.Tapes;
import org.azekura.testkit.fault.FaultDisk;
import org.azekura.testkit.fault.FaultPlan;
import org.azekura.transport.local.LocalTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A pool whose cartridges drives seal: from the setting to a catalog that is made anew. */
@Timeout(300)
class SealedPoolTest {

    private static final DeviceName LIBRARY = new DeviceName("lib1");
    private static final PoolName TAPE = new PoolName("tape");
    private static final String AT = "/library";
    private static final Pools.Rules SEALED = new Pools.Rules(null, null, null, null, null, null, null, null, null, true, null);

    @TempDir
    Path dir;

    private Simulator simulator;
    private LibraryStore library;
    private WholeAppliance appliance;

    private void start(String name) throws Exception {
        Path home = dir.resolve(name);
        simulator = simulator();
        DeviceFiles files = new DeviceFiles(home.resolve("node"));
        appliance = new WholeAppliance(home, true, node -> {
            library = new LibraryStore(LIBRARY, simulator, files.notes(), files.spool(), node.supply());
            return Map.of(home.resolve("pools/default").toString(), new FaultDisk(1).on(FaultPlan.none()), AT, library);
        }, new LocalTransport());
    }

    private Simulator simulator() throws Exception {
        return Simulator.of(Map.of("folder", dir.resolve("library").toString(), "drives", "1", "cartridges", "3", "capacity_MB", "64"));
    }

    private void add() throws Exception {
        appliance.server.devices().add(LIBRARY, "disk", Map.of("path", AT), null);
    }

    @AfterEach
    void end() {
        appliance.close();
        library.close();
        simulator.close();
    }

    private void assertEnded(Job.State state, Job job) throws Exception {
        assertEquals(state, job.state(), job + " " + appliance.server.jobs().log(job.id()));
    }

    private void assertRestored(Path source) throws Exception {
        Snapshot snapshot = appliance.server.snapshots().list(null).getFirst();
        Path target = Files.createTempDirectory(dir, "restored");
        assertEnded(Job.State.DONE, appliance.run(new JobOrder.Restore(snapshot.id(), List.of(), null, RawPath.of(target.toString()), Overwrite.NEVER, false, null,
                0, null, null)));
        assertEquals(-1, Files.mismatch(source.resolve("large"), target.resolve(source.resolve("large").toString().substring(1))));
    }

    /** Whether a drive without a key reads what the cartridge begins with. */
    private boolean isLabelPlain(String barcode) throws Exception {
        Drive drive = loaded(barcode);
        try {
            return drive.read(ByteBuffer.allocate(1 << 20)) instanceof ReadResult.Block;
        } finally {
            drive.unload();
        }
    }

    private Drive loaded(String barcode) throws Exception {
        Drive drive = simulator.drives().getFirst();
        drive.unload();
        Changer changer = simulator.changer().orElseThrow();
        List<Element> all = changer.inventory();
        Element there = all.stream().filter(one -> one.barcode().filter(label -> label.value().equals(barcode)).isPresent()).findFirst().orElseThrow();
        Element bay = all.stream().filter(one -> one.kind() == Element.Kind.DRIVE).findFirst().orElseThrow();
        if (!there.address().equals(bay.address())) {
            if (bay.barcode().isPresent()) {
                changer.move(bay.address(), bay.source().orElseThrow());
            }
            changer.move(there.address(), bay.address());
        }
        Tapes.load(drive);
        return drive;
    }

    /** Whether a drive without a key reads the cartridge to its end. */
    private boolean isReadable(String barcode) throws Exception {
        Drive drive = loaded(barcode);
        try {
            ByteBuffer into = ByteBuffer.allocate(1 << 20);
            while (!(drive.read(into.clear()) instanceof ReadResult.EndOfData)) { }
            return true;
        } catch (BackupException e) {
            assertEquals("media.key", e.failure().code());
            return false;
        } finally {
            drive.unload();
        }
    }

    @Test
    void isFilledReadAndMadeAnewWithTheKeyOfThePoolAndNothingElse() throws Exception {
        Path source = Files.createDirectories(dir.resolve("source"));
        byte[] content = new byte[5_000_000];
        new Random(7).nextBytes(content);
        Files.write(source.resolve("large"), content);
        start("home");
        add();
        assertRefused("setting.value", () -> appliance.server.pools().create(TAPE, "disk", Map.of("library", "lib1", "encryption", "yes"), Pools.Readers.APPLIANCE));
        appliance.server.pools().create(TAPE, "disk", Map.of("library", LIBRARY.value(), "spool", "0", "encryption", "drive"), Pools.Readers.APPLIANCE);
        assertEnded(Job.State.DONE, appliance.backup(source, TAPE));
        assertRestored(source);
        String key = appliance.server.pools().exportKey(TAPE);
        assertFalse(appliance.server.pools().list().toString().contains("secret"));
        end();
        start("home");
        assertRestored(source);
        end();
        start("another");
        add();
        assertFalse(isReadable("A00001L8"));
        Job refused = appliance.run(new JobOrder.Rebuild(List.of("A00001L8")));
        assertEnded(Job.State.FAILED, refused);
        assertTrue(refused.error().contains("sealed by a drive") && refused.error().contains("key import"), refused::error);
        end();
        // as "key import" leaves it where the pool is not known yet
        RecoveryFile recovery = RecoveryFile.parse(key);
        byte[] secret = TapeKeys.secret(KeyRing.parse(recovery.keyRing()).unlock(recovery.key(null)).idKey());
        Files.writeString(Files.createDirectories(dir.resolve("third/keys/_tape")).resolve(TAPE.value()), HexFormat.of().formatHex(secret));
        Files.copy(dir.resolve("home/keys").resolve(TAPE.value()), dir.resolve("third/keys").resolve(TAPE.value()));
        start("third");
        add();
        assertEnded(Job.State.DONE, appliance.run(new JobOrder.Rebuild(List.of("A00001L8"))));
        assertRestored(source);
        assertTrue(appliance.server.pools().rules(TAPE).sealed());
        goOnOnTheNextCartridge(source);
        end();
        simulator = simulator();
        assertFalse(isReadable("A00002L8"), "it goes on being sealed");
    }

    /** The one before is left as it is. */
    private void goOnOnTheNextCartridge(Path source) throws Exception {
        appliance.server.libraries().lock(appliance.server.pools().volumes(TAPE).getFirst().label(), "to go on on the next");
        Random random = new Random(9);
        for (int i = 0; i < 200 && appliance.server.pools().volumes(TAPE).size() == 1; i++) {
            byte[] more = new byte[100_000];
            random.nextBytes(more);
            Files.write(source.resolve("more"), more);
            assertEnded(Job.State.DONE, appliance.backup(source, TAPE));
        }
        assertEquals(2, appliance.server.pools().volumes(TAPE).size());
    }

    @Test
    void sealingIsChangedAsOfTheNextTimeThatACartridgeIsLoadedAndWhatWasThereIsReadAllTheSame() throws Exception {
        Path source = Files.createDirectories(dir.resolve("source"));
        byte[] content = new byte[500_000];
        new Random(8).nextBytes(content);
        Files.write(source.resolve("large"), content);
        start("home");
        add();
        appliance.server.pools().create(TAPE, "disk", Map.of("library", LIBRARY.value(), "spool", "0"), Pools.Readers.APPLIANCE);
        assertEnded(Job.State.DONE, appliance.backup(source, TAPE));
        assertRefused("setting.value", () -> appliance.server.pools().rule(new PoolName("default"), SEALED));
        assertTrue(appliance.server.pools().rule(TAPE, SEALED).sealed());
        assertEnded(Job.State.DONE, appliance.run(new JobOrder.Move(LIBRARY, null, "A00001L8", "slot")));
        Files.write(source.resolve("second"), content, StandardOpenOption.CREATE_NEW);
        Files.write(source.resolve("second"), new byte[] {1}, StandardOpenOption.APPEND);
        assertEnded(Job.State.DONE, appliance.backup(source, TAPE));
        assertRestored(source);
        goOnOnTheNextCartridge(source);
        assertTrue(!appliance.server.pools().rule(TAPE, new Pools.Rules(null, null, null, null, null, null, null, null, null, false, null)).sealed());
        assertRestored(source);
        assertEnded(Job.State.DONE, appliance.run(new JobOrder.Verify(TAPE, null, JobOrder.Depth.CHECKSUMS, 0, 0)));
        end();
        simulator = simulator();
        assertFalse(isReadable("A00001L8"), "sealed from some place on");
        assertFalse(isReadable("A00002L8"));
        for (String barcode : List.of("A00001L8", "A00002L8")) {
            assertTrue(isLabelPlain(barcode), barcode);
        }
    }
}
