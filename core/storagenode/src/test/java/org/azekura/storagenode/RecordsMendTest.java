package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.azekura.api.BackupException;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.AuditEntry;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Pack;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult;
import org.azekura.storagenode.pool.VolumeKeys;
import org.azekura.testkit.Seeds;
import org.azekura.testkit.fault.Call;
import org.azekura.testkit.fault.Fault;
import org.azekura.testkit.fault.FaultDisk;
import org.azekura.testkit.fault.FaultPlan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever lies on a volume may be destroyed, of any kind: one verify makes all of it as it was, as long as there is a copy. */
@Timeout(300)
class RecordsMendTest {

    private static final int ROUNDS = 4;
    private static final int LINES = 3;

    @TempDir
    Path dir;

    private final long seed = Seeds.start();
    private final Random random = Seeds.random(seed);
    private Path source;
    private TwoSites sites;
    private FaultDisk disk;
    private SnapshotId newest;

    @BeforeEach
    void copied() throws Exception {
        source = Files.createDirectory(dir.resolve("source"));
        sites = new TwoSites(dir.resolve("home"), Map.of("a", new FaultDisk(1), "b", new FaultDisk(2)));
        disk = sites.disks.get("a");
        disk.place("disk 1");
        sites.disks.get("b").place("disk 2");
        sites.makePools();
        for (int i = 0; i < 3; i++) {
            byte[] content = new byte[200_000];
            random.nextBytes(content);
            Files.write(source.resolve("file-" + i), content);
            newest = sites.snapshot(source);
        }
        sites.copyAll();
        for (int i = 0; i < 2; i++) {
            log();
            sites.server.appliance().backUp();
        }
    }

    @AfterEach
    void end() {
        sites.close();
    }

    /** What somebody did, as the log has it. */
    private void log() throws BackupException {
        sites.catalog().write(edit -> {
            for (int i = 0; i < LINES; i++) {
                AuditEntry last = edit.audit(Long.MAX_VALUE, 1).stream().findFirst().orElse(null);
                AuditEntry line = new AuditEntry(0, Instant.EPOCH, Instant.EPOCH, "user ann", "", "POST jobs", "", "done", null);
                edit.addAudit(line.behind(last == null ? 1 : last.number() + 1, last == null ? AuditEntry.beginning() : last.hash()));
            }
            return null;
        });
    }

    private JobResult.Verify verify(String what, Job.State... expected) throws Exception {
        Job job = sites.run(new JobOrder.Verify(TwoSites.MAIN, null, JobOrder.Depth.CHECKSUMS, 0, 0));
        String log = sites.server.jobs().log(job.id()).toString();
        assertTrue(List.of(expected).contains(job.state()), () -> what + ": " + job + " " + log);
        return (JobResult.Verify) sites.server.jobs().result(job.id()).orElseThrow();
    }

    private void destroy(String key) {
        byte[] bytes = disk.content(key);
        switch (bytes.length == 0 ? 0 : random.nextInt(3)) {
            case 0 -> disk.plant(key, null);
            case 1 -> disk.plant(key, Arrays.copyOf(bytes, random.nextInt(bytes.length)));
            default -> {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                disk.plant(key, bytes);
            }
        }
    }

    /** A kind, as far as its name tells. */
    private static String kind(String key) {
        return key.contains("/") ? key.substring(0, key.indexOf('/')) : key.replaceAll("[0-9]", "");
    }

    @Test
    void oneBlobOfEachKindThatIsDestroyedIsMadeAnewAndTold() throws Exception {
        assertEquals(List.of("audit", "azekura-label", "checkpoints", "keyring-", "packs", "snapshots"), List.copyOf(kinds().keySet()));
        for (String kind : List.copyOf(kinds().keySet())) {
            for (boolean gone : new boolean[] {true, false}) {
                String key = kinds().get(kind);
                byte[] was = disk.content(key);
                byte[] flipped = was.clone();
                flipped[was.length / 2] ^= 1;
                disk.plant(key, gone ? null : flipped);
                JobResult.Verify found = verify(key, Job.State.WARNED);
                assertNotEquals(0, found.healed().size() + found.records().size(), key);
                assertClean(key);
                if (!key.startsWith("audit") && !key.startsWith("checkpoints") && !key.equals(VolumeKeys.LABEL)) {
                    assertArrayEquals(was, disk.content(key), key);
                }
            }
        }
    }

