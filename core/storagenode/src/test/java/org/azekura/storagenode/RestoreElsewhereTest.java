package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.azekura.api.NodeName;
import org.azekura.api.PoolName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult;
import org.azekura.api.server.Pools;
import org.azekura.storagenode.pool.VolumeKeys;
import org.azekura.testkit.Seeds;
import org.azekura.testkit.fault.FaultDisk;
import org.azekura.testkit.fault.FaultPlan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Restores that get from a copy what their pool has lost. Pool {@code main} is on a disk of node {@code a}, {@code second} on another, {@code offsite} on node {@code b}. */
@Timeout(180)
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

    @Test
    void whatAPoolHasLostComesFromTheCopyOnTheSameNode() throws Exception {
        SnapshotId snapshot = sites.snapshot(source);
        copyTo(SECOND);
        lose("a", packs("a", "").getFirst());
        Path target = dir.resolve("restored");
        Job job = sites.restore(snapshot, target, null);
        assertEquals(Job.State.DONE, job.state(), () -> log(job));
        assertExact(target);
        JobResult.Restore result = result(job);
        assertEquals(List.of(), result.notRestored());
        assertEquals(SECOND, result.elsewhere().getFirst().pool());
        assertTrue(result.elsewhere().getFirst().chunks() > 0 && result.elsewhere().getFirst().bytes() > 0, result::toString);
        assertTrue(sites.server.jobs().log(job.id()).stream().anyMatch(line -> line.level() == JobLine.Level.WARN && line.text().contains("the copy in pool second on storage node a")),
                () -> log(job));
    }
}
