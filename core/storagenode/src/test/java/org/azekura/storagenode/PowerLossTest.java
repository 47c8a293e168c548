package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PackId;
import org.azekura.api.SnapshotId;
import org.azekura.api.message.PackAnswer;
import org.azekura.engine.volume.SigningKey;
import org.azekura.storagenode.pool.VolumeKeys;
import org.azekura.testkit.Seeds;
import org.azekura.testkit.Together;
import org.azekura.testkit.fault.FaultDisk;
import org.azekura.testkit.fault.FaultPlan;
import org.azekura.testkit.fault.FileCut;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A pool whose power goes at a random step, eighty times, and a thousand times in the slow check: what was acknowledged reads back
 * exactly, what was not is not there or is whole, nothing deleted comes back, nothing is left behind, and the next job works.
 */
@Timeout(1800)
class PowerLossTest {

    private static final int RUNS = Seeds.slow() ? 1000 : 80;
    /** Steps of a device in one life are between 30 and 150. */
    private static final int STEPS = 110;
    /** Packs that may become durable at once in one job, and jobs at once. */
    private static final int UNREPORTED = 2 * 2;

    private static final int AT_ONCE = 16;

    @TempDir
    Path dir;

    private byte[] label;

    @BeforeEach
    void signer() throws Exception {
        label = CrashLife.label(SigningKey.loadOrCreate(dir.resolve("signer")));
    }

    @Test
    void losesNothingThatWasAcknowledged() throws Exception {
        long start = Seeds.start();
        int losses = runs(RUNS, start, true);
        assertTrue(losses > RUNS / 2, losses + " of " + RUNS + " runs had a power loss; first seed " + start);
        assertTrue(CrashPrune.RESUMED.get() > RUNS / 20, "counts went on in " + CrashPrune.RESUMED + " prunes only");
        System.out.println("power losses: " + losses + " in " + RUNS + " runs, " + CrashPrune.RESUMED + " prunes went on with counts, first seed "
                + start);
    }

    @Test
    void losesNothingAlsoWhereBlobsMayBeTorn() throws Exception {
        assertTrue(runs(RUNS / 10, Seeds.start(), false) > 0);
    }

