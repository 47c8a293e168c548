package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.NodeName;
import org.azekura.api.Overwrite;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.device.Terms;
import org.azekura.api.server.Budget;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult;
import org.azekura.api.server.MonthlyUse;
import org.azekura.api.server.Pools;
import org.azekura.testkit.Seeds;
import org.azekura.testkit.device.MemoryStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Budgets of a device, by the real server, node and client. Pool {@code default} is on a disk, {@code far} on a device that counts. */
@Timeout(120)
class BudgetJobTest {

    private static final PoolName FAR = new PoolName("far");
    private static final PoolName DISK = new PoolName("default");
    private static final DeviceName DEVICE = new DeviceName("far");
    private static final Budget USED_UP = new Budget(Budget.OPEN, 1, Budget.OPEN);

    @TempDir
    Path dir;
    private final MemoryStore far = new MemoryStore();
    private final MemoryStore disk = new MemoryStore();
    private final Random random = Seeds.random(Seeds.start());
    private WholeAppliance appliance;
    private Path source;

    @BeforeEach
    void begin() throws Exception {
        far.count(new Terms(Terms.Medium.CLOUD, Duration.ZERO, -1, 90_000, 400, 5_000));
        open();
        appliance.server.pools().create(FAR, "disk", Map.of("path", dir.resolve("far").toString()), Pools.Readers.APPLIANCE, new Pools.Site(new NodeName(WholeAppliance.NAME), null));
        source = Files.createDirectory(dir.resolve("source"));
        for (int i = 0; i < 5; i++) {
            byte[] content = new byte[200_000];
            random.nextBytes(content);
            Files.write(source.resolve("file" + i), content);
        }
    }

    private void open() throws Exception {
        Path home = dir.resolve("home");
        appliance = new WholeAppliance(home, true, Map.of(home.resolve("pools/default").toString(), disk, dir.resolve("far").toString(), far));
    }

    @AfterEach
    void end() {
        appliance.close();
    }

    private MonthlyUse budget(Budget budget) throws BackupException {
        return appliance.server.devices().budget(DEVICE, budget, null);
    }

    private SnapshotId backup(PoolName pool) throws Exception {
        Job job = appliance.backup(source, pool);
        assertEquals(Job.State.DONE, job.state(), () -> log(job));
        return ((JobResult.Backup) appliance.server.jobs().result(job.id()).orElseThrow()).snapshot();
    }

    private String log(Job job) {
        try {
            return job + " " + appliance.server.jobs().log(job.id()).stream().map(JobLine::text).toList();
        } catch (Exception e) {
            return e.getMessage();
        }
    }

    private void assertParked(Job job) {
        assertEquals(Job.State.PARKED, job.state(), () -> log(job));
        assertTrue(job.error().contains("device far of storage node host has used up its budget for") && job.error().contains("azekura device budget far"), job::error);
    }

    @Test
    void aCopyParksWhileBackupsAndRestoresGoOnAndARaiseWakesIt() throws Exception {
        SnapshotId snapshot = backup(DISK);
        backup(FAR);
        MonthlyUse use = budget(USED_UP);
        assertTrue(use.isSpent() && use.carried().bytesIn() > 1_000_000, use::toString);
        Job parked = appliance.run(new JobOrder.Copy(FAR, null, snapshot));
        assertParked(parked);
        SnapshotId there = backup(FAR);
        Job restore = appliance.run(new JobOrder.Restore(there, List.of(), null, RawPath.of(dir.resolve("target").toString()), Overwrite.NEVER, false, null, 0, null, null, null));
        assertEquals(Job.State.DONE, restore.state(), () -> log(restore));
        Job drill = appliance.run(new JobOrder.Drill(there, null, null, null, null, false));
        assertEquals(Job.State.DONE, drill.state(), () -> log(drill));
        budget(new Budget(Budget.OPEN, 1_000_000, Budget.OPEN));
        Job done = appliance.awaitEnd(parked.id());
        assertEquals(Job.State.DONE, done.state(), () -> log(done));
    }

    @Test
    void aCopyThatRunsParksInTheMidstAndSendsNothingTwice() throws Exception {
        for (int i = 0; i < 8; i++) {
            byte[] content = new byte[3_000_000];
            random.nextBytes(content);
            Files.write(source.resolve("big" + i), content);
        }
        SnapshotId snapshot = backup(DISK);
        AtomicBoolean once = new AtomicBoolean();
        far.fault((doing, key) -> {
            if (doing.equals("commit") && key.contains("packs/") && once.compareAndSet(false, true)) {
                budget(USED_UP);
            }
        });
        Job parked = appliance.run(new JobOrder.Copy(FAR, null, snapshot));
        assertParked(parked);
        long before = far.keys("").stream().filter(key -> key.contains("packs/")).count();
        budget(Budget.NONE);
        Job done = appliance.awaitEnd(parked.id());
        assertEquals(Job.State.DONE, done.state(), () -> log(done));
        assertTrue(before >= 1, "what had arrived stayed");
        long packs = appliance.catalog().read(view -> view.packs(DISK)).size();
        assertEquals(packs, far.keys("").stream().filter(key -> key.contains("packs/")).count());
    }

    @Test
    void aServerThatStartsAnewLeavesItParkedAndKnowsWhatWasUsed() throws Exception {
        SnapshotId snapshot = backup(DISK);
        backup(FAR);
        long used = budget(USED_UP).carried().bytes();
        Job parked = appliance.run(new JobOrder.Copy(FAR, null, snapshot));
        assertParked(parked);
        appliance.close();
        far.count(far.terms());
        open();
        assertParked(appliance.await(parked.id()));
        assertTrue(appliance.server.devices().use(DEVICE, null).carried().bytes() >= used);
        budget(Budget.NONE);
        Job done = appliance.awaitEnd(parked.id());
        assertEquals(Job.State.DONE, done.state(), () -> log(done));
    }

    @Test
    void aDiskHasNoBudget() throws Exception {
        BackupException e = assertThrows(BackupException.class, () -> appliance.server.devices().budget(new DeviceName("default"), USED_UP, null));
        assertEquals("budget.uncounted", e.failure().code());
    }
}
