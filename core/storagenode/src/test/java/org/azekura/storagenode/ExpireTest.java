package org.azekura.storagenode;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.Hooks;
import org.azekura.api.Keep;
import org.azekura.api.Overwrite;
import org.azekura.api.PolicyName;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.SaveSet;
import org.azekura.api.SaveSetName;
import org.azekura.api.SnapshotId;
import org.azekura.api.Timing;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.KeptSaveSet;
import org.azekura.api.catalog.Policy;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult;
import org.azekura.storagenode.pool.VolumeKeys;
import org.azekura.testkit.Seeds;
import org.azekura.testkit.device.MemoryStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What expires goes off the medium, and what stays can be restored, by the real server, node and client. */
@Timeout(300)
class ExpireTest {

    private static final PolicyName NIGHTLY = new PolicyName("nightly");

    @TempDir
    Path dir;
    private final MemoryStore store = new MemoryStore();
    private final Random random = Seeds.random(Seeds.start());
    private WholeAppliance appliance;
    private Path source;

    @BeforeEach
    void begin() throws Exception {
        open();
        source = Files.createDirectory(dir.resolve("source"));
    }

    private void open() throws Exception {
        Path home = dir.resolve("home");
        appliance = new WholeAppliance(home, true, Map.of(home.resolve("pools/default").toString(), store));
    }

    private void openLater() throws Exception {
        appliance.close();
        WholeAppliance.haveBeenHereForAYear(dir.resolve("home"));
        open();
    }

    @AfterEach
    void end() {
        appliance.close();
    }

    private SnapshotId backup(int daysAgo) throws Exception {
        byte[] content = new byte[300_000];
        random.nextBytes(content);
        Files.write(source.resolve("file"), content);
        Job job = appliance.backup(source, null);
        assertEquals(Job.State.DONE, job.state(), job::toString);
        SnapshotId id = ((JobResult.Backup) appliance.server.jobs().result(job.id()).orElseThrow()).snapshot();
        appliance.catalog().write(edit -> {
            Snapshot made = edit.snapshot(id).orElseThrow();
            edit.putSnapshot(made.received(made.received().minus(Duration.ofDays(daysAgo))));
            return null;
        });
        return id;
    }

    private void policy(String keep) throws BackupException {
        appliance.catalog().write(edit -> {
            ClientName client = new ClientName(WholeAppliance.NAME);
            SaveSet paths = new SaveSet(new SaveSetName("set"), List.of(RawPath.of(source.toString())), List.of(), false);
            KeptSaveSet set = new KeptSaveSet(client, null, paths, Hooks.NONE);
            edit.putSaveSet(set);
            edit.putPolicy(new Policy(NIGHTLY, CrashLife.POOL, List.of(set.id()), List.of(), Timing.BY_HAND, Keep.parse(keep)));
            return null;
        });
    }

    private JobResult.Expire expire(Job.State expected) throws Exception {
        Job job = appliance.run(new JobOrder.Expire(NIGHTLY));
        assertEquals(expected, job.state(), job::toString);
        return (JobResult.Expire) appliance.server.jobs().result(job.id()).orElseThrow();
    }

    private List<SnapshotId> there() throws BackupException {
        return appliance.server.snapshots().list((ClientName) null).stream().map(Snapshot::id).toList();
    }

    private long packs() throws Exception {
        long bytes = 0;
        for (String key : store.keys(VolumeKeys.PACKS)) {
            bytes += store.size(key);
        }
        return bytes;
    }

    @Test
    void takesAwayWhatNoRuleWantsAndNothingElse() throws Exception {
        SnapshotId pinned = backup(40);
        SnapshotId first = backup(30);
        SnapshotId second = backup(20);
        Files.copy(source.resolve("file"), dir.resolve("second"));
        SnapshotId newest = backup(0);
        openLater();
        policy("last=2");
        appliance.server.retention().pin(pinned, null, null, "before the move");
        long manifests = store.keys(VolumeKeys.MANIFESTS).size();
        JobResult.Expire expired = expire(Job.State.DONE);
        assertEquals(List.of(first), expired.expired().stream().map(JobResult.Gone::snapshot).toList());
        assertEquals(List.of(pinned, second, newest), there());
        assertEquals(manifests - 1, store.keys(VolumeKeys.MANIFESTS).size(), "its manifest is off the medium");
        assertEquals(0, expire(Job.State.DONE).count());
        long before = packs();
        assertEquals(Job.State.DONE, appliance.run(new JobOrder.Prune(null, false)).state());
        assertTrue(packs() < before - 250_000, () -> "no space was returned");
        Job restored = appliance.run(new JobOrder.Restore(second, List.of(), null, RawPath.of(dir.resolve("to").toString()), Overwrite.NEVER, false));
        assertEquals(Job.State.DONE, restored.state(), restored::toString);
        assertEquals(-1, Files.mismatch(dir.resolve("second"), Path.of(dir.resolve("to") + source.resolve("file").toString())));
    }

    @Test
    void takesNothingAwayThatIsLocked() throws Exception {
        SnapshotId first = backup(40);
        SnapshotId second = backup(20);
        backup(0);
        openLater();
        policy("last=1");
        appliance.server.retention().lock(CrashLife.POOL, Duration.ofDays(30), null);
        assertRefused("lock.refused", () -> appliance.server.retention().lock(CrashLife.POOL, Duration.ofDays(29), null));
        assertRefused("pool.unknown", () -> appliance.server.retention().lock(new PoolName("none"), Duration.ofDays(29), null));
        assertRefused("snapshot.locked", () -> appliance.server.snapshots().delete(second));
        assertRefused("pool.used", () -> appliance.server.pools().delete(CrashLife.POOL));
        assertEquals(List.of(first), expire(Job.State.DONE).expired().stream().map(JobResult.Gone::snapshot).toList());
        assertTrue(there().contains(second));
    }

    @Test
    void leavesWhatCanNotBeDeletedForTheNextTime() throws Exception {
        SnapshotId first = backup(40);
        backup(0);
        openLater();
        policy("last=1");
        store.fault((doing, key) -> {
            if (doing.equals("delete") && key.startsWith(VolumeKeys.MANIFESTS)) {
                throw BackupException.device("device.io", key, "it does not answer", null);
            }
        });
        JobResult.Expire tried = expire(Job.State.WARNED);
        assertEquals(first, tried.left().getFirst().snapshot());
        assertEquals(2, there().size());
        store.fault((doing, key) -> { });
        assertEquals(1, expire(Job.State.DONE).count());
        assertEquals(1, there().size());
    }
}