    /** Its medium takes nothing of it. */
    @Test
    void whatCantBeLaidDownIsToldAsDamagedUntilItCan() throws Exception {
        List<String> kinds = List.of("audit", "checkpoints", "snapshots");
        FaultPlan full = FaultPlan.of("nothing beside packs can be written");
        kinds.forEach(kind -> full.always(Call.CREATE, kind + "/", new Fault.Fail("media.full")));
        restart(full);
        List<String> broken = kinds.stream().map(kinds()::get).toList();
        for (String key : broken) {
            disk.plant(key, Arrays.copyOf(disk.content(key), disk.content(key).length / 2));
        }
        for (int i = 0; i < 2; i++) {
            List<JobResult.Laid> records = verify("full", Job.State.FAILED).records();
            assertTrue(records.stream().allMatch(JobResult.Laid::damaged), records::toString);
            assertEquals(List.of(), kinds.stream().filter(kind -> records.stream().noneMatch(one -> one.blob().contains(kind.substring(0, 5)))).toList(), records::toString);
            broken.forEach(key -> assertNotNull(disk.content(key), key));
        }
        restart(FaultPlan.none());
        List<JobResult.Laid> mended = verify("room again", Job.State.WARNED).records();
        assertTrue(mended.stream().noneMatch(JobResult.Laid::damaged), mended::toString);
        assertClean("room again");
    }

    private void restart(FaultPlan plan) throws Exception {
        sites.stopNode("a");
        sites.startNode("a", plan);
    }

    /** The last of each, by its kind. */
    private Map<String, String> kinds() {
        Map<String, String> kinds = new TreeMap<>();
        disk.keys("").forEach(key -> kinds.put(kind(key), key));
        return kinds;
    }

    private void assertClean(String what) throws Exception {
        JobResult.Verify again = verify(what, Job.State.DONE);
        assertEquals(List.of(), again.healed(), what);
        assertEquals(List.of(), again.records(), what);
    }

    @Test
    void whateverIsDestroyedIsAsItWasAfterOneVerify() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            List<String> destroyed = new ArrayList<>();
            List<String> all = disk.keys("");
            for (int i = 1 + random.nextInt(all.size()); i > 0; i--) {
                String key = all.get(random.nextInt(all.size()));
                if (disk.content(key) != null) {
                    destroy(key);
                    destroyed.add(key);
                }
            }
            String what = "seed " + seed + ", round " + round + ", " + destroyed;
            verify(what, Job.State.WARNED, Job.State.DONE);
            assertClean(what);
            Path target = Files.createDirectory(dir.resolve("restored-" + round));
            assertEquals(Job.State.DONE, sites.restore(newest, target, TwoSites.MAIN).state(), what);
            CopyTest.assertSame(CopyTest.files(source), CopyTest.files(target.resolve(source.toString().substring(1))));
            assertRebuilt(dir.resolve("new-" + round), what);
        }
    }

    /** By somebody who has nothing but what lies there. */
    private void assertRebuilt(Path home, String what) throws Exception {
        FaultDisk left = new FaultDisk(3);
        disk.keys("").forEach(key -> left.plant(key, disk.content(key)));
        try (WholeAppliance appliance = new WholeAppliance(home, false, Map.of("/left", left.on(FaultPlan.none()), home.resolve("pools/default").toString(),
                new FaultDisk(4).on(FaultPlan.none())))) {
            Job job = appliance.run(new JobOrder.Rebuild(List.of("/left")));
            assertNotEquals(Job.State.FAILED, job.state(), () -> what + ": " + job);
            Map<SnapshotId, String> was = sites.catalog().read(view -> manifests(view.snapshotsIn(TwoSites.MAIN)));
            assertEquals(was, appliance.catalog().read(view -> manifests(view.snapshotsIn(TwoSites.MAIN))), what);
            for (Pack pack : sites.catalog().read(view -> view.packs(TwoSites.MAIN))) {
                assertNotNull(appliance.catalog().read(view -> view.pack(pack.id(), TwoSites.MAIN)).orElse(null), () -> what + ": " + pack);
            }
            assertEquals(sites.catalog().read(view -> view.pool(TwoSites.MAIN)).orElseThrow().keyRing().length,
                    appliance.catalog().read(view -> view.pool(TwoSites.MAIN)).orElseThrow().keyRing().length, what);
        }
    }

    private static Map<SnapshotId, String> manifests(List<Snapshot> snapshots) {
        Map<SnapshotId, String> manifests = new TreeMap<>();
        snapshots.forEach(snapshot -> manifests.put(snapshot.id(), snapshot.client() + " " + snapshot.root() + " " + snapshot.files() + " " + snapshot.bytes() + " " + snapshot.received()));
        return manifests;
    }
}
