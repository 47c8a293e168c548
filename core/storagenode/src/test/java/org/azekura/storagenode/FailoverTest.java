package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.azekura.api.Bandwidth;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.Overwrite;
import org.azekura.api.PoolGroup;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult;
import org.azekura.api.server.Pools;
import org.azekura.storagenode.pool.VolumeKeys;
import org.azekura.testkit.device.MemoryStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pools on two nodes, apart and in one group, with the real server, nodes and client. */
@Timeout(300)
class FailoverTest {

    private static final PoolName A = new PoolName("a");
    private static final PoolName B = new PoolName("b");
    private static final ClientName WEB = new ClientName("web");

    @TempDir
    Path dir;

    private final MemoryStore onA = new MemoryStore();
    private final MemoryStore onB = new MemoryStore();
    private ManyHosts hosts;
    private Path source;

    @BeforeEach
    void begin() throws Exception {
        hosts = new ManyHosts(dir.resolve("hosts"));
        hosts.media.put("/a", onA);
        hosts.media.put("/b", onB);
        hosts.node("n1");
        hosts.node("n2");
        hosts.client("web");
        source = Files.createDirectory(dir.resolve("source"));
        Files.writeString(source.resolve("file"), "content");
    }

    @AfterEach
    void end() {
        hosts.close();
    }

    private void group() throws Exception {
        hosts.pool("a", "n1", "/a", "sites");
        hosts.pool("b", "n2", "/b", "sites");
        hosts.server.pools().tune(A, new Pools.Tuning(null, null, 0));
    }

    private JobResult.Backup result(Job job) throws Exception {
        assertEquals(Job.State.DONE, job.state(), job::toString);
        return (JobResult.Backup) hosts.server.jobs().result(job.id()).orElseThrow();
    }

    private String log(JobId job) throws Exception {
        return String.join("\n", hosts.server.jobs().log(job).stream().map(JobLine::text).toList());
    }

    private static String code(org.junit.jupiter.api.function.Executable refused) {
        return assertThrows(BackupException.class, refused).failure().code();
    }

    @Test
    void aPoolLiesOnTheNodeThatIsNamed() throws Exception {
        assertEquals("node.unnamed", code(() -> hosts.pool("a", null, "/a", null)));
        assertEquals("node.unknown", code(() -> hosts.pool("a", "n3", "/a", null)));
        hosts.pool("a", "n1", "/a", null);
        hosts.stop("n1");
        assertEquals("node.offline", code(() -> hosts.pool("a2", "n1", "/a2", null)));
        assertEquals(List.of(A), hosts.server.pools().list().stream().map(pool -> pool.name()).toList());
        hosts.pool("b", null, "/b", null);
        assertEquals("n2", hosts.server.pools().get(B).node().value());
    }

    @Test
    void poolsOnTwoNodesAreFilledAtOnceAndReadBack() throws Exception {
        hosts.pool("a", "n1", "/a", null);
        hosts.pool("b", "n2", "/b", null);
        List<JobId> jobs = new ArrayList<>();
        for (String pool : List.of("a", "b", "a", "b")) {
            jobs.add(hosts.server.jobs().submit(new JobOrder.Backup(WEB, new PoolName(pool),
                    ManyHosts.order("web", null, source).saveSet(), null, false)).id());
        }
        for (JobId job : jobs) {
            assertNull(result(Rest.of(hosts.server.jobs(), job)).detour());
        }
        assertEquals(2, hosts.catalog().read(view -> view.snapshotsIn(A)).size());
        assertEquals(2, hosts.catalog().read(view -> view.snapshotsIn(B)).size());
        assertTrue(onA.keys(VolumeKeys.PACKS).size() > 0 && onB.keys(VolumeKeys.PACKS).size() > 0);
        for (Snapshot snapshot : hosts.server.snapshots().list((ClientName) null)) {
            restores(snapshot, dir.resolve("back-" + snapshot.id()));
        }
    }

