package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.azekura.api.ClientName;
import org.azekura.api.Quota;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Pack;
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

/** What counts for a quota is what lies on the volume, by the real server, node and client. */
@Timeout(300)
class QuotaUseTest {

    private static final ClientName CLIENT = new ClientName(WholeAppliance.NAME);

    @TempDir
    Path dir;
    private final MemoryStore store = new MemoryStore();
    private final Random random = Seeds.random(Seeds.start());
    private WholeAppliance appliance;
    private Path source;

    @BeforeEach
    void begin() throws Exception {
        Path home = dir.resolve("home");
        appliance = new WholeAppliance(home, true, Map.of(home.resolve("pools/default").toString(), store));
        source = Files.createDirectory(dir.resolve("source"));
    }

    @AfterEach
    void end() {
        appliance.close();
    }

    private void files(int from, int to, int size) throws Exception {
        byte[] content = new byte[size];
        for (int i = from; i < to; i++) {
            random.nextBytes(content);
            Files.write(source.resolve("file" + i), content);
        }
    }

    private Job run(JobOrder order, Job.State expected) throws Exception {
        Job job = appliance.run(order);
        assertEquals(expected, job.state(), job::toString);
        return job;
    }

    private long used() throws Exception {
        return appliance.catalog().read(view -> view.quota(CLIENT)).orElseThrow().used();
    }

    private void assertAllCounts() throws Exception {
        long stored = 0;
        for (String key : store.keys(VolumeKeys.PACKS)) {
            stored += store.size(key);
        }
        assertEquals(stored, used());
        for (Pack pack : appliance.catalog().read(view -> view.packs(CrashLife.POOL))) {
            assertEquals(CLIENT, pack.owner());
        }
    }

    @Test
    void followsTheVolumeThroughBackupsAndRewritingPrunes() throws Exception {
        files(0, 10, 1_500_000);
        Job first = appliance.backup(source, null);
        assertEquals(Job.State.DONE, first.state(), first::toString);
        long one = used();
        assertTrue(one > 10 * 1_500_000, "used " + one);
        assertAllCounts();
        for (int i = 2; i < 10; i++) {
            Files.delete(source.resolve("file" + i));
        }
        assertEquals(Job.State.DONE, appliance.backup(source, null).state());
        assertTrue(used() > one);
        appliance.server.snapshots().delete(((JobResult.Backup) appliance.server.jobs().result(first.id()).orElseThrow()).snapshot());
        Job prune = run(new JobOrder.Prune(null, false), Job.State.DONE);
        JobResult.Prune pruned = (JobResult.Prune) appliance.server.jobs().result(prune.id()).orElseThrow();
        assertTrue(pruned.written() > 2 * 1_500_000, pruned::toString);
        assertTrue(used() < one / 2, "used " + used());
        assertAllCounts();
    }

    @Test
    void aBackupFitsOrFailsAndWhatItLeftGoes() throws Exception {
        files(0, 3, 20_000);
        assertEquals(Job.State.DONE, appliance.backup(source, null).state());
        long small = used();
        quota(small);
        assertEquals(Job.State.DONE, appliance.backup(source, null).state(), "nothing new costs nothing");
        files(3, 4, 20_000);
        Job refused = appliance.backup(source, null);
        assertEquals(Job.State.FAILED, refused.state());
        assertTrue(refused.error().contains("client quota " + CLIENT), refused::toString);
        quota(Quota.NONE);
        assertEquals(Job.State.DONE, appliance.backup(source, null).state());
        assertTrue(used() > small + 20_000);
        quota(small);
        files(4, 5, 20_000);
        assertEquals(Job.State.FAILED, appliance.backup(source, null).state(), "more is stored than may be");
        run(new JobOrder.Prune(null, false), Job.State.DONE);
        assertAllCounts();
    }

    private void quota(long limit) throws Exception {
        appliance.catalog().write(edit -> {
            edit.putQuota(CLIENT, limit);
            return null;
        });
    }
}