    /** Many at once: a run mostly waits, for a node that polls. */
    private int runs(int count, long start, boolean atomicPut) throws Exception {
        int losses = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE, Thread.ofPlatform().daemon().name("power-loss-", 0).factory())) {
            List<Future<Integer>> runs = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                long seed = start + i;
                runs.add(threads.submit(() -> run(seed, atomicPut)));
            }
            try {
                for (Future<Integer> run : runs) {
                    losses += run.get();
                }
            } finally {
                threads.shutdownNow();
            }
        }
        return losses;
    }

    /** @return power losses that hit something */
    private int run(long seed, boolean atomicPut) throws Exception {
        Random random = Seeds.random(seed);
        FaultDisk disk = new FaultDisk(random.nextLong(), atomicPut);
        CrashModel model = new CrashModel();
        Path folder = dir.resolve("node-" + seed + atomicPut);
        int losses = 0;
        try {
            if (!atomicPut) {
                // A label that is torn is quarantined, which is right and ends the story.
                live(disk, model, folder, FaultPlan.none(), (life, r) -> {}, random);
            }
            for (int life = 1 + random.nextInt(2); life > 0; life--) {
                FaultPlan plan = FaultPlan.powerLossWithin(random.nextLong(), STEPS);
                live(disk, model, folder, plan, several(random), random);
                losses += disk.isOn() ? 0 : 1;
                disk.cut();
                if (random.nextBoolean()) {
                    // The node's machine lost its power too: whatever its index has become, it is made again.
                    new FileCut(Map.of()).writeTo(folder);
                }
                check(disk, model, folder, atomicPut);
            }
            live(disk, model, folder, FaultPlan.none(), CrashAct.BACKUP, random);
            assertTrue(disk.isOn());
            check(disk, model, folder, atomicPut);
            live(disk, model, folder, FaultPlan.none(), CrashAct.PRUNE_ALL, random);
            if (atomicPut) {
                nothingDeadIsLeft(disk, model, folder);
            }
            check(disk, model, folder, atomicPut);
        } catch (Exception | AssertionError e) {
            throw new AssertionError("seed " + seed + (atomicPut ? "" : " with torn blobs") + ": " + e, e);
        }
        return losses;
    }

    /** Some things one after the other. */
    private static CrashAct several(Random random) {
        List<CrashAct> acts = new ArrayList<>();
        for (int i = 4 + random.nextInt(4); i > 0; i--) {
            acts.add(switch (random.nextInt(8)) {
                case 0 -> CrashAct.FORGET;
                case 1 -> CrashAct.ABANDON;
                case 2 -> CrashAct.READ;
                case 3, 4 -> CrashAct.PRUNE;
                default -> CrashAct.BACKUP;
            });
        }
        return (life, r) -> {
            for (CrashAct act : acts) {
                act.run(life, r);
            }
        };
    }

    /** The act is done, in a third of the cases twice at once, until it ends or the power goes; nothing else may end it. */
    private void live(FaultDisk disk, CrashModel model, Path folder, FaultPlan plan, CrashAct act, Random random) throws Exception {
        long mine = random.nextLong();
        int threads = random.nextInt(3) == 0 ? 2 : 1;
        try (CrashLife life = new CrashLife(disk.on(plan), model, label, folder)) {
            life.open();
            Together.run(threads, i -> {
                act.run(life, Seeds.random(mine + i));
                return null;
            });
        } catch (BackupException e) {
            assertFalse(disk.isOn(), () -> "failed with power, " + plan + ": " + e);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof BackupException)) {
                throw e;
            }
            assertFalse(disk.isOn(), () -> "failed with power, " + plan + ": " + e);
        }
    }

    private void check(FaultDisk disk, CrashModel model, Path folder, boolean atomicPut) throws Exception {
        Set<PackId> reported = model.packs.known();
        Set<PackId> doubtful = model.packs.doubtful();
        Set<String> onMedium = new TreeSet<>(disk.keys("snapshots/"));
        try (CrashLife life = new CrashLife(disk.on(FaultPlan.none()), model, label, folder)) {
            nothingThatWasDeletedIsBack(onMedium, model);
            List<CrashModel.Saved> undecided = model.undecided();
            life.open();
            Set<PackId> listed = life.packs().stream().map(PackAnswer.PackOnVolume::pack).collect(Collectors.toSet());
            life.census();
            everySnapshotReadsBack(life, disk, model.acknowledged());
            whatIsUndecidedIsWholeOrGone(life, onMedium, undecided);
            nothingIsLeftBehind(disk, model, listed, atomicPut);
            listed.removeAll(reported);
            listed.removeAll(doubtful);
            assertTrue(listed.size() <= UNREPORTED, listed.size() + " packs that nobody was told of");
        }
    }

    private static void nothingThatWasDeletedIsBack(Set<String> onMedium, CrashModel model) {
        Set<String> expected = new HashSet<>();
        model.acknowledged().forEach(saved -> expected.add(VolumeKeys.manifest(saved.id())));
        for (String key : onMedium) {
            SnapshotId id = SnapshotId.parse(key.substring(key.indexOf('/') + 1));
            assertFalse(model.isDeleted(id), "snapshot " + id + " was deleted, and is back");
            assertTrue(expected.remove(key) || model.isUndecided(id), key + " is nobody's");
        }
        assertEquals(Set.of(), expected, "manifests of acknowledged snapshots are gone");
    }

    private static void everySnapshotReadsBack(CrashLife life, FaultDisk disk, List<CrashModel.Saved> snapshots) throws BackupException {
        try (CrashLife.Client client = life.client(false)) {
            for (CrashModel.Saved saved : snapshots) {
                assertArrayEquals(saved.manifest(), disk.content(VolumeKeys.manifest(saved.id())));
                assertEquals(List.of(), life.missing(saved.chunks()));
                read(life, client, saved.chunks());
            }
            client.end();
        }
    }

    private static void read(CrashLife life, CrashLife.Client client, List<ChunkId> chunks) throws BackupException {
        Map<ChunkId, ByteBuffer> frames = client.read(chunks);
        for (ChunkId chunk : chunks) {
            assertTrue(frames.get(chunk) != null && life.model.wasSent(chunk, frames.get(chunk)), "chunk " + chunk + " is not what was sent");
        }
    }

    /** A manifest that stands on the medium is one of a whole snapshot, also if nobody was told: it may be taken for one. */
    private static void whatIsUndecidedIsWholeOrGone(CrashLife life, Set<String> onMedium, List<CrashModel.Saved> undecided)
            throws BackupException {
        for (CrashModel.Saved saved : undecided) {
            if (onMedium.contains(VolumeKeys.manifest(saved.id()))) {
                assertEquals(List.of(), life.missing(saved.chunks()), "manifest before its packs");
            }
        }
    }

    private static void nothingIsLeftBehind(FaultDisk disk, CrashModel model, Set<PackId> listed, boolean atomicPut) {
        assertEquals(0, disk.unfinished());
        Set<String> expected = new TreeSet<>(Set.of(VolumeKeys.LABEL, VolumeKeys.keyRing(1)));
        listed.forEach(pack -> expected.add(VolumeKeys.pack(pack)));
        model.acknowledged().forEach(saved -> expected.add(VolumeKeys.manifest(saved.id())));
        if (atomicPut) {
            assertEquals(expected, new TreeSet<>(disk.keys("")), "garbage on the volume");
        }
    }

    /** After a prune that returns all there is: each pack is needed, all of it, and of what was deleted there is no chunk. */
    private void nothingDeadIsLeft(FaultDisk disk, CrashModel model, Path folder) throws Exception {
        try (CrashLife life = new CrashLife(disk.on(FaultPlan.none()), model, label, folder)) {
            life.open();
            Set<PackId> needed = new HashSet<>();
            for (PackAnswer.PackUse pack : CrashPrune.dryRun(life)) {
                assertTrue(pack.whole() && pack.liveChunks() == pack.chunks(), "something is dead after a prune: " + pack);
                needed.add(pack.pack());
            }
            assertEquals(needed.stream().map(VolumeKeys::pack).collect(Collectors.toSet()), Set.copyOf(disk.keys(VolumeKeys.PACKS)));
            List<ChunkId> dead = model.deadChunks();
            assertEquals(Set.copyOf(dead), Set.copyOf(life.missing(dead)), "chunks of deleted snapshots are there");
        }
    }
}
