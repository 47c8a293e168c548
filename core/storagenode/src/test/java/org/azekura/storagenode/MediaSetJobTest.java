package org.azekura.storagenode;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.MediaSet;
import org.azekura.api.catalog.Volume;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult;
import org.azekura.api.server.Pools;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A pool that is cut into media sets, with real jobs: each is complete by itself, whatever lies in the vault. */
@Timeout(300)
class MediaSetJobTest {

    private static final String FIRST = "1 1 A00001L8";
    private static final String SECOND = "2 1 A00002L8";
    private static final int MUCH = 1_200_000;
    private static final long LITTLE = MUCH / 8;

    @TempDir
    Path dir;
    private TapeSite site;

    @BeforeEach
    void begin() throws Exception {
        site = new TapeSite(dir, 6);
    }

    @AfterEach
    void end() {
        site.close();
    }

    private Pools pools() {
        return site.appliance.server.pools();
    }

    private String cut() throws Exception {
        return pools().cut(TapeSite.TAPE).name().value();
    }

    /** The next set begins with so many bytes in the open one; 0: when somebody says so. */
    private void setSize(long bytes) throws Exception {
        pools().rule(TapeSite.TAPE, new Pools.Rules(null, null, null, null, null, null, null, null, bytes, null, null));
    }

    private SnapshotId saved(Job job) throws Exception {
        return site.saved(job).snapshot();
    }

    private void assertLittle(Job job) throws Exception {
        assertTrue(site.saved(job).stored() < LITTLE, () -> job + " stored more than changed");
    }

    /** All that is there, which is more than what is other each day. */
    private void assertWhole(Job job) throws Exception {
        assertTrue(site.saved(job).stored() > MUCH, () -> job + " stored less than there is");
    }

    /** Set, number and barcode of each cartridge: copies lie on those of their set. */
    private List<String> cartridges() throws Exception {
        return pools().volumes(TapeSite.TAPE).stream().filter(volume -> volume.barcode() != null).map(volume -> MediaSet.called(volume.pool()).map(MediaSet::number).orElse(1) + " " + volume.number() + " "
                + volume.barcode()).distinct().toList();
    }

    private JobResult.Copy copied(JobOrder.Copy order) throws Exception {
        Job job = site.appliance.run(order);
        site.assertDone(job);
        return (JobResult.Copy) site.appliance.server.jobs().result(job.id()).orElseThrow();
    }

    private JobResult.Copy toTape() throws Exception {
        return copied(new JobOrder.Copy(TapeSite.TAPE, TapeSite.DISK, null));
    }

    private JobResult.Copy toDisk() throws Exception {
        return copied(new JobOrder.Copy(TapeSite.DISK, TapeSite.TAPE, null));
    }

    private void assertSound() throws Exception {
        site.assertDone(site.appliance.run(new JobOrder.Verify(null, null, JobOrder.Depth.CHECKSUMS, 0, 0)));
    }

    @Test
    void whatIsNeededOfASetStaysWhenAnotherExpires() throws Exception {
        assertRefused("set.empty", this::cut);
        SnapshotId first = saved(site.backup(MUCH));
        assertLittle(site.backupAgain());
        SnapshotId again = saved(site.last);
        assertEquals("tape.set2", cut());
        assertWhole(site.backupAgain());
        site.delete(first);
        site.delete(again);
        assertTrue(site.log(site.prune()).contains("media set tape has expired as a whole"));
        assertEquals(List.of(SECOND), cartridges());
        site.prune();
        site.assertKept();
        site.restart();
        assertLittle(site.backup(20_000));
        setSize(1 << 20);
        site.backup(MUCH);
        assertEquals(List.of(SECOND, "3 1 A00001L8"), cartridges(), "what was scratch is taken again");
        setSize(0);
        assertLittle(site.backupAgain());
        site.assertKept();
        copiesGoIntoTheOpenSet();
        assertSound();
        site.prune();
        site.assertKept();
    }

    /** What has no copy in any; a snapshot that is named goes there whole. */
    private void copiesGoIntoTheOpenSet() throws Exception {
        SnapshotId saved = saved(site.backupTo(TapeSite.DISK));
        JobResult.Copy copied = toTape();
        assertTrue(copied.bytes() > MUCH, copied::toString);
        assertEquals(0, toTape().packs());
        assertEquals("tape.set4", cut());
        assertEquals(0, toTape().packs());
        assertEquals(copied.bytes(), copied(new JobOrder.Copy(TapeSite.TAPE, null, saved)).bytes());
        assertEquals(0, copied(new JobOrder.Copy(TapeSite.TAPE, null, saved)).packs());
        site.assertKept(saved, TapeSite.TAPE);
    }

