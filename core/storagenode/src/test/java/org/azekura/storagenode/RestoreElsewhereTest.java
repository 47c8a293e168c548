package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.NodeName;
import org.azekura.api.Overwrite;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Proof;
import org.azekura.api.server.Appliance;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult;
import org.azekura.api.server.Pools;
import org.azekura.server.job.damage.DamagedSnapshots;
import org.azekura.server.job.run.JobCodecs;
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

/** Restores that get from a copy what their pool has lost. Pool {@code main} is on a disk of node {@code a}, {@code second} on another, {@code offsite} on node {@code b}. */
@Timeout(300)
class RestoreElsewhereTest {

    private static final PoolName SECOND = new PoolName("second");

    @TempDir
    Path dir;

    private final Random random = Seeds.random(Seeds.start());
    private Path source;
    private TwoSites sites;

    @BeforeEach
    void begin() throws Exception {
        source = Files.createDirectory(dir.resolve("source"));
        sites = new TwoSites(dir.resolve("home"), Map.of("a", new FaultDisk(1), "a" + TwoSites.SECOND, new FaultDisk(2), "b", new FaultDisk(3)));
        sites.startNode("b", FaultPlan.none());
        pool(TwoSites.OFFSITE, "/disk", "b");
        sites.startNode("a", FaultPlan.none());
        pool(TwoSites.MAIN, "/disk", "a");
        pool(SECOND, TwoSites.SECOND, "a");
        for (int i = 0; i < 60; i++) {
            byte[] content = new byte[random.nextInt(100_000)];
            random.nextBytes(content);
            Files.write(source.resolve("file" + i), content);
        }
    }

    private void pool(PoolName name, String path, String node) throws Exception {
        sites.server.pools().create(name, "disk", Map.of("path", path), Pools.Readers.APPLIANCE, new Pools.Site(new NodeName(node), null));
    }

    @AfterEach
    void end() {
        sites.close();
    }

    private void copyTo(PoolName pool) throws Exception {
        Job copy = sites.run(new JobOrder.Copy(pool, TwoSites.MAIN, null));
        assertEquals(Job.State.DONE, copy.state(), () -> log(copy));
    }

    private String log(Job job) {
        try {
            return job + " " + sites.server.jobs().log(job.id());
        } catch (Exception e) {
            return e.getMessage();
        }
    }

    private void assertExact(Path target) throws Exception {
        CopyTest.assertSame(CopyTest.files(source), CopyTest.files(target.resolve(source.toString().substring(1))));
    }

    private JobResult.Restore result(Job job) throws Exception {
        return (JobResult.Restore) sites.server.jobs().result(job.id()).orElseThrow();
    }

    /** The packs with data that one disk has below a prefix. */
    private List<String> packs(String disk, String below) throws Exception {
        var rows = sites.catalog().read(view -> view.packs(TwoSites.MAIN));
        return sites.disks.get(disk).keys(below + VolumeKeys.PACKS).stream()
                .filter(key -> rows.stream().anyMatch(row -> !row.tree() && key.endsWith(VolumeKeys.pack(row.id())))).toList();
    }

    private void lose(String disk, String key) throws Exception {
        sites.disks.get(disk).plant(key, null);
    }

    private void flip(String disk, String key) throws Exception {
        byte[] content = sites.disks.get(disk).content(key);
        content[content.length / 2] ^= 1;
        sites.disks.get(disk).plant(key, content);
    }

    private List<JobLine> warnings(Job job) throws Exception {
        return sites.server.jobs().log(job.id()).stream().filter(line -> line.level() == JobLine.Level.WARN).toList();
    }

    private void assertWarns(Job job, String... words) throws Exception {
        assertTrue(warnings(job).stream().anyMatch(line -> Stream.of(words).allMatch(line.text()::contains)), () -> List.of(words) + " is not in " + log(job));
    }

