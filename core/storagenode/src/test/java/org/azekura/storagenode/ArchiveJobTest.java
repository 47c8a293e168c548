package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.azekura.api.BackupException;
import org.azekura.api.NodeName;
import org.azekura.api.Overwrite;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Pack;
import org.azekura.api.device.RetrievalTier;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult;
import org.azekura.api.server.Pools;
import org.azekura.api.server.Snapshots;
import org.azekura.api.server.Thaw;
import org.azekura.storagenode.pool.VolumeKeys;
import org.azekura.testkit.Seeds;
import org.azekura.testkit.device.MemoryStore;
import org.azekura.testkit.device.MemoryVault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What lies in the archive of a device, by the real server, node and client. Pool {@code default} is on a disk, {@code cold} where packs go into an archive. */
@Timeout(300)
class ArchiveJobTest {

    private static final PoolName COLD = new PoolName("cold");
    private static final PoolName DISK = new PoolName("default");
    private static final RetrievalTier CHEAP = new RetrievalTier("Bulk", Duration.ofHours(12), 25, 2_500);
    private static final RetrievalTier USUAL = new RetrievalTier("Standard", Duration.ofHours(5), 50, 1_000_000_000);
    /** So long that nothing is there before it was waited for, and no longer. */
    private static final RetrievalTier FAST = new RetrievalTier("Expedited", Duration.ofMillis(700), 10_000, 30_000);

    @TempDir
    Path dir;
    private final MemoryVault vault = new MemoryVault(new MemoryStore(), List.of(CHEAP, USUAL, FAST));
    private final MemoryStore disk = new MemoryStore();
    private final Random random = Seeds.random(Seeds.start());
    private WholeAppliance appliance;
    private Path source;

    @BeforeEach
    void begin() throws Exception {
        open();
        appliance.server.pools().create(COLD, "disk", Map.of("path", cold()), Pools.Readers.APPLIANCE, new Pools.Site(new NodeName(WholeAppliance.NAME), null));
        source = Files.createDirectory(dir.resolve("source"));
        for (int i = 0; i < 5; i++) {
            byte[] content = new byte[200_000];
            random.nextBytes(content);
            Files.write(source.resolve("file" + i), content);
        }
    }

    private String cold() {
        return dir.resolve("cold").toString();
    }

    private void open() throws Exception {
        Path home = dir.resolve("home");
        appliance = new WholeAppliance(home, true, Map.of(home.resolve("pools/default").toString(), disk, cold(), vault));
    }

    @AfterEach
    void end() {
        appliance.close();
    }

    private SnapshotId backup(PoolName pool) throws Exception {
        Job job = appliance.backup(source, pool);
        assertEquals(Job.State.DONE, job.state(), job::toString);
        return ((JobResult.Backup) appliance.server.jobs().result(job.id()).orElseThrow()).snapshot();
    }

    /** @return packs that lie in the archive from now on: all that have data */
    private List<Pack> freeze() throws Exception {
        List<Pack> packs = appliance.catalog().read(view -> view.packs(COLD)).stream().filter(pack -> !pack.tree()).toList();
        packs.forEach(pack -> vault.archive(VolumeKeys.pack(pack.id())));
        assertFalse(packs.isEmpty());
        return packs;
    }

    private JobOrder restore(SnapshotId snapshot, PoolName fromCopy, Thaw how, boolean dryRun) {
        return new JobOrder.Restore(snapshot, List.of(), null, RawPath.of(target().toString()), Overwrite.NEVER, dryRun, fromCopy, 0, null, null, how);
    }

    private Path target() {
        return dir.resolve("target");
    }

    private void assertRestored(Job job) throws Exception {
        assertEquals(Job.State.DONE, job.state(), () -> log(job));
        CopyTest.assertSame(CopyTest.files(source), CopyTest.files(target().resolve(source.toString().substring(1))));
    }

    private String log(Job job) {
        try {
            return job + " " + appliance.server.jobs().log(job.id()).stream().map(JobLine::text).toList();
        } catch (Exception e) {
            return e.getMessage();
        }
    }

    private List<String> asked(RetrievalTier tier, List<Pack> packs) {
        return packs.stream().map(pack -> tier.name() + " " + VolumeKeys.pack(pack.id())).sorted().toList();
    }

    private List<String> asked() {
        List<String> asked = new ArrayList<>(vault.asked());
        asked.sort(null);
        return asked;
    }

