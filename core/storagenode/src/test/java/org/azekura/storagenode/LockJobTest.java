package org.azekura.storagenode;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.azekura.api.BackupException;
import org.azekura.api.NodeName;
import org.azekura.api.PoolName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Pack;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.device.BlobLock;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult;
import org.azekura.api.server.Pools;
import org.azekura.storagenode.pool.VolumeKeys;
import org.azekura.testkit.Seeds;
import org.azekura.testkit.device.Blobs;
import org.azekura.testkit.device.MemoryStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The lock of a pool reaches its medium, by the real server, node and client. */
@Timeout(300)
class LockJobTest {

    private static final Duration MONTH = Duration.ofDays(30);

    @TempDir
    Path dir;
    private final MemoryStore store = new MemoryStore();
    private final MemoryStore other = new MemoryStore();
    private final Random random = Seeds.random(Seeds.start());
    private WholeAppliance appliance;
    private Path source;

    @BeforeEach
    void begin() throws Exception {
        store.locks(Set.of(BlobLock.Mode.GOVERNANCE), InstantSource.system());
        open();
        source = Files.createDirectory(dir.resolve("source"));
    }

    private void open() throws Exception {
        Path home = dir.resolve("home");
        appliance = new WholeAppliance(home, true, Map.of(home.resolve("pools/default").toString(), store, dir.resolve("offsite").toString(), other));
    }

    @AfterEach
    void end() {
        appliance.close();
    }

    private SnapshotId backup(String file) throws Exception {
        byte[] content = new byte[300_000];
        random.nextBytes(content);
        Files.write(source.resolve(file), content);
        Job job = appliance.backup(source, null);
        assertEquals(Job.State.DONE, job.state(), job::toString);
        return ((JobResult.Backup) appliance.server.jobs().result(job.id()).orElseThrow()).snapshot();
    }

    /** What all jobs have locked that the appliance has ordered by itself. */
    private List<JobResult.Lock> locked() throws Exception {
        List<JobResult.Lock> locked = new ArrayList<>();
        for (Job job : appliance.server.jobs().list(false)) {
            if (job.kind() == Job.Kind.LOCK) {
                assertEquals(Job.State.DONE, appliance.awaitEnd(job.id()).state());
                locked.add((JobResult.Lock) appliance.server.jobs().result(job.id()).orElseThrow());
            }
        }
        return locked;
    }

    private Instant until(String key) throws BackupException {
        return store.lock(key).map(BlobLock::until).orElse(Instant.MIN);
    }

    private void assertHeld(Instant since) throws BackupException {
        for (String prefix : List.of(VolumeKeys.PACKS, VolumeKeys.MANIFESTS, VolumeKeys.LABEL, "keyring-")) {
            assertFalse(store.keys(prefix).isEmpty(), prefix);
            for (String key : store.keys(prefix)) {
                assertFalse(until(key).isBefore(since.plus(MONTH).minusSeconds(1)), () -> key + " is not locked for long enough");
                assertRefused("blob.locked", () -> store.delete(key));
            }
        }
    }

    @Test
    void whatIsThereIsLockedWithAllThatItNeeds() throws Exception {
        backup("one");
        Instant since = Instant.now();
        SnapshotId second = backup("two");
        appliance.server.retention().lock(CrashLife.POOL, MONTH, null);
        JobResult.Lock locked = locked().getFirst();
        assertEquals(2, locked.snapshots());
        assertEquals(store.keys(VolumeKeys.PACKS).size(), locked.packs());
        assertTrue(until(VolumeKeys.manifest(second)).isBefore(Instant.now().plus(MONTH).plusSeconds(1)), "it is to go with its snapshot");
        Job again = appliance.run(new JobOrder.Lock(CrashLife.POOL));
        assertEquals(new JobResult.Lock(0, 0, List.of()), appliance.server.jobs().result(again.id()).orElseThrow(), "it is locked already");
        for (String key : store.keys(VolumeKeys.PACKS)) {
            assertFalse(until(key).isBefore(since.plus(MONTH).minusSeconds(5)), key);
        }
    }

    @Test
    void aBackupBehindTheLockIsLockedByItself() throws Exception {
        Instant since = Instant.now();
        backup("one");
        appliance.server.retention().lock(CrashLife.POOL, MONTH, null);
        backup("two");
        assertFalse(locked().isEmpty());
        assertHeld(since);
    }

    @Test
    void whatItsMediumKeepsLongerThanTheCatalogStaysUntilItGoes() throws Exception {
        SnapshotId first = backup("one");
        appliance.server.retention().lock(CrashLife.POOL, MONTH, null);
        locked();
        List<String> packs = store.keys(VolumeKeys.PACKS);
        assertRefused("snapshot.locked", () -> appliance.server.snapshots().delete(first));
        appliance.close();
        WholeAppliance.haveBeenHereForAYear(dir.resolve("home"));
        open();
        appliance.catalog().write(edit -> {
            Snapshot made = edit.snapshot(first).orElseThrow();
            edit.putSnapshot(made.received(made.received().minus(Duration.ofDays(40))));
            return null;
        });
        assertRefused("blob.locked", () -> appliance.server.snapshots().delete(first));
        Instant over = until(VolumeKeys.manifest(first)).plusSeconds(1);
        store.locks(Set.of(BlobLock.Mode.GOVERNANCE), () -> over);
        appliance.server.snapshots().delete(first);
        JobResult.Prune pruned = prune();
        assertEquals(List.of(packs.size(), "its medium locks it for a snapshot that was, or is"), List.of(pruned.kept(), pruned.reasons().getFirst().why()));
        forgetLocks();
        prune();
        assertEquals(packs, store.keys(VolumeKeys.PACKS), "who does not know of the locks meets them");
    }