    private void restores(Snapshot snapshot, Path to) throws Exception {
        Job job = hosts.run(new JobOrder.Restore(snapshot.id(), List.of(), null, RawPath.of(to.toString()), Overwrite.NEVER, false));
        assertEquals(Job.State.DONE, job.state(), job::toString);
        assertEquals("content", Files.readString(Path.of(to + source.toString()).resolve("file")));
    }

    @Test
    void anotherPoolOfTheGroupStandsInWhileTheNodeIsAway() throws Exception {
        group();
        assertEquals(A, result(hosts.run(ManyHosts.order("web", "a", source))).pool());
        hosts.stop("n1");
        Job job = hosts.run(ManyHosts.order("web", "a", source));
        JobResult.Backup saved = result(job);
        assertEquals(B, saved.pool());
        assertEquals(B, job.pool());
        assertTrue(job.detour().contains("pool a of group sites") && job.detour().contains("n1 is not connected"), job.detour());
        assertEquals(job.detour(), saved.detour());
        assertTrue(log(job.id()).contains("goes to pool b, for pool a"), log(job.id()));
        Snapshot snapshot = hosts.catalog().read(view -> view.snapshot(saved.snapshot())).orElseThrow();
        assertEquals(B, snapshot.pool());
        restores(snapshot, dir.resolve("back"));
        hosts.node("n1");
        Job later = hosts.run(ManyHosts.order("web", "a", source));
        assertEquals(A, result(later).pool());
        assertNull(later.detour());
    }

    @Test
    void whatShallGoNowhereElseWaits() throws Exception {
        group();
        hosts.stop("n1");
        JobOrder.Backup order = ManyHosts.order("web", "a", source);
        Job job = hosts.run(new JobOrder.Backup(order.client(), A, order.saveSet(), null, false, true, 0, null, null));
        assertEquals(Job.State.PARKED, job.state());
        hosts.node("n1");
        assertEquals(A, result(ended(job.id())).pool());
    }

    @Test
    void aNodeThatStartsAnewIsWaitedForFirst() throws Exception {
        group();
        hosts.server.pools().tune(A, new Pools.Tuning(null, null, 3600));
        hosts.stop("n1");
        Job job = hosts.run(ManyHosts.order("web", "a", source));
        assertEquals(Job.State.PARKED, job.state());
        hosts.node("n1");
        assertEquals(A, result(ended(job.id())).pool());
        assertNull(ended(job.id()).detour());
    }

    private Job ended(JobId job) throws Exception {
        return Rest.until(hosts.server.jobs(), job, progress -> progress.state().ended());
    }

    @Test
    void aFullPoolSendsItsBackupsToAnother() throws Exception {
        group();
        byte[] much = new byte[3 << 20];
        new Random(1).nextBytes(much);
        Files.write(source.resolve("much"), much);
        // More than a pack fits at the begin; what is there then is too little at the end of the first pack.
        onA.capacity(1 << 20);
        Job job = hosts.run(ManyHosts.order("web", "a", source));
        assertEquals(B, result(job).pool());
        assertTrue(job.detour().contains("no room"), job.detour());
        onA.capacity(1L << 40);
        assertEquals(A, result(hosts.run(ManyHosts.order("web", "a", source))).pool());
    }

    @Test
    void aPoolThatFillsUpMeanwhileSendsItsBackupOn() throws Exception {
        group();
        byte[] much = new byte[3 << 20];
        new Random(1).nextBytes(much);
        Files.write(source.resolve("much"), much);
        onA.fault((doing, key) -> {
            if (doing.equals("commit") && key.startsWith(VolumeKeys.PACKS)) {
                throw BackupException.device("device.full", "/a", "no space left on device", null);
            }
        });
        // Its room says nothing of that.
        Job job = ended(hosts.run(ManyHosts.order("web", "a", source)).id());
        assertEquals(B, result(job).pool());
        assertEquals(0, onA.keys(VolumeKeys.PACKS).size());
        assertEquals(1, hosts.server.snapshots().list((ClientName) null).size());
    }

