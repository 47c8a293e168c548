package org.azekura.storagenode;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.azekura.api.BackupException;
import org.azekura.api.NodeName;
import org.azekura.api.Overwrite;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Pack;
import org.azekura.api.content.Content;
import org.azekura.api.device.RetrievalTier;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult;
import org.azekura.api.server.Pools;
import org.azekura.api.server.Thaw;
import org.azekura.storagenode.pool.VolumeKeys;
import org.azekura.testkit.Seeds;
import org.azekura.testkit.device.MemoryStore;
import org.azekura.testkit.device.MemoryVault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who looks into a snapshot whose packs lie in an archive waits for nothing, and is told what would do. By the real server, node and client. */
@Timeout(300)
class ArchiveMountTest {

    private static final PoolName COLD = new PoolName("cold");
    private static final PoolName DISK = new PoolName("default");
    private static final RetrievalTier CHEAP = new RetrievalTier("Bulk", Duration.ofHours(12), 25, 2_500);
    private static final RetrievalTier FAST = new RetrievalTier("Expedited", Duration.ofMillis(700), 10_000, 30_000);
    private static final int PART = 1_000;

    @TempDir
    Path dir;
    private final MemoryStore store = new MemoryStore();
    private final MemoryVault vault = new MemoryVault(store, List.of(CHEAP, FAST));
    private WholeAppliance appliance;
    private Path file;
    private SnapshotId snapshot;

    @BeforeEach
    void begin() throws Exception {
        Path home = dir.resolve("home");
        String cold = dir.resolve("cold").toString();
        appliance = new WholeAppliance(home, true, Map.of(home.resolve("pools/default").toString(), new MemoryStore(), cold, vault));
        appliance.server.pools().create(COLD, "disk", Map.of("path", cold), Pools.Readers.APPLIANCE, new Pools.Site(new NodeName(WholeAppliance.NAME), null));
        file = Files.createDirectory(dir.resolve("source")).resolve("file");
        Random random = Seeds.random(Seeds.start());
        byte[] content = new byte[200_000];
        random.nextBytes(content);
        Files.write(file, content);
        save();
    }

    private void save() throws Exception {
        Job job = appliance.backup(file.getParent(), COLD);
        assertEquals(Job.State.DONE, job.state(), job::toString);
        snapshot = ((JobResult.Backup) appliance.server.jobs().result(job.id()).orElseThrow()).snapshot();
    }

    @AfterEach
    void end() {
        appliance.close();
    }

    /** One that reads as a mount does. */
    private final class Mount implements AutoCloseable {

        final Content content = appliance.contents().open();
        final Job job;

        Mount() throws Exception {
            job = appliance.server.jobs().submit(new JobOrder.Mount(snapshot, appliance.contents().client(), content.stream()));
            TwoSites.await("the mount", () -> content.await(Duration.ofMillis(100)));
        }

        byte[] read() throws BackupException {
            return content.read(RawPath.of(file.toString()), 0, PART);
        }

        String log() throws BackupException {
            return ArchiveMountTest.this.log(job);
        }

        @Override
        public void close() {
            content.close();
        }
    }

    private String log(Job job) throws BackupException {
        return appliance.server.jobs().log(job.id()).stream().map(JobLine::text).toList().toString();
    }

    private byte[] saved() throws Exception {
        return Arrays.copyOf(Files.readAllBytes(file), PART);
    }

    @Test
    void saysWhatLiesInTheArchiveBeforeItIsReadAndReadsItOnceSomebodyHasHadItBrought() throws Exception {
        vault.freezeAll();
        try (Mount mount = new Mount()) {
            assertTrue(mount.log().contains("in its archive") && mount.log().contains("azekura restore " + snapshot) && mount.log().contains("cheap (Bulk) about 12 h"), mount.log());
            String refusal = assertRefused("blob.archived", mount::read).getMessage();
            assertTrue(refusal.contains("azekura restore " + snapshot + " " + file) && refusal.contains("--thaw"), refusal);
            assertEquals(List.of(), vault.asked(), "nobody has ordered what costs money");
            Job parked = appliance.run(new JobOrder.Restore(snapshot, List.of(), null, RawPath.of(dir.resolve("target").toString()), Overwrite.NEVER, false, null, 0, null, null, Thaw.FAST));
            assertEquals(Job.State.PARKED, parked.state(), parked::toString);
            assertTrue(assertRefused("blob.archived", mount::read).getMessage().contains("asked for already"));
            vault.pass(FAST.waiting());
            assertEquals(Job.State.DONE, appliance.awaitEnd(parked.id()).state());
            assertArrayEquals(saved(), mount.read());
        }
    }

