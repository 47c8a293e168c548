package org.azekura.testkit.fault;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.BlobWriter;
import org.azekura.testkit.device.BlobStoreContract;
import org.azekura.testkit.device.Blobs;
import org.junit.jupiter.api.Test;

/** Without a planned fault it is a device like any other; with one it fails as planned. */
class FaultDiskTest implements BlobStoreContract {

    private final long seed = System.nanoTime();
    private final FaultDisk disk = new FaultDisk(seed);
    private BlobStore store = disk.on(FaultPlan.none());

    @Override
    public BlobStore store() {
        return store;
    }

    @Override
    public void close() {
        disk.cut();
    }

    private BlobStore on(FaultPlan plan) {
        store = disk.on(plan);
        return store;
    }

    @Test
    void whatWasCommittedSurvivesAndWhatWasDeletedDoesNotComeBack() throws Exception {
        byte[] content = Blobs.put(store, "kept", Blobs.random(new Random(seed), 5000));
        Blobs.put(store, "deleted", content);
        store.delete("deleted");
        store.create("begun").write(ByteBuffer.allocate(700));
        disk.cut();
        assertRefused("device.closed", () -> store.size("kept"));
        on(FaultPlan.none());
        assertEquals(Map.of("kept", 5000L), Blobs.list(store, ""));
        assertArrayEquals(content, Blobs.get(store, "kept", 0, 6000));
    }

