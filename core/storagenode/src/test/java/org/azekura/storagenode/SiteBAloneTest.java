package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.azekura.api.NodeName;
import org.azekura.api.Overwrite;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.Pools;
import org.azekura.testkit.fault.FaultDisk;
import org.azekura.testkit.fault.FaultPlan;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Site A is gone, its server and its node; what is left is the volume at site B, and the recovery file of the pool that was copied. */
@Timeout(300)
class SiteBAloneTest {

    @TempDir
    Path dir;

    private Path source;
    private FaultDisk left;
    private String recovery;
    private Map<SnapshotId, Map<String, byte[]>> saved;

    @BeforeEach
    void saveAndLose() throws Exception {
        source = Files.createDirectory(dir.resolve("source"));
        saved = new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
        try (TwoSites sites = TwoSites.made(dir.resolve("lost"))) {
            for (int day = 1; day <= 3; day++) {
                Files.writeString(source.resolve("day"), "day " + day);
                Files.write(source.resolve("file " + day), new byte[100_000 * day]);
                saved.put(sites.snapshot(source), CopyTest.files(source));
                if (day != 2) {
                    sites.copyAll();
                }
            }
            recovery = sites.server.pools().exportKey(TwoSites.MAIN);
            left = sites.disks.get("b");
        }
    }

    @Test
    void aNewApplianceHasTheSameSnapshotsAndRestoresThem() throws Exception {
        Path home = dir.resolve("new");
        try (WholeAppliance appliance = new WholeAppliance(home, true, Map.of("/left", left.on(FaultPlan.none()),
                home.resolve("pools/default").toString(), new FaultDisk(3).on(FaultPlan.none())))) {
            Job rebuilt = appliance.run(new JobOrder.Rebuild(List.of("/left")));
            assertEquals(Job.State.DONE, rebuilt.state(), () -> rebuilt + " " + log(appliance, rebuilt));
            assertEquals(saved.keySet(), ids(appliance));
            assertEquals(List.of(TwoSites.MAIN), appliance.server.keys().importKey(null, recovery));
            for (SnapshotId snapshot : saved.keySet()) {
                Path target = Files.createTempDirectory(dir, "restored");
                Job job = appliance.run(new JobOrder.Restore(snapshot, List.of(), null, RawPath.of(target.toString()), Overwrite.NEVER, false));
                assertEquals(Job.State.DONE, job.state(), () -> job + " " + log(appliance, job));
                CopyTest.assertSame(saved.get(snapshot), CopyTest.files(target.resolve(source.toString().substring(1))));
            }
            assertEquals(Job.State.DONE, appliance.backup(source, TwoSites.MAIN).state());
            Job again = appliance.run(new JobOrder.Copy(TwoSites.OFFSITE, TwoSites.MAIN, null));
            assertEquals(Job.State.FAILED, again.state());
            assertTrue(again.error().contains("which pool main is served from"), again::error);
        }
    }

    /** A rebuild takes one volume of a pool. Whoever has given two copies of it must not believe that he has all that they have. */
    @Test
    void ofTwoCopiesOfOnePoolTheOneThatIsNotTakenIsNamed() throws Exception {
        Path more = Files.createDirectory(dir.resolve("more"));
        FaultDisk first = new FaultDisk(4);
        FaultDisk second = new FaultDisk(5);
        SnapshotId early;
        SnapshotId late;
        try (TwoSites sites = new TwoSites(dir.resolve("three"), Map.of("a", new FaultDisk(1), "b", first, "b" + TwoSites.SECOND, second))) {
            sites.makePools();
            PoolName vault = new PoolName("vault");
            sites.server.pools().create(vault, "disk", Map.of("path", TwoSites.SECOND), Pools.Readers.APPLIANCE, new Pools.Site(new NodeName("b"), null));
            Files.writeString(more.resolve("day"), "day 1");
            early = sites.snapshot(more);
            sites.copyAll();
            Files.writeString(more.resolve("day"), "day 2");
            late = sites.snapshot(more);
            sites.run(new JobOrder.Copy(vault, TwoSites.MAIN, null));
        }
        Path home = dir.resolve("of two");
        try (WholeAppliance appliance = new WholeAppliance(home, true, Map.of("/first", first.on(FaultPlan.none()), "/second", second.on(FaultPlan.none()),
                home.resolve("pools/default").toString(), new FaultDisk(3).on(FaultPlan.none())))) {
            Job rebuilt = appliance.run(new JobOrder.Rebuild(List.of("/first", "/second")));
            assertTrue(ids(appliance).contains(early), () -> log(appliance, rebuilt));
            assertTrue(ids(appliance).contains(late) || log(appliance, rebuilt).contains("/second/copies/main"), () -> "nobody says that snapshots are in /second alone: "
                    + log(appliance, rebuilt));
        }
    }

    private static Set<SnapshotId> ids(WholeAppliance appliance) throws Exception {
        return new HashSet<>(appliance.catalog().read(view -> view.snapshotsIn(TwoSites.MAIN)).stream().map(Snapshot::id).toList());
    }

    private static String log(WholeAppliance appliance, Job job) {
        try {
            return appliance.server.jobs().log(job.id()).toString();
        } catch (Exception e) {
            return e.getMessage();
        }
    }
}
