package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.azekura.api.BackupException;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Volume;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult;
import org.azekura.storagenode.pool.VolumeKeys;
import org.azekura.testkit.Seeds;
import org.azekura.testkit.fault.FaultDisk;
import org.azekura.testkit.fault.FaultPlan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Copies of snapshots from one node to the other, and what becomes of them. */
@Timeout(300)
class CopyTest {

    static final String COPIES = "copies/main/";

    @TempDir
    Path dir;

    private final Random random = Seeds.random(Seeds.start());
    private Path source;
    private TwoSites sites;

    @BeforeEach
    void begin() throws Exception {
        source = Files.createDirectory(dir.resolve("source"));
        sites = TwoSites.made(dir.resolve("home"));
        file("first", 3 << 20);
    }

    @AfterEach
    void end() {
        sites.close();
    }

    private void file(String name, int size) throws IOException {
        byte[] content = new byte[size];
        random.nextBytes(content);
        Files.write(source.resolve(name), content);
    }

    /** The files below a folder. */
    static Map<String, byte[]> files(Path folder) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return files;
    }

    static void assertSame(Map<String, byte[]> expected, Map<String, byte[]> found) {
        assertEquals(expected.keySet(), found.keySet());
        expected.forEach((name, content) -> assertArrayEquals(content, found.get(name), name));
    }

    private void assertRestores(SnapshotId snapshot, Map<String, byte[]> expected, boolean fromCopy) throws Exception {
        Path target = Files.createTempDirectory(dir, "restored");
        Job job = sites.restore(snapshot, target, fromCopy ? TwoSites.OFFSITE : null);
        assertEquals(Job.State.DONE, job.state(), () -> job + " " + log(job));
        assertSame(expected, files(target.resolve(source.toString().substring(1))));
    }

    private String log(Job job) {
        try {
            return sites.server.jobs().log(job.id()).toString();
        } catch (BackupException e) {
            return e.getMessage();
        }
    }

    /** The node is told of its pools when it joins, while the first is made: there is one label all the same. */
    @Test
    void aPoolCanBeMadeTheMomentItsNodeHasJoined() throws Exception {
        for (int i = 0; i < 20; i++) {
            TwoSites.made(dir.resolve("home-" + i)).close();
        }
    }

    @Test
    void whatIsCopiedIsByteForByteWhatWasWritten() throws Exception {
        SnapshotId snapshot = sites.snapshot(source);
        JobResult.Copy copied = sites.copyAll();
        assertEquals(List.of(snapshot), copied.snapshots());
        FaultDisk from = sites.disks.get("a");
        FaultDisk to = sites.disks.get("b");
        List<String> packs = from.keys(VolumeKeys.PACKS);
        assertEquals(packs.stream().map(key -> COPIES + key).toList(), to.keys(COPIES + VolumeKeys.PACKS));
        assertEquals(packs.size(), copied.packs());
        for (String key : packs) {
            assertArrayEquals(from.content(key), to.content(COPIES + key), key);
        }
        assertArrayEquals(from.content(VolumeKeys.manifest(snapshot)), to.content(COPIES + VolumeKeys.manifest(snapshot)));
        assertTrue(to.keys(COPIES).contains(COPIES + "keyring-1") && to.keys(COPIES).contains(COPIES + VolumeKeys.checkpoint(1)), to.keys(COPIES)::toString);
    }

    @Test
    void theNextCopySendsOnlyWhatIsNew() throws Exception {
        sites.snapshot(source);
        sites.copyAll();
        file("second", 1 << 20);
        SnapshotId next = sites.snapshot(source);
        JobResult.Copy copied = sites.copyAll();
        assertEquals(List.of(next), copied.snapshots());
        assertTrue(copied.bytes() > 1 << 20 && copied.bytes() < 3 << 19, copied::toString);
        assertEquals(List.of(), sites.copyAll().snapshots());
    }

    @Test
    void aCopyIsListedWithItsSnapshotAndItsVolumeWithThePool() throws Exception {
        SnapshotId snapshot = sites.snapshot(source);
        sites.copyAll();
        var copy = sites.server.snapshots().copies(snapshot).getFirst();
        assertEquals(TwoSites.OFFSITE, copy.pool());
        assertEquals("b", copy.node().value());
        List<Volume> volumes = sites.server.pools().volumes(TwoSites.OFFSITE);
        assertEquals(List.of("offsite-1", "copy of main in offsite"), volumes.stream().map(Volume::label).toList());
        assertEquals(sites.server.pools().volumes(TwoSites.MAIN).getFirst().used(), volumes.getLast().used());
        assertEquals(2, sites.server.pools().list().size());
    }

    @Test
    void restoresFromTheCopyWhereThatIsAskedFor() throws Exception {
        SnapshotId snapshot = sites.snapshot(source);
        sites.copyAll();
        assertRestores(snapshot, files(source), true);
    }

    @Test
    void restoresFromTheCopyByItselfWhenTheOwnNodeIsGone() throws Exception {
        SnapshotId snapshot = sites.snapshot(source);
        sites.copyAll();
        sites.stopNode("a");
        assertRestores(snapshot, files(source), false);
    }

    @Test
    void restoresFromTheCopyByItselfWhenTheOwnVolumeIsNotThere() throws Exception {
        SnapshotId snapshot = sites.snapshot(source);
        sites.copyAll();
        FaultDisk lost = sites.disks.get("a");
        lost.keys("").forEach(key -> lost.plant(key, null));
        assertRestores(snapshot, files(source), false);
    }

    @Test
    void namesThatASnapshotHasNoCopyThere() throws Exception {
        SnapshotId snapshot = sites.snapshot(source);
        BackupException problem = assertThrows(BackupException.class, () -> sites.restore(snapshot, dir.resolve("nowhere"), TwoSites.OFFSITE));
        assertEquals("copy.unknown", problem.failure().code());
    }

    @Test
    void verifyOfThePoolReadsTheCopiesInIt() throws Exception {
        SnapshotId snapshot = sites.snapshot(source);
        sites.copyAll();
        JobOrder verify = new JobOrder.Verify(TwoSites.OFFSITE, null, JobOrder.Depth.CHECKSUMS, 0, 0);
        assertEquals(Job.State.DONE, sites.run(verify).state());
        FaultDisk disk = sites.disks.get("b");
        String key = disk.keys(COPIES + VolumeKeys.PACKS).getFirst();
        byte[] pack = disk.content(key);
        pack[pack.length / 2] ^= 1;
        disk.plant(key, pack);
        Job job = sites.run(verify);
        assertEquals(Job.State.WARNED, job.state());
        JobResult.Verify found = (JobResult.Verify) sites.server.jobs().result(job.id()).orElseThrow();
        assertEquals(List.of(snapshot), found.healed().getFirst().snapshots());
        assertRestores(snapshot, files(source), false);
    }

    @Test
    void deletionTakesTheCopyToo() throws Exception {
        SnapshotId gone = sites.snapshot(source);
        file("second", 1 << 20);
        Files.delete(source.resolve("first"));
        SnapshotId stays = sites.snapshot(source);
        sites.copyAll();
        sites.server.snapshots().delete(gone);
        assertEquals(List.of(COPIES + VolumeKeys.manifest(stays)), sites.disks.get("b").keys(COPIES + VolumeKeys.MANIFESTS));
        long before = used();
        Job pruned = sites.run(new JobOrder.Prune(null, false));
        assertEquals(Job.State.DONE, pruned.state(), () -> pruned + log(pruned));
        assertTrue(used() < before - (2 << 20), () -> "before " + before);
        assertEquals(Job.State.DONE, sites.run(new JobOrder.Verify(TwoSites.OFFSITE, null, JobOrder.Depth.CHECKSUMS, 0, 0)).state());
        assertRestores(stays, files(source), true);
    }

    private long used() throws BackupException {
        return sites.server.pools().volumes(TwoSites.OFFSITE).getLast().used();
    }

    @Test
    void aCopyThatIsAwayGoesWhenItIsBack() throws Exception {
        SnapshotId gone = sites.snapshot(source);
        sites.copyAll();
        sites.stopNode("b");
        sites.server.snapshots().delete(gone);
        assertEquals(1, sites.disks.get("b").keys(COPIES + VolumeKeys.MANIFESTS).size());
        sites.startNode("b", FaultPlan.none());
        TwoSites.await("the manifest to go", () -> sites.disks.get("b").keys(COPIES + VolumeKeys.MANIFESTS).isEmpty());
    }

    @Test
    void damageIsNotCopied() throws Exception {
        SnapshotId sound = sites.snapshot(source);
        file("second", 3 << 20);
        SnapshotId hit = sites.snapshot(source);
        FaultDisk from = sites.disks.get("a");
        List<String> first = sites.disks.get("b").keys(COPIES);
        assertEquals(List.of(), first);
        String key = packs(hit, sound, from);
        byte[] pack = from.content(key);
        pack[pack.length / 2] ^= 1;
        from.plant(key, pack);
        Job job = sites.run(new JobOrder.Copy(TwoSites.OFFSITE, TwoSites.MAIN, null));
        assertEquals(Job.State.WARNED, job.state());
        JobResult.Copy copied = sites.copied(job);
        assertEquals(List.of(sound), copied.snapshots());
        assertEquals(hit, copied.left().getFirst().snapshot());
        assertEquals(key, VolumeKeys.pack(copied.damaged().getFirst().pack()));
        assertTrue(sites.disks.get("b").keys(COPIES + VolumeKeys.PACKS).stream().noneMatch(there -> there.endsWith(key)));
        assertRestores(sound, Map.of("first", Files.readAllBytes(source.resolve("first"))), true);
    }

    /** A data pack that only the later snapshot needs: the largest of those that came with it. */
    private String packs(SnapshotId later, SnapshotId earlier, FaultDisk disk) throws BackupException {
        long job = sites.catalog().read(view -> view.snapshot(later)).orElseThrow().job().value();
        return sites.catalog().read(view -> view.packs(TwoSites.MAIN)).stream().filter(pack -> pack.job().value() == job && !pack.tree())
                .map(pack -> VolumeKeys.pack(pack.id())).findFirst().orElseThrow();
    }

    @Test
    void aJobWhoseNodeIsAwayWaitsForIt() throws Exception {
        SnapshotId snapshot = sites.snapshot(source);
        sites.stopNode("b");
        assertThrows(BackupException.class, () -> sites.run(new JobOrder.Copy(TwoSites.OFFSITE, TwoSites.MAIN, null)));
        sites.startNode("b", FaultPlan.none());
        assertEquals(List.of(snapshot), sites.copyAll().snapshots());
    }
}