    @Test
    void readsTheCopyOnADiskAndNotTheArchiveOfThePool() throws Exception {
        assertEquals(Job.State.DONE, appliance.run(new JobOrder.Copy(DISK, COLD, snapshot)).state());
        vault.freezeAll();
        try (Mount mount = new Mount()) {
            assertArrayEquals(saved(), mount.read());
            assertFalse(mount.log().contains("archive"), mount.log());
        }
        assertEquals(List.of(), vault.asked());
    }

    /** @return the packs in which only what was appended lies */
    private List<Pack> append(int bytes) throws Exception {
        List<Pack> before = packs();
        byte[] more = new byte[bytes];
        Seeds.random(Seeds.start()).nextBytes(more);
        Files.write(file, more, StandardOpenOption.APPEND);
        save();
        List<Pack> packs = new ArrayList<>(packs());
        packs.removeIf(pack -> before.stream().anyMatch(old -> old.id().equals(pack.id())));
        assertFalse(packs.isEmpty());
        return packs;
    }

    private List<Pack> packs() throws Exception {
        return appliance.catalog().read(view -> view.packs(COLD)).stream().filter(pack -> !pack.tree()).toList();
    }

    @Test
    void readsWhatIsThereOfAFileOfWhichAnotherPartLiesInTheArchive() throws Exception {
        append(6_000_000);
        append(6_000_000).forEach(pack -> vault.archive(VolumeKeys.pack(pack.id())));
        try (Mount mount = new Mount()) {
            assertArrayEquals(saved(), mount.read());
            assertRefused("blob.archived", () -> mount.content.read(RawPath.of(file.toString()), Files.size(file) - PART, PART));
            assertArrayEquals(saved(), mount.read());
        }
        assertEquals(List.of(), vault.asked());
    }

    @Test
    void whatGoesIntoTheArchiveMeanwhileComesFromTheCopyOnADisk() throws Exception {
        assertEquals(Job.State.DONE, appliance.run(new JobOrder.Copy(DISK, COLD, snapshot)).state());
        try (Mount mount = new Mount()) {
            assertTrue(mount.log().contains("read from pool cold"), mount.log());
            vault.freezeAll();
            assertArrayEquals(saved(), mount.read());
            mount.content.close();
            assertEquals(Job.State.DONE, appliance.awaitEnd(mount.job.id()).state(), mount.log());
        }
        assertEquals(List.of(), vault.asked());
        assertTrue(appliance.server.jobs().list(false).stream().noneMatch(job -> job.kind() == Job.Kind.HEAL), "nothing is lost");
    }

    /** Until it is opened, nobody gets to know of a pack whether it can be read. */
    private CountDownLatch holdUp() {
        CountDownLatch latch = new CountDownLatch(1);
        store.fault((doing, key) -> {
            if (doing.equals("size") && key.contains("packs/")) {
                try {
                    latch.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        });
        return latch;
    }

    @Test
    void isThereAlthoughItTakesLongToFindOutWhatLiesInTheArchiveAndSaysItThen() throws Exception {
        vault.freezeAll();
        CountDownLatch latch = holdUp();
        try (Mount mount = new Mount()) {
            assertTrue(mount.log().contains("takes long to find out") && !mount.log().contains("in its archive"), mount.log());
            latch.countDown();
            TwoSites.await("the warning", () -> log(mount.job).contains("in its archive"));
            assertRefused("blob.archived", mount::read);
        } finally {
            latch.countDown();
        }
    }

    @Test
    void isEndedWhileItLooksWhatLiesInTheArchive() throws Exception {
        vault.freezeAll();
        CountDownLatch latch = holdUp();
        try (Content content = appliance.contents().open()) {
            Job job = appliance.server.jobs().submit(new JobOrder.Mount(snapshot, appliance.contents().client(), content.stream()));
            TwoSites.await("it to run", () -> appliance.server.jobs().get(job.id()).state() == Job.State.RUNNING);
            appliance.server.jobs().cancel(job.id());
            assertEquals(Job.State.CANCELLED, appliance.awaitEnd(job.id()).state());
        } finally {
            latch.countDown();
        }
    }
}