    @Test
    void aCommitUnderWayHappensOrDoesNot() throws Exception {
        Set<Boolean> outcomes = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            FaultDisk other = new FaultDisk(seed + i);
            BlobStore doomed = other.on(FaultPlan.of("test").on(Call.COMMIT, "", 0, new Fault.PowerLoss()));
            assertRefused("device.closed", () -> Blobs.put(doomed, "blob", new byte[3000]));
            assertFalse(other.isOn());
            byte[] found = other.content("blob");
            assertTrue(found == null || found.length == 3000, "torn in spite of atomicPut");
            outcomes.add(found != null);
        }
        assertEquals(Set.of(true, false), outcomes, "seed " + seed);
    }

    @Test
    void aDeleteUnderWayHappensOrDoesNot() throws Exception {
        Set<Boolean> outcomes = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            FaultDisk other = new FaultDisk(seed + i);
            BlobStore doomed = other.on(FaultPlan.of("test").on(Call.DELETE, "", 0, new Fault.PowerLoss()));
            Blobs.put(doomed, "blob", new byte[30]);
            assertRefused("device.closed", () -> doomed.delete("blob"));
            outcomes.add(other.content("blob") != null);
        }
        assertEquals(Set.of(true, false), outcomes, "seed " + seed);
    }

    @Test
    void withoutAtomicPutABlobMayBeTorn() throws Exception {
        byte[] content = Blobs.random(new Random(seed), 5000);
        boolean torn = false;
        for (int i = 0; i < 50; i++) {
            FaultDisk other = new FaultDisk(seed + i, false);
            BlobStore doomed = other.on(FaultPlan.of("test").on(Call.COMMIT, "", 0, new Fault.PowerLoss()));
            assertRefused("device.closed", () -> Blobs.put(doomed, "blob", content));
            byte[] found = other.content("blob");
            torn |= found != null && !Arrays.equals(content, found);
        }
        assertTrue(torn, "seed " + seed);
    }

    @Test
    void whatACrashLeavesUnfinishedIsGoneAfterTheNextOpening() throws Exception {
        for (int i = 0; i < 20; i++) {
            store.create("begun" + i);
        }
        disk.cut();
        assertTrue(disk.unfinished() > 0, "seed " + seed);
        on(FaultPlan.none());
        assertEquals(0, disk.unfinished());
        assertEquals(Map.of(), Blobs.list(store, ""));
    }

    @Test
    void aDeviceThatLiesAboutItsCommitLosesItWithThePower() throws Exception {
        on(FaultPlan.of("test").on(Call.COMMIT, "lie", 0, new Fault.Forget()));
        Blobs.put(store, "lie", new byte[] {1, 2, 3});
        byte[] truth = Blobs.put(store, "truth", new byte[] {1, 2, 3});
        assertEquals(3, store.size("lie"));
        disk.cut();
        byte[] left = disk.content("lie");
        assertTrue(left == null || left.length < 3 || Arrays.equals(left, new byte[3]) || left.length == 3, "lost or torn");
        assertArrayEquals(truth, disk.content("truth"));
        boolean lost = false;
        for (int i = 0; i < 50; i++) {
            FaultDisk other = new FaultDisk(seed + i);
            Blobs.put(other.on(FaultPlan.of("test").on(Call.COMMIT, "lie", 0, new Fault.Forget())), "lie", new byte[] {1, 2, 3});
            other.cut();
            lost |= other.content("lie") == null;
        }
        assertTrue(lost, "seed " + seed);
    }

    @Test
    void fillsUpAtAByteCountAndHasRoomAgain() throws Exception {
        disk.capacity(10_000);
        Blobs.put(store, "a", new byte[4000]);
        try (BlobWriter writer = store.create("b")) {
            writer.write(ByteBuffer.allocate(6000));
            ByteBuffer more = ByteBuffer.allocate(1);
            assertRefused("device.full", () -> writer.write(more));
            assertEquals(1, more.remaining(), "consumed only on success");
        }
        assertEquals(6000, store.space().free());
        Blobs.put(store, "c", new byte[6000]);
        store.delete("a");
        assertEquals(4000, store.space().free());
    }

    @Test
    void readsAndListingsLieAsPlanned() throws Exception {
        byte[] content = Blobs.put(store, "blob", Blobs.random(new Random(seed), 5000));
        on(FaultPlan.of("test").on(Call.READ, "", 0, new Fault.ShortRead()).on(Call.READ, "", 1, new Fault.BitFlip())
                .on(Call.READ, "", 2, new Fault.WrongBytes()).on(Call.LIST, "", 0, new Fault.Stale()).on(Call.SIZE, "", 0, new Fault.Stale()));
        assertTrue(Blobs.get(store, "blob", 0, 5000).length < 5000);
        byte[] flipped = Blobs.get(store, "blob", 0, 5000);
        int differing = 0;
        for (int i = 0; i < 5000; i++) {
            differing += Integer.bitCount((flipped[i] ^ content[i]) & 0xff);
        }
        assertEquals(1, differing);
        assertNotEquals(0, Arrays.compare(content, 100, 400, Blobs.get(store, "blob", 100, 300), 0, 300), "seed " + seed);
        assertArrayEquals(content, Blobs.get(store, "blob", 0, 5000), "the medium is sound");
        Blobs.put(store, "newer", new byte[1]);
        assertEquals(Map.of("blob", 5000L), Blobs.list(store, ""));
        assertEquals(-1, store.size("newer"));
        assertEquals(Map.of("blob", 5000L, "newer", 1L), Blobs.list(store, ""));
    }

    @Test
    void aBitThatTurnsOverWhileWritingStaysSo() throws Exception {
        on(FaultPlan.of("test").on(Call.WRITE, "", 1, new Fault.BitFlip()));
        byte[] content = Blobs.put(store, "blob", Blobs.random(new Random(seed), 5000));
        assertFalse(Arrays.equals(content, Blobs.get(store, "blob", 0, 5000)));
        assertArrayEquals(Blobs.get(store, "blob", 0, 5000), Blobs.get(store, "blob", 0, 5000));
    }

    @Test
    void failsWithOrWithoutEffect() throws Exception {
        on(FaultPlan.of("test").on(Call.COMMIT, "", 0, new Fault.Fail("device.io")).on(Call.COMMIT, "", 1, new Fault.FailLate("device.io"))
                .always(Call.DELETE, "", new Fault.Fail("device.io")));
        assertRefused("device.io", () -> Blobs.put(store, "a", new byte[1]));
        assertNull(disk.content("a"));
        assertRefused("device.io", () -> Blobs.put(store, "b", new byte[1]));
        assertEquals(1, store.size("b"));
        for (int i = 0; i < 3; i++) {
            BackupException e = assertRefused("device.io", () -> store.delete("b"));
            assertTrue(e.getMessage().contains("planned by test"), e.getMessage());
        }
    }

    @Test
    void aSlowCallHoldsUpNobodyElse() throws Exception {
        Gate gate = new Gate();
        on(FaultPlan.of("test").on(Call.COMMIT, "slow", 0, new Fault.Slow(gate)));
        FutureTask<byte[]> slow = new FutureTask<>(() -> Blobs.put(store, "slow", new byte[1]));
        Thread.ofPlatform().daemon().name("slow-commit").start(slow);
        gate.awaitCaller();
        Blobs.put(store, "quick", new byte[1]);
        assertFalse(slow.isDone());
        assertEquals(-1, store.size("slow"));
        gate.open();
        slow.get(120, TimeUnit.SECONDS);
        assertEquals(1, store.size("slow"));
    }

    @Test
    void aStoreWithoutPowerDoesNotTouchTheDiskThatIsOnAgain() throws Exception {
        BlobStore old = store;
        BlobWriter draft = old.create("late");
        BlobStore now = on(FaultPlan.none());
        assertRefused("device.closed", draft::commit);
        draft.close();
        assertRefused("device.closed", () -> old.delete("x"));
        Blobs.put(now, "late", new byte[2]);
        assertEquals(2, now.size("late"));
    }

    @Test
    void oneSeedGivesOnePlan() {
        for (int i = 0; i < 20; i++) {
            long s = seed + i;
            assertEquals(stepOfLoss(FaultPlan.powerLossWithin(s, 100)), stepOfLoss(FaultPlan.powerLossWithin(s, 100)));
            assertTrue(FaultPlan.powerLossWithin(s, 100).toString().contains("seed " + s));
        }
        FaultPlan one = FaultPlan.of("x").random(seed, 3, new Fault.BitFlip(), new Fault.ShortRead());
        FaultPlan two = FaultPlan.of("x").random(seed, 3, new Fault.BitFlip(), new Fault.ShortRead());
        for (int i = 0; i < 100; i++) {
            assertEquals(one.next(Call.READ, "k"), two.next(Call.READ, "k"));
        }
    }

    private static long stepOfLoss(FaultPlan plan) {
        while (!(plan.next(Call.READ, "k") instanceof Fault.PowerLoss)) {
            if (plan.steps() > 1000) {
                throw new AssertionError("no power loss in " + plan);
            }
        }
        return plan.steps();
    }

    @Test
    void countsWhatItIsAsked() throws Exception {
        Blobs.put(store, "blob", new byte[5000]);
        Blobs.get(store, "blob", 0, 100);
        assertThrows(BackupException.class, () -> store.read("missing", 0, ByteBuffer.allocate(1)));
        store.delete("blob");
        assertEquals(1, disk.counts().calls(Call.CREATE));
        assertEquals(5000, disk.counts().bytes(Call.WRITE));
        assertEquals(2, disk.counts().calls(Call.READ));
        assertEquals(2, disk.counts().syncs());
    }
}