    /** Whether anybody has looked into the library or not: no cartridge is labelled for the set that is away, and the rest is pruned. */
    @Test
    void aPruneLeavesASetInTheVaultAlone() throws Exception {
        SnapshotId large = saved(site.backup(MUCH));
        site.backup(20_000);
        cut();
        site.backupAgain();
        site.delete(large);
        site.take("A00001L8");
        String unseen = site.log(site.prune());
        assertEquals(List.of(FIRST, SECOND), cartridges(), unseen);
        assertEquals(Job.State.WARNED, site.look().state());
        String seen = site.log(site.prune());
        assertEquals(List.of(FIRST, SECOND), cartridges(), seen);
        site.assertKept(saved(site.last), null);
        site.putBack("A00001L8");
        String back = site.log(site.prune());
        assertEquals(List.of(FIRST, SECOND), cartridges(), back);
        site.assertKept();
        assertSound();
    }

    /** Whether its node has it open still, or could not open it. */
    @Test
    void copiesGoOnWithASetInTheVault() throws Exception {
        SnapshotId first = saved(site.backup(MUCH));
        cut();
        SnapshotId second = saved(site.backupAgain());
        SnapshotId onDisk = saved(site.backupTo(TapeSite.DISK));
        site.take("A00001L8");
        site.look();
        site.restart();
        assertEquals(List.of(onDisk), copied(new JobOrder.Copy(TapeSite.TAPE, null, onDisk)).snapshots());
        assertEquals(List.of(second), toDisk().snapshots());
        site.putBack("A00001L8");
        site.assertKept();
        assertEquals(List.of(first), toDisk().snapshots());
        assertEquals(List.of(FIRST, SECOND), cartridges());
    }

    @Test
    void aPoolThatHoldsOnlyCopiesIsCutToo() throws Exception {
        moreIsCopied();
        assertEquals("tape.set2", cut());
        moreIsCopied();
        site.prune();
        setSize(1 << 20);
        moreIsCopied();
        // the pool's own volume and that of the copies begin on one cartridge
        assertEquals(List.of(FIRST, SECOND, "3 1 A00003L8"), cartridges());
        assertSound();
    }

    private void moreIsCopied() throws Exception {
        site.change(MUCH);
        site.backupTo(TapeSite.DISK);
        assertTrue(toTape().packs() > 0);
    }

    /** Its node has no set open none of whose cartridges is there. */
    @Test
    void theOnlyCartridgeOfAClosedSetIsGivenUpAlsoIfItsNodeCanNotOpenIt() throws Exception {
        SnapshotId first = saved(site.backup(MUCH));
        assertEquals(List.of(first), toDisk().snapshots());
        SnapshotId alone = saved(site.backup(20_000));
        SnapshotId onDisk = saved(site.backupTo(TapeSite.DISK));
        copied(new JobOrder.Copy(TapeSite.TAPE, null, onDisk));
        cut();
        SnapshotId second = saved(site.backupAgain());
        site.take("A00001L8");
        site.look();
        site.restart();
        Job refused = site.appliance.run(new JobOrder.Forget("A00001L8", "burnt", false));
        assertEquals(Job.State.FAILED, refused.state(), site.log(refused));
        assertTrue(refused.error().contains(first.toString()) && refused.error().contains(alone.toString()) && refused.error().contains("--lost"), refused.error());
        assertTrue(refused.error().contains("from copies where there are some: 1 in pool default"), refused.error());
        Job given = site.appliance.run(new JobOrder.Forget("A00001L8", "burnt", true));
        assertEquals(Job.State.WARNED, given.state(), site.log(given));
        assertTrue(pools().volumes(TapeSite.TAPE).stream().anyMatch(volume -> volume.state() == Volume.State.EXPIRED && "given up: burnt".equals(volume.why())));
        site.restart();
        site.assertKept(second, null);
        site.assertKept(first, null);
        assertTrue(assertRefused("pool.offline", () -> site.restored(alone, dir.resolve("alone"))).getMessage().contains("all of its cartridges were given up"));
        assertEquals(List.of(onDisk), toTape().snapshots(), "what lay there is no copy any more");
        site.delete(alone);
        site.prune();
        site.assertKept(first, null);
        site.delete(first);
        String log = site.log(site.prune());
        assertTrue(log.contains("media set tape has expired as a whole; 0 cartridges are scratch"), log);
        assertEquals(List.of(SECOND), cartridges());
        site.assertKept();
        assertSound();
    }

    @Test
    void aCatalogIsMadeAnewFromAllSets() throws Exception {
        site.backup(MUCH);
        cut();
        site.backupAgain();
        String key = pools().exportKey(TapeSite.TAPE);
        site.another("another");
        Job rebuilt = site.appliance.run(new JobOrder.Rebuild(List.of("A00001L8", "A00002L8")));
        site.assertDone(rebuilt);
        site.appliance.server.keys().importKey(null, key);
        assertEquals(List.of(FIRST, SECOND), cartridges());
        site.assertKept();
        assertLittle(site.backup(20_000));
        assertEquals("tape.set3", cut());
        assertEquals(List.of(FIRST, SECOND, "3 1 A00003L8"), cartridges());
        site.prune();
        site.assertKept();
    }
}
