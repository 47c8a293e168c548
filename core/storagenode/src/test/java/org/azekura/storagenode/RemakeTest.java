package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.SaveSet;
import org.azekura.api.SaveSetName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.AuditEntry;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Pack;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult;
import org.azekura.engine.volume.Label;
import org.azekura.server.job.damage.DamagedSnapshots;
import org.azekura.storagenode.pool.VolumeKeys;
import org.azekura.testkit.Seeds;
import org.azekura.testkit.fault.Call;
import org.azekura.testkit.fault.Fault;
import org.azekura.testkit.fault.FaultDisk;
import org.azekura.testkit.fault.FaultPlan;
import org.azekura.testkit.fault.Gate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A volume that is gone as a whole comes back from its copies, where it is proven that it was there. */
@Timeout(300)
class RemakeTest {

    private static final String FOREIGN = "packs/00/00000000000000000000000000000000";

    @TempDir
    Path dir;

    private final Random random = Seeds.random(Seeds.start());
    private Path source;
    private TwoSites sites;
    private FaultDisk disk;

    @BeforeEach
    void copied() throws Exception {
        source = Files.createDirectory(dir.resolve("source"));
        sites = new TwoSites(dir.resolve("home"), Map.of("a", new FaultDisk(1), "b", new FaultDisk(2)));
        disk = sites.disks.get("a");
        disk.place("disk 1");
        sites.disks.get("b").place("disk 2");
        sites.makePools();
        change("one");
        sites.snapshot(source);
        change("two");
        sites.snapshot(source);
        sites.copyAll();
    }

    @AfterEach
    void end() {
        sites.close();
    }

    private void change(String name) throws Exception {
        byte[] content = new byte[1 << 20];
        random.nextBytes(content);
        Files.write(source.resolve(name), content);
    }

    private static Map<String, byte[]> wiped(FaultDisk disk, String prefix) {
        Map<String, byte[]> was = new TreeMap<>();
        for (String key : disk.keys(prefix)) {
            was.put(key, disk.content(key));
            disk.plant(key, null);
        }
        return was;
    }

    private Job verify(PoolName pool) throws Exception {
        return sites.run(new JobOrder.Verify(pool, null, JobOrder.Depth.CHECKSUMS, 0, 0));
    }

    private void assertWhole(FaultDisk now, Map<String, byte[]> was) throws Exception {
        was.forEach((key, bytes) -> {
            if (key.contains(VolumeKeys.PACKS) || key.contains(VolumeKeys.MANIFESTS) || key.contains("keyring")) {
                CopyTest.assertSame(Map.of(key, bytes), Map.of(key, now.content(key)));
            }
        });
        for (PoolName pool : List.of(TwoSites.MAIN, TwoSites.OFFSITE)) {
            Job again = verify(pool);
            assertEquals(Job.State.DONE, again.state(), () -> again.toString());
            JobResult.Verify found = (JobResult.Verify) sites.server.jobs().result(again.id()).orElseThrow();
            assertEquals(List.of(), found.healed());
            assertEquals(List.of(), found.records());
        }
        assertEquals(Map.of(), damaged());
    }

    @Test
    void aVolumeThatWasEmptiedWhereItIsComesBackWithTheNextVerify() throws Exception {
        Map<String, byte[]> was = wiped(disk, "");
        assertEquals(Job.State.WARNED, verify(TwoSites.MAIN).state());
        assertTrue(disk.keys("").contains(VolumeKeys.LABEL));
        assertWhole(disk, was);
    }

    @Test
    void soDoesOneThatHoldsCopies() throws Exception {
        Map<String, byte[]> was = wiped(sites.disks.get("b"), "");
        assertEquals(Job.State.WARNED, verify(TwoSites.OFFSITE).state());
        assertWhole(sites.disks.get("b"), was);
    }