    @Test
    void aBackupThatLosesItsNodeGoesOnElsewhere() throws Exception {
        group();
        // A chunk has 4 MiB at most: some wait behind the first.
        byte[] much = new byte[9 << 20];
        new Random(1).nextBytes(much);
        Files.write(source.resolve("much"), much);
        hosts.server.appliance().limit(WEB, List.of(new Bandwidth(Bandwidth.LEAST)));
        JobId job = hosts.server.jobs().submit(ManyHosts.order("web", "a", source)).id();
        Rest.until(hosts.server.jobs(), job, progress -> progress.stored() > 0);
        hosts.stop("n1");
        hosts.server.appliance().limit(WEB, List.of());
        Job end = ended(job);
        JobResult.Backup saved = result(end);
        assertEquals(B, saved.pool());
        assertTrue(end.detour().contains("n1 is not connected"), end.detour());
        assertTrue(log(job).contains("parked:") && log(job).contains("goes to pool b"), log(job));
        restores(hosts.catalog().read(view -> view.snapshot(saved.snapshot())).orElseThrow(), dir.resolve("back"));
    }

    @Test
    void aPruneOfAllLeavesThePoolsOfANodeThatIsAwayAsTheyAre() throws Exception {
        group();
        result(hosts.run(ManyHosts.order("web", "a", source)));
        hosts.server.snapshots().delete(result(hosts.run(ManyHosts.order("web", "b", source))).snapshot());
        hosts.stop("n1");
        Job prune = hosts.run(new JobOrder.Prune(null, false));
        assertEquals(Job.State.DONE, prune.state(), prune::toString);
        assertEquals(0, onB.keys(VolumeKeys.PACKS).size());
        assertTrue(onA.keys(VolumeKeys.PACKS).size() > 0);
        assertTrue(log(prune.id()).contains("pool a is left as it is"), log(prune.id()));
        hosts.node("n1");
        for (Snapshot kept : hosts.server.snapshots().list((ClientName) null)) {
            restores(kept, dir.resolve("back"));
        }
    }

    @Test
    void aClientsBackupsGoWhereItWasLaidDown() throws Exception {
        group();
        assertEquals("pool.unnamed", code(() -> hosts.server.jobs().submit(ManyHosts.order("web", null, source))));
        hosts.server.appliance().direct(WEB, B, null);
        assertEquals(B, result(hosts.run(ManyHosts.order("web", null, source))).pool());
        hosts.server.appliance().direct(WEB, null, new PoolGroup("sites"));
        PoolName preferred = result(hosts.run(ManyHosts.order("web", null, source))).pool();
        assertEquals(preferred, result(hosts.run(ManyHosts.order("web", null, source))).pool());
        assertEquals("group.unknown", code(() -> hosts.server.appliance().direct(WEB, null, new PoolGroup("other"))));
        assertEquals("pool.unknown", code(() -> hosts.server.appliance().direct(WEB, new PoolName("c"), null)));
        assertEquals("client.unknown", code(() -> hosts.server.appliance().direct(new ClientName("db"), B, null)));
        hosts.server.pools().group(A, null);
        hosts.server.pools().group(B, null);
        assertEquals("group.unknown", code(() -> hosts.server.jobs().submit(ManyHosts.order("web", null, source))));
    }

    @Test
    void aLimitedJobTakesItsTime() throws Exception {
        group();
        byte[] much = new byte[9 << 20];
        new Random(1).nextBytes(much);
        Files.write(source.resolve("much"), much);
        JobOrder.Backup order = ManyHosts.order("web", "a", source);
        long began = System.nanoTime();
        result(hosts.run(new JobOrder.Backup(WEB, A, order.saveSet(), null, false, false, 8 << 20, null, null)));
        // All but the last chunk, of 4 MiB at most, are waited for.
        assertTrue(System.nanoTime() - began > TimeUnit.MILLISECONDS.toNanos(600), "too fast: " + (System.nanoTime() - began));
    }
}