    @Test
    void aRestoreAsksTheArchiveOnceParksAndGoesOnByItselfWhenAllIsThere() throws Exception {
        SnapshotId snapshot = backup(COLD);
        List<Pack> packs = freeze();
        Job parked = appliance.run(restore(snapshot, null, Thaw.FAST, false));
        assertEquals(Job.State.PARKED, parked.state(), () -> log(parked));
        assertTrue(parked.error().contains(packs.size() + " of " + packs.size()) && parked.error().contains("asked for at") && parked.error().contains("by the prices set"), parked::error);
        vault.pass(FAST.waiting());
        assertRestored(appliance.awaitEnd(parked.id()));
        assertEquals(asked(FAST, packs), asked(), "each pack is paid for once");
    }

    @Test
    void aServerThatStartsAnewWaitsOnAndPaysForNothingTwice() throws Exception {
        SnapshotId snapshot = backup(COLD);
        List<Pack> packs = freeze();
        Job first = appliance.run(restore(snapshot, null, null, false));
        assertEquals(Job.State.PARKED, first.state(), () -> log(first));
        assertEquals(asked(USUAL, packs), asked());
        appliance.close();
        open();
        TwoSites.await("it to be parked again, and what it cost to be remembered", () -> {
            String said = String.valueOf(appliance.server.jobs().get(first.id()).error());
            return said.contains("asked for already") && said.contains("costs 0.93");
        });
        vault.pass(USUAL.waiting());
        wake(first);
        assertRestored(appliance.awaitEnd(first.id()));
        assertEquals(asked(USUAL, packs), asked());
        assertEquals(Map.of(), appliance.catalog().read(view -> view.settings("thaw.")), "nothing is kept of it");
    }

    /** Has it look again before its time; whoever orders that in the moment in which it parks is too early. */
    private void wake(Job job) throws Exception {
        TwoSites.await("it to rest", () -> {
            try {
                return appliance.server.jobs().resume(job.id()) != null;
            } catch (BackupException e) {
                assertEquals("job.running", e.failure().code());
                return false;
            }
        });
    }

    @Test
    void aVerifyLeavesPacksInTheArchiveAloneAndSaysSo() throws Exception {
        backup(COLD);
        List<Pack> packs = freeze();
        Job job = appliance.run(new JobOrder.Verify(COLD, null, JobOrder.Depth.CHECKSUMS, 0, 0));
        assertEquals(Job.State.WARNED, job.state(), () -> log(job));
        JobResult.Verify result = (JobResult.Verify) appliance.server.jobs().result(job.id()).orElseThrow();
        assertEquals(List.of(), result.damaged());
        assertEquals(appliance.catalog().read(view -> view.packs(COLD)).size() - packs.size(), result.packs());
        assertTrue(log(job).contains("lies in an archive and was not looked at"), log(job));
        assertEquals(List.of(), vault.asked());
    }

    @Test
    void aPruneRewritesNothingThatLiesInTheArchive() throws Exception {
        for (int i = 0; i < 4; i++) {
            byte[] content = new byte[3_000_000];
            random.nextBytes(content);
            Files.write(source.resolve("big" + i), content);
        }
        SnapshotId first = backup(COLD);
        for (int i = 1; i < 4; i++) {
            Files.delete(source.resolve("big" + i));
        }
        backup(COLD);
        freeze();
        appliance.server.snapshots().delete(first);
        Job prune = appliance.run(new JobOrder.Prune(COLD, false));
        assertTrue(prune.state() == Job.State.DONE || prune.state() == Job.State.WARNED, () -> log(prune));
        assertTrue(log(prune).contains("but it lies in an archive"), log(prune));
        assertEquals(List.of(), vault.asked());
    }

    @Test
    void aDrillAsksTheArchiveOnlyIfItIsToldTo() throws Exception {
        SnapshotId snapshot = backup(COLD);
        freeze();
        Job left = appliance.run(new JobOrder.Drill(snapshot, null, null, null, null, false));
        assertEquals(Job.State.WARNED, left.state(), () -> log(left));
        assertTrue(log(left).contains("not looked at"), log(left));
        assertEquals(List.of(), vault.asked());
        Job told = appliance.run(new JobOrder.Drill(snapshot, null, null, null, null, false, Thaw.CHEAP));
        assertEquals(Job.State.PARKED, told.state(), () -> log(told));
        vault.pass(CHEAP.waiting());
        wake(told);
        assertEquals(Job.State.DONE, appliance.awaitEnd(told.id()).state(), () -> log(told));
    }