    @Test
    void soItDoesWithTheNextCopyIntoIt() throws Exception {
        Map<String, byte[]> was = wiped(sites.disks.get("b"), "");
        change("three");
        sites.snapshot(source);
        Job copy = sites.run(new JobOrder.Copy(TwoSites.OFFSITE, TwoSites.MAIN, null));
        assertEquals(Job.State.DONE, copy.state(), copy::toString);
        verify(TwoSites.OFFSITE);
        assertWhole(sites.disks.get("b"), was);
    }

    @Test
    void oneThatIsFoundEmptyAtItsOpeningIsHealedByItself() throws Exception {
        sites.stopNode("a");
        Map<String, byte[]> was = wiped(disk, "");
        sites.startNode("a", FaultPlan.none());
        TwoSites.await("all packs to be back", () -> was.keySet().stream().filter(key -> key.startsWith(VolumeKeys.PACKS)).allMatch(key -> disk.content(key) != null));
        TwoSites.await("its snapshots to be whole", () -> damaged().isEmpty());
        assertWhole(disk, was);
    }

    /** Its index has let go of all packs: for the catalog they are those that a copy is to bring back. */
    @Test
    void aPruneMeanwhileTakesNothingOutOfTheCatalogThatIsStillToBeHealed() throws Exception {
        sites.stopNode("b");
        Map<String, byte[]> was = wiped(disk, "");
        assertEquals(Job.State.FAILED, verify(TwoSites.MAIN).state());
        List<Pack> rows = sites.catalog().read(view -> view.packs(TwoSites.MAIN));
        Job prune = sites.run(new JobOrder.Prune(TwoSites.MAIN, false));
        assertTrue(prune.state().ended(), () -> prune.toString());
        assertEquals(rows, sites.catalog().read(view -> view.packs(TwoSites.MAIN)));
        sites.startNode("b", FaultPlan.none());
        assertEquals(Job.State.WARNED, verify(TwoSites.MAIN).state());
        assertWhole(disk, was);
    }

    /** Whoever has made the volume anew has not got to look which snapshots lose something by that. */
    @Test
    void aPruneThatComesUponALossBeforeAnybodyElseSeesToItAndGoesOn() throws Exception {
        Gate gate = new Gate();
        sites.stopNode("a");
        sites.startNode("a", FaultPlan.none().on(Call.CREATE, VolumeKeys.MANIFESTS, 0, new Fault.Slow(gate)));
        assertEquals(Job.State.DONE, verify(TwoSites.MAIN).state(), "its server is through with opening it");
        Map<String, byte[]> was = wiped(disk, "");
        JobId verify = sites.server.jobs().submit(new JobOrder.Verify(TwoSites.MAIN, null, JobOrder.Depth.CHECKSUMS, 0, 0)).id();
        gate.awaitCaller();
        assertEquals(Map.of(), damaged());
        assertTrue(sites.run(new JobOrder.Prune(TwoSites.MAIN, true)).state().ended());
        assertEquals(Map.of(), damaged(), "who only asks what would go changes nothing");
        assertEquals(Map.of(), sites.catalog().read(view -> view.settings("heal.due.")));
        Job prune = sites.run(new JobOrder.Prune(TwoSites.MAIN, false));
        assertEquals(Job.State.DONE, prune.state(), prune::toString);
        assertEquals(sites.catalog().read(view -> view.snapshotsIn(TwoSites.MAIN)).stream().map(Snapshot::id).collect(Collectors.toSet()), damaged().keySet());
        gate.open();
        assertEquals(Job.State.WARNED, sites.await(verify, false).state());
        TwoSites.await("its snapshots to be whole", () -> damaged().isEmpty());
        assertWhole(disk, was);
    }

    private Map<SnapshotId, DamagedSnapshots.Flag> damaged() throws BackupException {
        return sites.catalog().read(view -> DamagedSnapshots.in(view, TwoSites.MAIN));
    }

