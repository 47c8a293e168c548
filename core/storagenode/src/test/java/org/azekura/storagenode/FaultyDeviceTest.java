package org.azekura.storagenode;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PackId;
import org.azekura.api.message.PackAnswer;
import org.azekura.api.message.PackOrder;
import org.azekura.engine.volume.SigningKey;
import org.azekura.storagenode.pool.VolumeKeys;
import org.azekura.testkit.Seeds;
import org.azekura.testkit.fault.Call;
import org.azekura.testkit.fault.Fault;
import org.azekura.testkit.fault.FaultDisk;
import org.azekura.testkit.fault.FaultPlan;
import org.azekura.testkit.fault.Gate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A pool on a device that lies, fails, fills up or is slow. */
@Timeout(300)
class FaultyDeviceTest {

    private static final int RUNS = 40;
    private static final Fault[] LIES = {new Fault.BitFlip(), new Fault.ShortRead(), new Fault.WrongBytes(), new Fault.Fail("device.io")};

    @TempDir
    Path dir;

    private final long seed = Seeds.start();
    private final FaultDisk disk = new FaultDisk(seed);
    private final CrashModel model = new CrashModel();
    private final Random random = Seeds.random(seed);
    private byte[] label;

    @BeforeEach
    void signer() throws Exception {
        label = CrashLife.label(SigningKey.loadOrCreate(dir.resolve("signer")));
    }

    private CrashLife life(FaultPlan plan) throws Exception {
        return new CrashLife(disk.on(plan), model, label, dir.resolve("node"));
    }

    private void backUp(FaultPlan plan, int times) throws Exception {
        try (CrashLife life = life(plan)) {
            life.open();
            for (int i = 0; i < times; i++) {
                CrashAct.BACKUP.run(life, random);
            }
        }
    }

    /** @return chunks that could not be read */
    private int readAll(CrashLife life) throws BackupException {
        int unreadable = 0;
        try (CrashLife.Client client = life.client(false)) {
            for (CrashModel.Saved saved : model.acknowledged()) {
                Map<ChunkId, ByteBuffer> frames = client.read(saved.chunks());
                for (ChunkId chunk : saved.chunks()) {
                    ByteBuffer frame = frames.get(chunk);
                    assertTrue(frame == null || model.wasSent(chunk, frame), "seed " + seed + ": chunk " + chunk + " is served, and wrong");
                    unreadable += frame == null ? 1 : 0;
                }
            }
            client.end();
        }
        return unreadable;
    }

    @Test
    void whatADeviceReadsWronglyIsNeverServed() throws Exception {
        backUp(FaultPlan.none(), 3);
        int hits = 0;
        for (int run = 0; run < RUNS; run++) {
            FaultPlan plan = FaultPlan.of("seed " + seed + " run " + run).random(seed + run, 2 + run % 10, LIES);
            try (CrashLife life = life(plan)) {
                life.open();
                hits += readAll(life);
            } catch (BackupException e) {
                assertTrue(Set.of("device.io", "volume.quarantined", "transport.closed").contains(e.failure().code()), "seed " + seed + ": " + e);
                hits++;
            }
        }
        assertTrue(hits > 0, "seed " + seed + ": nothing was hit");
        try (CrashLife life = life(FaultPlan.none())) {
            life.open();
            assertEquals(0, readAll(life), "seed " + seed + ": the medium was sound all the time");
        }
    }

    @Test
    void bitsThatTurnOverOnTheMediumAreFoundByVerifyAndCostTheirChunks() throws Exception {
        backUp(FaultPlan.none(), 1);
        // The first write: a small pack is gathered into one, and a backup may have no other.
        backUp(FaultPlan.of("seed " + seed).on(Call.WRITE, VolumeKeys.PACKS, 0, new Fault.BitFlip()), 1);
        try (CrashLife life = life(FaultPlan.none())) {
            life.open();
            int unreadable = readAll(life);
            PackAnswer.Verified verified = life.server.order(new PackOrder.VerifyPacks(life.nextJob(), CrashLife.POOL,
                    life.packs().stream().map(PackAnswer.PackOnVolume::pack).toList(), false), PackAnswer.Verified.class);
            assertEquals(1, verified.damaged().size(), "seed " + seed + ": " + verified);
            assertTrue(unreadable <= 1, "seed " + seed + ": one bit cost " + unreadable + " chunks");
        }
    }

    @Test
    void aDeviceThatForgetsWhatItCommittedIsFoundOut() throws Exception {
        int lost = 0;
        for (int run = 0; run < RUNS / 4; run++) {
            backUp(FaultPlan.of("seed " + seed + " run " + run).on(Call.COMMIT, VolumeKeys.PACKS, run % 3, new Fault.Forget()), 2);
            disk.cut();
            try (CrashLife life = life(FaultPlan.none())) {
                life.open();
                List<ChunkId> all = model.acknowledged().stream().flatMap(saved -> saved.chunks().stream()).distinct().toList();
                int missing = life.missing(all).size();
                assertTrue(readAll(life) >= missing, "seed " + seed);
                lost += missing;
            }
        }
        assertTrue(lost > 0, "seed " + seed + ": the disk forgot nothing");
    }

    @Test
    void aFullDeviceFailsTheJobAndNothingElse() throws Exception {
        backUp(FaultPlan.none(), 2);
        disk.capacity(disk.keys("").stream().mapToLong(key -> disk.content(key).length).sum() + 3000);
        List<String> before = disk.keys("");
        try (CrashLife life = life(FaultPlan.none())) {
            life.open();
            assertRefused("device.full", () -> {
                while (true) {
                    CrashAct.BACKUP.run(life, random);
                }
            });
            assertEquals(0, readAll(life));
            disk.capacity(1L << 40);
            CrashAct.BACKUP.run(life, random);
            assertEquals(0, readAll(life));
        }
        assertTrue(disk.keys("").containsAll(before));
        assertEquals(0, disk.unfinished());
    }

    @Test
    void aCommitWhoseSyncFailedIsNotBelieved() throws Exception {
        try (CrashLife life = life(FaultPlan.of("seed " + seed).on(Call.COMMIT, VolumeKeys.PACKS, 0, new Fault.FailLate("device.io")))) {
            life.open();
            assertRefused("device.io", () -> CrashAct.BACKUP.run(life, random));
            assertEquals(List.of(), model.acknowledged());
            // In this order: another pack of the same job may become durable, be reported and known meanwhile.
            Set<PackId> known = life.packs().stream().map(PackAnswer.PackOnVolume::pack).collect(Collectors.toSet());
            assertTrue(model.packs.known().containsAll(known), "a pack is known that was never reported");
            CrashAct.BACKUP.run(life, random);
            assertEquals(0, readAll(life));
        }
    }

    @Test
    void aSlowCommitHoldsUpItsJobAlone() throws Exception {
        Gate gate = new Gate();
        try (CrashLife life = life(FaultPlan.of("slow").on(Call.COMMIT, VolumeKeys.PACKS, 0, new Fault.Slow(gate)))) {
            life.open();
            Thread slow = Thread.ofPlatform().daemon().name("slow job").start(() -> {
                try {
                    CrashAct.BACKUP.run(life, Seeds.random(seed + 1));
                } catch (BackupException e) {
                    throw new AssertionError(e);
                }
            });
            gate.awaitCaller();
            CrashAct.BACKUP.run(life, random);
            assertEquals(1, model.acknowledged().size());
            gate.open();
            assertTrue(slow.join(Duration.ofSeconds(30)));
            assertEquals(2, model.acknowledged().size());
        }
    }
}