    @Test
    void whatAPoolHasLostComesFromTheCopyOnTheSameNodeAndItsMendingIsOrdered() throws Exception {
        SnapshotId snapshot = sites.snapshot(source);
        copyTo(SECOND);
        String lost = packs("a", "").getFirst();
        lose("a", lost);
        Path target = dir.resolve("restored");
        Job job = sites.restore(snapshot, target, null);
        assertEquals(Job.State.DONE, job.state(), () -> log(job));
        assertExact(target);
        JobResult.Restore result = result(job);
        assertEquals(List.of(), result.notRestored());
        JobResult.Elsewhere came = result.elsewhere().getFirst();
        assertEquals(SECOND, came.pool());
        assertTrue(came.chunks() > 0 && came.bytes() > 0, result::toString);
        assertWarns(job, "can't be read in pool main on storage node a", "comes from the copy in pool second on storage node a");
        assertWarns(job, came.chunks() + " chunks, " + came.bytes() + " bytes came from pool second");
        Job heal = sites.server.jobs().list(false).stream().filter(one -> one.kind() == Job.Kind.HEAL).findFirst().orElseThrow();
        assertEquals(TwoSites.MAIN, heal.pool());
        assertTrue(sites.server.jobs().log(job.id()).stream().anyMatch(line -> line.text().startsWith("job " + heal.id() + " looks at")), () -> log(job));
        Job healed = sites.await(heal.id(), false);
        assertEquals(Job.State.WARNED, healed.state(), () -> log(healed));
        assertEquals(List.of(lost), packs("a", ""));
        assertEquals(Job.State.DONE, sites.run(new JobOrder.Verify(TwoSites.MAIN, null, JobOrder.Depth.CHECKSUMS, 0, 0)).state());
        assertEquals(false, sites.catalog().read(view -> DamagedSnapshots.isDamaged(view, snapshot)));
        assertTrue(sites.catalog().read(view -> JobCodecs.ORDERS.decode(view.job(heal.id()).orElseThrow().order())) instanceof JobOrder.Heal order
                && order.packs().stream().map(VolumeKeys::pack).toList().equals(List.of(lost)));
    }

    /** Each place has lost a pack that another has: one is gone, one has other bytes. */
    @Test
    void holesInDifferentPlacesAreFilledFromEachOther() throws Exception {
        sites.snapshot(source);
        add(5, 50_000);
        sites.snapshot(source);
        add(5, 50_000);
        SnapshotId snapshot = sites.snapshot(source);
        copyTo(SECOND);
        copyTo(TwoSites.OFFSITE);
        List<String> packs = packs("a", "");
        assertEquals(3, packs.size());
        lose("a", packs.get(0));
        flip("a", packs.get(1));
        String copies = CopyTest.COPIES;
        lose("a" + TwoSites.SECOND, copies + packs.get(0));
        flip("b", copies + packs.get(1));
        Path target = dir.resolve("restored");
        Job job = sites.restore(snapshot, target, null);
        assertEquals(Job.State.DONE, job.state(), () -> log(job));
        assertExact(target);
        assertEquals(Set.of(SECOND, TwoSites.OFFSITE), result(job).elsewhere().stream().map(JobResult.Elsewhere::pool).collect(Collectors.toSet()));
    }

    private void add(int files, int bytes) throws Exception {
        for (int i = 0; i < files; i++) {
            byte[] content = new byte[bytes];
            random.nextBytes(content);
            Files.write(source.resolve("more" + random.nextLong()), content);
        }
    }

    @Test
    void whatNoPlaceHasIsNamedAndNothingElse() throws Exception {
        SnapshotId snapshot = sites.snapshot(source);
        Files.write(source.resolve("only"), new byte[] {1, 2, 3});
        SnapshotId both = sites.snapshot(source);
        copyTo(SECOND);
        String late = packs("a", "").stream().filter(key -> !packsOf(snapshot).contains(key)).findFirst().orElseThrow();
        lose("a", late);
        lose("a" + TwoSites.SECOND, CopyTest.COPIES + late);
        Job job = sites.restore(both, dir.resolve("restored"), null);
        assertEquals(Job.State.WARNED, job.state(), () -> log(job));
        assertEquals(List.of(source.resolve("only").toString()), result(job).notRestored().stream().map(problem -> problem.path().toString()).toList());
        assertEquals(List.of(), result(job).elsewhere());
        assertTrue(sites.server.jobs().list(false).stream().noneMatch(one -> one.kind() == Job.Kind.HEAL));
    }

