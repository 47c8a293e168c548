package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
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
import org.azekura.storagenode.pool.VolumeKeys;
import org.azekura.testkit.Seeds;
import org.azekura.testkit.device.Blobs;
import org.azekura.testkit.fault.FaultDisk;
import org.azekura.testkit.fault.FaultPlan;
import org.azekura.transport.local.LocalTransport;

/** A whole appliance with a pool on cartridges of 8 MB, two drives, and a file that is other every day, and one that stays. */
final class TapeSite implements AutoCloseable {

    static final PoolName TAPE = new PoolName("tape");
    static final PoolName DISK = new PoolName("default");
    private static final DeviceName LIBRARY = new DeviceName("lib1");
    private static final String AT = "/library";

    WholeAppliance appliance;
    /** What is to be there, by snapshot, in order. */
    final Map<SnapshotId, byte[]> kept = new LinkedHashMap<>();
    /** The job of the last backup. */
    Job last;
    private final Path dir;
    private final Path source;
    private final int cartridges;
    private final Random random = Seeds.random(Seeds.start());
    private final KilledAt killed;
    private Path home;
    FaultDisk disk;
    private Simulator simulator;
    private LibraryStore library;

    TapeSite(Path dir, int cartridges) throws Exception {
        this(dir, cartridges, new KilledAt());
    }

    /** @param killed it may be killed */
    TapeSite(Path dir, int cartridges, KilledAt killed) throws Exception {
        this.dir = dir;
        this.killed = killed;
        this.cartridges = cartridges;
        source = Files.createDirectories(dir.resolve("source"));
        begin(dir.resolve("home"));
        appliance.server.pools().create(TAPE, "disk", Map.of("library", LIBRARY.value()), Pools.Readers.APPLIANCE);
        byte[] base = new byte[300_000];
        random.nextBytes(base);
        Files.write(source.resolve("base"), base);
    }

    /** An appliance that has the library, and has not seen it yet. */
    private void begin(Path at) throws Exception {
        home = at;
        disk = new FaultDisk(1);
        start();
        appliance.server.devices().add(LIBRARY, "disk", Map.of("path", AT), null);
    }

    private void start() throws Exception {
        simulator = Simulator.of(Map.of("folder", dir.resolve("library").toString(), "drives", "2", "slots", "8", "mailSlots", "2", "cartridges",
                Integer.toString(cartridges), "capacity_MB", "8"));
        DeviceFiles files = new DeviceFiles(home.resolve("node"));
        appliance = new WholeAppliance(home, true, node -> {
            library = new LibraryStore(LIBRARY, killed.library(simulator), files.notes(), files.spool(), node.supply(), MountRules.USUAL.alone()).telling(node.spoolNews());
            return Map.of(home.resolve("pools/default").toString(), disk.on(FaultPlan.none()), AT, library);
        }, new LocalTransport(), killed::catalog);
    }

    void restart() throws Exception {
        close();
        start();
    }

    /** It was killed, and what the drives had not written yet is lost. */
    void crash() throws Exception {
        powerOff();
        killed.again();
        start();
    }

    private void powerOff() throws Exception {
        for (int i = 0; i < simulator.drives().size(); i++) {
            simulator.powerOff(i);
        }
        close();
    }

    /** The same, and the disk on which packs wait for tape is lost. */
    void crashWithoutSpool() throws Exception {
        powerOff();
        try (Stream<Path> all = Files.walk(new DeviceFiles(home.resolve("node")).spool())) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
        killed.again();
        start();
    }

    /** The appliance is lost, and another one in this folder has the library. */
    void another(String folder) throws Exception {
        close();
        begin(dir.resolve(folder));
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

    /** Another day. */
    void change(int bytes) throws Exception {
        byte[] today = new byte[bytes];
        random.nextBytes(today);
        Files.write(source.resolve("today"), today);
    }

    /** Ends, or waits for a cartridge. */
    Job backup(int bytes) throws Exception {
        change(bytes);
        return backupAgain();
    }

    /** What is there already. */
    Job backupAgain() throws Exception {
        return backupTo(TAPE);
    }

    Job backupTo(PoolName pool) throws Exception {
        Job job = appliance.backup(source, pool);
        last = job;
        if (job.state() != Job.State.PARKED) {
            took(job);
        }
        return job;
    }

    void took(Job job) throws Exception {
        assertDone(job);
        kept.put(saved(job).snapshot(), Files.readAllBytes(source.resolve("today")));
    }

    JobResult.Backup saved(Job job) throws Exception {
        return (JobResult.Backup) appliance.server.jobs().result(job.id()).orElseThrow();
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

    /** A hand takes a cartridge out, and nobody looks. */
    void take(String barcode) throws Exception {
        assertDone(appliance.run(new JobOrder.Move(LIBRARY, null, barcode, "slot")));
        faults("take " + barcode);
    }

    Job look() throws Exception {
        return appliance.run(new JobOrder.Inventory(LIBRARY, null, false));
    }

    /** It is put in again. */
    void putBack(String barcode) throws Exception {
        faults("insert " + barcode);
        assertDone(appliance.run(new JobOrder.Import(LIBRARY, null)));
    }

    /** Those of the pool on its cartridges, or on their way there, with their sizes. */
    Map<String, Long> packs() throws Exception {
        return Blobs.list(library.pool(TAPE, Optional.empty(), -1), VolumeKeys.PACKS);
    }

    /** Turns over bits of the first of these bytes, wherever they lie on cartridges. */
    void damage(byte[] lying) throws Exception {
        int found = 0;
        try (Stream<Path> media = Files.list(dir.resolve("library/cartridges"))) {
            for (Path content : media.filter(file -> file.toString().endsWith(".content")).toList()) {
                byte[] all = Files.readAllBytes(content);
                String text = new String(all, StandardCharsets.ISO_8859_1);
                String wanted = new String(lying, StandardCharsets.ISO_8859_1);
                for (int at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
                    all[at] ^= 1;
                    found++;
                }
                Files.write(content, all);
            }
        }
        assertTrue(found > 0, "that lies on no cartridge");
    }

    void faults(String... lines) throws Exception {
        Files.write(dir.resolve("library/faults"), List.of(lines));
    }

    Job restored(SnapshotId snapshot, Path target) throws Exception {
        return restored(snapshot, target, null);
    }

    private Job restored(SnapshotId snapshot, Path target, PoolName fromCopy) throws Exception {
        return appliance.run(new JobOrder.Restore(snapshot, List.of(), null, RawPath.of(target.toString()), Overwrite.NEVER, false, fromCopy, 0, null, null));
    }

    void assertKept() throws Exception {
        for (SnapshotId snapshot : kept.keySet()) {
            assertKept(snapshot, null);
        }
    }

    /** @param fromCopy the pool whose copy is read, null for any */
    void assertKept(SnapshotId snapshot, PoolName fromCopy) throws Exception {
        Path target = Files.createTempDirectory(dir, "restored");
        assertDone(restored(snapshot, target, fromCopy));
        Path landed = target.resolve(source.toString().substring(1));
        assertArrayEquals(kept.get(snapshot), Files.readAllBytes(landed.resolve("today")));
        assertEquals(-1, Files.mismatch(source.resolve("base"), landed.resolve("base")));
    }
}