    /** A manifest that is locked to its end says that all is locked; what is lost comes back some day, and must not be passed over then. */
    @Test
    void ofWhatIsLostTheRestIsLockedAndTheSnapshotIsComeBackTo() throws Exception {
        SnapshotId first = backup("one");
        String lost = store.keys(VolumeKeys.PACKS).getFirst();
        byte[] pack = Blobs.get(store, lost, 0, (int) store.size(lost));
        store.lose(lost);
        appliance.run(new JobOrder.Verify(CrashLife.POOL, null, JobOrder.Depth.CHECKSUMS, 0, 0));
        Instant since = Instant.now();
        appliance.server.retention().lock(CrashLife.POOL, MONTH, null);
        Job lock = appliance.run(new JobOrder.Lock(CrashLife.POOL));
        assertEquals(Job.State.WARNED, lock.state(), lock::toString);
        JobResult.Lock partly = (JobResult.Lock) appliance.server.jobs().result(lock.id()).orElseThrow();
        assertEquals(List.of(0, first), List.of(partly.snapshots(), partly.left().getFirst().snapshot()));
        assertRefused("blob.locked", () -> store.delete(VolumeKeys.manifest(first)));
        for (String key : store.keys(VolumeKeys.PACKS)) {
            assertRefused("blob.locked", () -> store.delete(key));
        }
        Blobs.put(store, lost, pack);
        appliance.run(new JobOrder.Verify(CrashLife.POOL, null, JobOrder.Depth.CHECKSUMS, 0, 0));
        assertEquals(Job.State.DONE, appliance.run(new JobOrder.Lock(CrashLife.POOL)).state());
        assertHeld(since.minus(Duration.ofMinutes(1)));
    }

    /** A pool that is locked, with a copy that is not. */
    private void copied() throws Exception {
        PoolName offsite = new PoolName("offsite");
        appliance.server.pools().create(offsite, "disk", Map.of("path", dir.resolve("offsite").toString()), Pools.Readers.APPLIANCE, new Pools.Site(new NodeName(WholeAppliance.NAME), null));
        backup("one");
        assertEquals(Job.State.DONE, appliance.run(new JobOrder.Copy(offsite, CrashLife.POOL, null)).state());
        appliance.server.retention().lock(CrashLife.POOL, MONTH, null);
        locked();
    }

    @Test
    void whatWasHealedBeforeItsSourceBrokeIsLockedAgain() throws Exception {
        Instant since = Instant.now();
        copied();
        List<String> packs = store.keys(VolumeKeys.PACKS);
        assertTrue(packs.size() > 1);
        packs.forEach(store::lose);
        AtomicReference<String> first = new AtomicReference<>();
        other.fault((doing, key) -> {
            if (doing.equals("size") && key.contains(VolumeKeys.PACKS) && !key.equals(first.updateAndGet(before -> before == null ? key : before))) {
                throw BackupException.network("device.missing", key, "the bucket is gone", null);
            }
        });
        appliance.run(new JobOrder.Verify(CrashLife.POOL, null, JobOrder.Depth.CHECKSUMS, 0, 0));
        other.fault((doing, key) -> { });
        assertEquals(1, store.keys(VolumeKeys.PACKS).size());
        assertHeld(since);
    }

    /** Its manifest says that all is locked, and nobody would come to what is new there. */
    @Test
    void whatIsHealedIsLockedAgain() throws Exception {
        Instant since = Instant.now();
        copied();
        String lost = store.keys(VolumeKeys.PACKS).getFirst();
        store.lose(lost);
        Job verify = appliance.run(new JobOrder.Verify(CrashLife.POOL, null, JobOrder.Depth.CHECKSUMS, 0, 0));
        assertEquals(1, ((JobResult.Verify) appliance.server.jobs().result(verify.id()).orElseThrow()).healed().size(), verify::toString);
        assertHeld(since);
    }

    /** Or was cut off before. */
    @Test
    void whatCouldNotBeLockedWhenItWasHealedIsLockedByTheNextJob() throws Exception {
        Instant since = Instant.now();
        copied();
        String lost = store.keys(VolumeKeys.PACKS).getFirst();
        store.lose(lost);
        store.fault((doing, key) -> {
            if (doing.equals("extend")) {
                throw BackupException.device("device.io", key, "the device locks nothing now", null);
            }
        });
        Job verify = appliance.run(new JobOrder.Verify(CrashLife.POOL, null, JobOrder.Depth.CHECKSUMS, 0, 0));
        assertEquals(1, ((JobResult.Verify) appliance.server.jobs().result(verify.id()).orElseThrow()).healed().size(), verify::toString);
        assertEquals(Instant.MIN, until(lost));
        assertEquals(Job.State.WARNED, appliance.run(new JobOrder.Lock(CrashLife.POOL)).state());
        store.fault((doing, key) -> { });
        assertEquals(Job.State.DONE, appliance.run(new JobOrder.Lock(CrashLife.POOL)).state());
        assertHeld(since);
        assertEquals(Map.of(), appliance.catalog().read(view -> view.settings("lock.owed.")));
    }

    private JobResult.Prune prune() throws Exception {
        Job job = appliance.run(new JobOrder.Prune(CrashLife.POOL, false));
        assertEquals(Job.State.DONE, job.state(), job::toString);
        return (JobResult.Prune) appliance.server.jobs().result(job.id()).orElseThrow();
    }

    /** As after a rebuild. */
    private void forgetLocks() throws BackupException {
        appliance.catalog().write(edit -> {
            for (Pack pack : edit.packs(CrashLife.POOL)) {
                edit.deletePack(pack.id(), pack.volume());
                edit.putPack(pack);
            }
            return null;
        });
    }
}
