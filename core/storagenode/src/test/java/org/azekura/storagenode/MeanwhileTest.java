package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.SaveSet;
import org.azekura.api.SaveSetName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.SnapshotCopy;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult;
import org.azekura.server.job.damage.DamagedSnapshots;
import org.azekura.storagenode.pool.VolumeKeys;
import org.azekura.testkit.Seeds;
import org.azekura.testkit.fault.Call;
import org.azekura.testkit.fault.Fault;
import org.azekura.testkit.fault.FaultPlan;
import org.azekura.testkit.fault.Gate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is found, or said, while a snapshot comes or goes counts for it. */
@Timeout(300)
class MeanwhileTest {

    @TempDir
    Path dir;

    private final Random random = Seeds.random(Seeds.start());
    private Path source;
    private TwoSites sites;

    @BeforeEach
    void begin() throws Exception {
        source = Files.createDirectory(dir.resolve("source"));
        sites = TwoSites.made(dir.resolve("home"));
    }

    @AfterEach
    void end() {
        sites.close();
    }

    private byte[] file(String name) throws IOException {
        byte[] content = new byte[1 << 20];
        random.nextBytes(content);
        Files.write(source.resolve(name), content);
        return content;
    }

    private String log(JobId job) {
        try {
            return sites.server.jobs().log(job).toString();
        } catch (BackupException e) {
            return e.getMessage();
        }
    }

    private Set<String> packs(String node, String folder) {
        return new HashSet<>(sites.disks.get(node).keys(folder + VolumeKeys.PACKS));
    }

    /** In the middle of it, where its chunks are. */
    private void flip(String node, String key) {
        byte[] bytes = sites.disks.get(node).content(key);
        bytes[bytes.length / 2] ^= 1;
        sites.disks.get(node).plant(key, bytes);
    }

    /** The largest of these, which has data. */
    private String largest(String node, Set<String> packs) {
        return packs.stream().max((a, b) -> Integer.compare(sites.disks.get(node).content(a).length, sites.disks.get(node).content(b).length)).orElseThrow();
    }

    private Gate restarted(String node, Call call, String prefix) throws Exception {
        Gate gate = new Gate();
        sites.stopNode(node);
        sites.startNode(node, FaultPlan.of("wait at " + prefix).on(call, prefix, 0, new Fault.Slow(gate)));
        return gate;
    }

    private Job verify(PoolName pool) throws Exception {
        return sites.run(new JobOrder.Verify(pool, null, JobOrder.Depth.CHECKSUMS, 0, 0));
    }

    private boolean isDamaged(SnapshotId snapshot) throws BackupException {
        return sites.catalog().read(view -> DamagedSnapshots.isDamaged(view, snapshot));
    }

    private List<SnapshotCopy> copies(SnapshotId snapshot) throws BackupException {
        return sites.catalog().read(view -> view.copies(snapshot));
    }

    private JobOrder.Backup backup() {
        return new JobOrder.Backup(null, TwoSites.MAIN, new SaveSet(new SaveSetName("set"), List.of(RawPath.of(source.toString())), List.of(), false), null, false);
    }

    /** It was told that a chunk is there, which was not asked for again; its parent does not need that chunk. */
    @Test
    void aSnapshotThatIsCommittedWhileAVerifyFindsDamageThatItNeedsIsNobodysParent() throws Exception {
        byte[] content = file("lost");
        SnapshotId first = sites.snapshot(source);
        String damaged = largest("a", packs("a", ""));
        Files.delete(source.resolve("lost"));
        file("other");
        SnapshotId parent = sites.snapshot(source);
        Files.write(source.resolve("again"), content);
        Gate gate = restarted("a", Call.COMMIT, VolumeKeys.MANIFESTS);
        JobId job = sites.server.jobs().submit(backup()).id();
        gate.awaitCaller();
        flip("a", damaged);
        Job verified = verify(TwoSites.MAIN);
        assertEquals(Job.State.FAILED, verified.state(), () -> log(verified.id()));
        assertTrue(isDamaged(first));
        assertFalse(isDamaged(parent));
        gate.open();
        Job ended = sites.await(job, false);
        assertEquals(Job.State.DONE, ended.state(), () -> log(job));
        SnapshotId third = ((JobResult.Backup) sites.server.jobs().result(job).orElseThrow()).snapshot();
        assertTrue(isDamaged(third), "it counts as whole");
        sites.snapshot(source);
        Job again = verify(TwoSites.MAIN);
        assertFalse(isDamaged(first) || isDamaged(third), () -> "the next backup has not sent what was lost: " + log(again.id()));
    }

    /** Neither place has it whole, so nothing heals; the packs had come before, and nothing is asked again. */
    @Test
    void aCopyThatIsFinishedWhileAVerifyFindsDamageInItDoesNotCountAsWhole() throws Exception {
        file("first");
        SnapshotId snapshot = sites.snapshot(source);
        Gate gate = restarted("b", Call.COMMIT, CopyTest.COPIES + VolumeKeys.MANIFESTS);
        JobId job = sites.server.jobs().submit(new JobOrder.Copy(TwoSites.OFFSITE, TwoSites.MAIN, null)).id();
        gate.awaitCaller();
        String damaged = largest("a", packs("a", ""));
        flip("a", damaged);
        flip("b", CopyTest.COPIES + damaged);
        Job verified = verify(TwoSites.OFFSITE);
        assertTrue(log(verified.id()).contains("chunks damaged"), () -> log(verified.id()));
        gate.open();
        Job ended = sites.await(job, false);
        List<SnapshotCopy> copies = copies(snapshot);
        assertTrue(copies.isEmpty() || copies.getFirst().damaged(), () -> ended.state() + ": the copy counts as whole: " + log(job));
    }

    /** Something comes between the look whether it may go, and its end. */
    private interface Word {
        void say(SnapshotId snapshot) throws Exception;
    }

    private void assertStays(String expected, Word word) throws Exception {
        file("first");
        SnapshotId snapshot = sites.snapshot(source);
        Gate gate = restarted("a", Call.DELETE, VolumeKeys.MANIFESTS);
        CompletableFuture<String> deletion = CompletableFuture.supplyAsync(() -> {
            try {
                sites.server.snapshots().delete(snapshot);
                return "";
            } catch (BackupException e) {
                return e.failure().code();
            }
        });
        gate.awaitCaller();
        word.say(snapshot);
        gate.open();
        String why = deletion.get(60, TimeUnit.SECONDS);
        assertTrue(sites.catalog().read(view -> view.snapshot(snapshot)).isPresent(), () -> "it is gone: " + why);
        assertEquals(expected, why);
        assertEquals(List.of(VolumeKeys.manifest(snapshot)), sites.disks.get("a").keys(VolumeKeys.MANIFESTS));
    }

    @Test
    void aSnapshotThatIsPinnedWhileItIsBeingDeletedStays() throws Exception {
        assertStays("snapshot.pinned", snapshot -> assertNotNull(sites.server.retention().pin(snapshot, null, null, "wanted in court")));
    }

    @Test
    void aSnapshotWhosePoolIsLockedWhileItIsBeingDeletedStays() throws Exception {
        assertStays("snapshot.locked", snapshot -> sites.server.retention().lock(TwoSites.MAIN, Duration.ofDays(30), null));
    }
}