    private List<String> packsOf(SnapshotId snapshot) {
        try {
            long job = sites.catalog().read(view -> view.snapshot(snapshot)).orElseThrow().job().value();
            return sites.catalog().read(view -> view.packs(TwoSites.MAIN)).stream().filter(pack -> pack.job().value() == job).map(pack -> VolumeKeys.pack(pack.id())).toList();
        } catch (BackupException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aCopyThatIsAskedForIsReadAloneAndTheLogSaysWhatElseHasIt() throws Exception {
        SnapshotId snapshot = sites.snapshot(source);
        copyTo(SECOND);
        lose("a" + TwoSites.SECOND, CopyTest.COPIES + packs("a", "").getFirst());
        Job job = sites.restore(snapshot, dir.resolve("restored"), SECOND);
        assertEquals(Job.State.WARNED, job.state(), () -> log(job));
        assertTrue(result(job).notRestored().size() > 1 && result(job).elsewhere().isEmpty(), () -> log(job));
        assertWarns(job, "is in pool main on storage node a, too", "without --from-copy");
    }

    @Test
    void aDrillReadsOnlyTheCopyThatItProves() throws Exception {
        SnapshotId snapshot = sites.snapshot(source);
        copyTo(SECOND);
        lose("a", packs("a", "").getFirst());
        Job drill = sites.run(new JobOrder.Drill(snapshot, null, null, null, null, false));
        assertTrue(sites.server.jobs().result(drill.id()).orElseThrow() instanceof JobResult.Drill proof && proof.outcome() == Proof.Outcome.FAILED, () -> log(drill));
    }

    /** The eleventh read of data of node {@code a} waits at this gate. */
    private Gate gateAtA() throws Exception {
        Gate gate = new Gate();
        sites.stopNode("a");
        sites.startNode("a", FaultPlan.none().on(Call.READ, VolumeKeys.PACKS, 10, new Fault.Slow(gate)));
        return gate;
    }

    /** Begins a restore, and stops node {@code a} while it waits for a read. */
    private JobId restoredUntilAGoes(SnapshotId snapshot, Path target, Gate gate) throws Exception {
        JobId job = sites.server.jobs().submit(new JobOrder.Restore(snapshot, List.of(), null, RawPath.of(target.toString()), Overwrite.NEVER, false, null, 0, null, null)).id();
        gate.awaitCaller();
        FutureTask<Void> stop = new FutureTask<>(() -> {
            sites.stopNode("a");
            return null;
        });
        Thread.ofVirtual().start(stop);
        TwoSites.await("node a to be away", () -> !sites.server.status().roles().contains(new Appliance.RoleState("node", "a", true)));
        gate.open();
        stop.get();
        return job;
    }

    @Test
    void whenItsNodeGoesARestoreGoesOnAtTheCopy() throws Exception {
        add(15, 1_000_000);
        SnapshotId snapshot = sites.snapshot(source);
        copyTo(TwoSites.OFFSITE);
        Path target = dir.resolve("restored");
        Job job = sites.await(restoredUntilAGoes(snapshot, target, gateAtA()), false);
        assertEquals(Job.State.DONE, job.state(), () -> log(job));
        assertExact(target);
        assertEquals(75, result(job).files());
        assertWarns(job, "pool main on storage node a can't be read any more", "goes on from the copy in pool offsite on storage node b");
        assertEquals(TwoSites.OFFSITE, result(job).elsewhere().getFirst().pool());
        assertTrue(warnings(job).stream().noneMatch(line -> line.text().startsWith("parked")), () -> log(job));
    }

    @Test
    void whenItsVolumeGoesARestoreGoesOnAtTheCopyOnTheSameNode() throws Exception {
        add(15, 1_000_000);
        SnapshotId snapshot = sites.snapshot(source);
        copyTo(SECOND);
        Gate gate = gateAtA();
        FaultDisk lost = sites.disks.get("a");
        FutureTask<Void> loss = new FutureTask<>(() -> {
            gate.awaitCaller();
            lost.keys("").forEach(key -> lost.plant(key, null));
            gate.open();
            return null;
        });
        Thread.ofVirtual().start(loss);
        assertGoesOn(snapshot, SECOND);
        loss.get();
    }

    @Test
    void whenItsDeviceFailsARestoreGoesOnAtTheCopy() throws Exception {
        add(15, 1_000_000);
        SnapshotId snapshot = sites.snapshot(source);
        copyTo(TwoSites.OFFSITE);
        sites.stopNode("a");
        sites.startNode("a", FaultPlan.none().on(Call.READ, VolumeKeys.PACKS, 10, new Fault.PowerLoss()));
        assertGoesOn(snapshot, TwoSites.OFFSITE);
    }

    private void assertGoesOn(SnapshotId snapshot, PoolName at) throws Exception {
        Path target = dir.resolve("restored");
        Job job = sites.restore(snapshot, target, null);
        assertEquals(Job.State.DONE, job.state(), () -> log(job));
        assertExact(target);
        assertWarns(job, "pool main on storage node a can't be read any more", "goes on from the copy in pool " + at);
        assertEquals(List.of(at), result(job).elsewhere().stream().map(JobResult.Elsewhere::pool).toList(), () -> log(job));
    }

    @Test
    void whenNoPlaceIsLeftItParksAndNamesAllThatWouldDo() throws Exception {
        add(15, 1_000_000);
        SnapshotId snapshot = sites.snapshot(source);
        copyTo(TwoSites.OFFSITE);
        sites.stopNode("b");
        Path target = dir.resolve("restored");
        JobId job = restoredUntilAGoes(snapshot, target, gateAtA());
        Job parked = sites.await(job, true);
        assertEquals(Job.State.PARKED, parked.state(), () -> log(parked));
        assertTrue(parked.error().contains("storage node a") && parked.error().contains("storage node b"), parked::error);
        sites.startNode("b", FaultPlan.none());
        Job end = sites.await(job, false);
        assertEquals(Job.State.DONE, end.state(), () -> log(end));
        assertExact(target);
    }
}