    @Test
    void aDiskThatIsNotMountedIsNotTakenForOneThatWasEmptied() throws Exception {
        Map<String, byte[]> was = wiped(disk, "");
        disk.place("the folder below it");
        assertEquals(Job.State.FAILED, verify(TwoSites.MAIN).state());
        assertThrows(BackupException.class, () -> verify(TwoSites.MAIN));
        assertEquals(List.of(), disk.keys(""));
        sites.stopNode("a");
        sites.startNodeUnopened("a");
        assertThrows(BackupException.class, () -> verify(TwoSites.MAIN));
        assertEquals(List.of(), disk.keys(""));
        was.forEach(disk::plant);
        disk.place("disk 1");
        assertEquals(Job.State.DONE, verify(TwoSites.MAIN).state());
        was.forEach((key, bytes) -> CopyTest.assertSame(Map.of(key, bytes), Map.of(key, disk.content(key))));
    }

    @Test
    void nothingIsWrittenWhereAnythingElseLies() throws Exception {
        wiped(disk, "");
        disk.plant(FOREIGN, new byte[] {1});
        assertEquals(Job.State.FAILED, verify(TwoSites.MAIN).state());
        assertEquals(List.of(FOREIGN), disk.keys(""));
    }

    @Test
    void aLostOrSpoiledLabelIsWrittenAgainBesideThePacksThatAreKnown() throws Exception {
        Label label = Label.parse(disk.content(VolumeKeys.LABEL));
        disk.plant(VolumeKeys.LABEL, null);
        disk.plant("audit/0000000000000001-0000000000000001-0123abcd", new byte[] {1});
        sites.catalog().write(edit -> {
            edit.addAudit(new AuditEntry(0, Instant.EPOCH, Instant.EPOCH, "user ann", "", "POST jobs", "", "done", null).behind(1, AuditEntry.beginning()));
            return null;
        });
        assertEquals(List.of("label", "audit log from line 1 on", "audit/0000000000000001-0000000000000001-0123abcd"), laidAnew());
        byte[] spoiled = disk.content(VolumeKeys.LABEL);
        assertEquals(label.volume(), Label.parse(spoiled).volume());
        spoiled[100] ^= 1;
        disk.plant(VolumeKeys.LABEL, spoiled);
        assertEquals(List.of("label"), laidAnew());
        assertEquals(label.volume(), Label.parse(disk.content(VolumeKeys.LABEL)).volume());
    }

    private List<String> laidAnew() throws Exception {
        Job job = verify(TwoSites.MAIN);
        assertEquals(Job.State.WARNED, job.state(), () -> job.toString());
        return ((JobResult.Verify) sites.server.jobs().result(job.id()).orElseThrow()).records().stream().map(JobResult.Laid::blob).toList();
    }

    @Test
    void aBackupIntoAnEmptiedVolumeBeginsItAnewAndReliesOnNothingThatIsGone() throws Exception {
        wiped(disk, "");
        change("three");
        SnapshotId snapshot = sites.snapshot(source);
        Path target = Files.createDirectory(dir.resolve("target"));
        assertEquals(Job.State.DONE, sites.restore(snapshot, target, TwoSites.MAIN).state());
        CopyTest.assertSame(CopyTest.files(source), CopyTest.files(target.resolve(source.toString().substring(1))));
    }

    @Test
    void aBackupWhoseVolumeIsRemovedMeanwhileMakesItAnewAndGoesOn() throws Exception {
        Gate gate = new Gate();
        sites.stopNode("a");
        sites.startNode("a", FaultPlan.none().on(Call.CREATE, VolumeKeys.PACKS, 0, new Fault.Slow(gate)));
        change("three");
        JobId job = sites.server.jobs().submit(new JobOrder.Backup(null, TwoSites.MAIN, new SaveSet(new SaveSetName("set"), List.of(RawPath.of(source.toString())), List.of(), false),
                null, false)).id();
        gate.awaitCaller();
        disk.remove();
        gate.open();
        Job end = sites.await(job, false);
        assertEquals(Job.State.DONE, end.state(), () -> end.toString());
        assertTrue(disk.keys("").contains(VolumeKeys.LABEL));
    }
}