    @Test
    void whatOnlyAnArchiveHasWholeIsHealedFromItByAJobThatWaitsAndByNoVerify() throws Exception {
        SnapshotId snapshot = backup(DISK);
        assertEquals(Job.State.DONE, appliance.run(new JobOrder.Copy(COLD, DISK, snapshot)).state());
        vault.freezeAll();
        Pack damaged = appliance.catalog().read(view -> view.packs(DISK)).stream().filter(pack -> !pack.tree()).findFirst().orElseThrow();
        disk.damage(VolumeKeys.pack(damaged.id()), damaged.size() / 2);
        Job verify = appliance.run(new JobOrder.Verify(DISK, null, JobOrder.Depth.CHECKSUMS, 0, 0));
        assertEquals(Job.State.FAILED, verify.state(), () -> log(verify));
        assertEquals(List.of(), vault.asked());
        Job heal = appliance.run(new JobOrder.Heal(DISK, List.of(damaged.id())));
        assertEquals(Job.State.PARKED, heal.state(), () -> log(heal));
        assertEquals(1, vault.asked().size(), vault.asked()::toString);
        vault.pass(USUAL.waiting());
        wake(heal);
        assertEquals(Job.State.WARNED, appliance.awaitEnd(heal.id()).state(), () -> log(heal));
        assertEquals(Job.State.DONE, appliance.run(new JobOrder.Verify(DISK, null, JobOrder.Depth.CHECKSUMS, 0, 0)).state());
    }

    @Test
    void aCopyFromAnArchiveWaitsForIt() throws Exception {
        SnapshotId snapshot = backup(COLD);
        List<Pack> packs = freeze();
        Job copy = appliance.run(new JobOrder.Copy(DISK, COLD, snapshot));
        assertEquals(Job.State.PARKED, copy.state(), () -> log(copy));
        vault.pass(USUAL.waiting());
        wake(copy);
        assertEquals(Job.State.DONE, appliance.awaitEnd(copy.id()).state(), () -> log(copy));
        assertEquals(asked(USUAL, packs), asked());
    }

    @Test
    void whatIsBroughtIsSaidAndPricedBeforeAnythingIsAsked() throws Exception {
        SnapshotId snapshot = backup(COLD);
        List<Pack> packs = freeze();
        long bytes = packs.stream().mapToLong(Pack::size).sum();
        long cost = (long) Math.ceil(50.0 * packs.size() + 1_000_000_000 * (bytes / (double) (1L << 30)));
        List<Snapshots.Lying> lying = appliance.server.snapshots().where(snapshot, List.of());
        assertEquals(1, lying.size());
        assertFalse(lying.getFirst().there());
        assertEquals(USUAL.waiting().toSeconds(), lying.getFirst().taking().waits());
        assertEquals(cost, lying.getFirst().taking().cost());
        assertTrue(lying.getFirst().place().contains("usual (Standard) about 5 h"), lying::toString);
        Job dry = appliance.run(restore(snapshot, null, Thaw.CHEAP, true));
        assertEquals(Job.State.DONE, dry.state(), () -> log(dry));
        JobResult.Restore result = (JobResult.Restore) appliance.server.jobs().result(dry.id()).orElseThrow();
        assertEquals(CHEAP.waiting().toSeconds(), result.lying().getFirst().taking().waits());
        assertEquals(List.of(), vault.asked());
    }

    @Test
    void aCopyOnADiskIsReadAndNothingIsAskedUnlessTheCopyInTheArchiveIsWanted() throws Exception {
        SnapshotId snapshot = backup(DISK);
        assertEquals(Job.State.DONE, appliance.run(new JobOrder.Copy(COLD, DISK, snapshot)).state());
        List<Pack> packs = appliance.catalog().read(view -> view.packs(view.replicas().getFirst().name())).stream().filter(pack -> !pack.tree()).toList();
        vault.freezeAll();
        assertRestored(appliance.run(restore(snapshot, null, Thaw.FAST, false)));
        assertEquals(List.of(), vault.asked());
        Job parked = appliance.run(restore(snapshot, COLD, Thaw.CHEAP, false));
        assertEquals(Job.State.PARKED, parked.state(), () -> log(parked));
        assertEquals(packs.size(), vault.asked().size());
        appliance.server.jobs().cancel(parked.id());
    }
}
