package org.azekura.storagenode;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.driver.DeviceUse;
import org.azekura.api.message.NodeReport;
import org.azekura.storagenode.device.Device;
import org.azekura.storagenode.device.DeviceGate;
import org.azekura.testkit.device.MemoryStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The driver of a device changes while jobs use it. */
@Timeout(300)
class DriverChangeTest extends OnOneNode {

    private static final String WHY = "driver memory is updated to 2.0.0";

    private DrivenStore first;

    @BeforeEach
    void serve() {
        first = come(new DrivenStore(store));
    }

    private DrivenStore come(DrivenStore version) {
        bench.role.deviceCame(NodeBench.DEVICE, version);
        return version;
    }

    private void go(DrivenStore version) {
        bench.role.deviceWent(NodeBench.DEVICE, version);
        version.close();
    }

    private DeviceUse.Pause pause() throws BackupException {
        return bench.role.deviceUse().pause(Set.of(NodeBench.DEVICE), WHY, NodeBench.LONG);
    }

    @Test
    void aJobThatWritesGoesOnWithTheNextVersion() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        store.fault((doing, key) -> {
            if (doing.equals("create") && key.startsWith("packs/")) {
                begun.countDown();
            }
        });
        try (Sender sender = new Sender(bench, 1)) {
            await(begun);
            DrivenStore second = new DrivenStore(store);
            try (DeviceUse.Pause pause = pause()) {
                assertEquals(List.of(), store.keys("probe-"));
                assertFalse(store.keys("packs/").isEmpty(), "what was in the making is not durable");
                go(first);
                come(second);
                pause.prove(NodeBench.LONG);
            }
            sender.awaitMore(2_000);
            sender.assertAllThere();
            assertEquals(0, first.late.get(), "a call came to the version that is gone");
            assertEquals(List.of(), store.keys("probe-"));
            assertEquals(List.of(new NodeReport.PoolPaused(NodeBench.POOL, WHY), new NodeReport.PoolPaused(NodeBench.POOL, null)), bench.server.pauses(2));
            assertEquals(List.of("device " + NodeBench.DEVICE + " has proved itself"), bench.server.steps);
        }
    }

    @Test
    void manyChangesInARowLoseNothing() throws Exception {
        try (Sender sender = new Sender(bench, 1)) {
            for (int i = 0; i < 20; i++) {
                sender.awaitMore(20);
                DrivenStore next = new DrivenStore(store);
                try (DeviceUse.Pause pause = pause()) {
                    go(first);
                    come(next);
                    pause.prove(NodeBench.LONG);
                }
                assertEquals(0, first.late.get());
                first = next;
            }
            sender.assertAllThere();
        }
    }

    @Test
    void aVersionThatFailsItsTestGivesWayToTheOneBefore() throws Exception {
        try (Sender sender = new Sender(bench, 1)) {
            sender.awaitMore(50);
            DrivenStore bad = new DrivenStore(store);
            bad.broken = "the licence has expired";
            try (DeviceUse.Pause pause = pause()) {
                go(first);
                come(bad);
                assertEquals("the licence has expired", assertRefused("device.broken", () -> pause.prove(NodeBench.LONG)).getMessage());
                go(bad);
                come(new DrivenStore(store));
                pause.prove(NodeBench.LONG);
            }
            sender.awaitMore(500);
            sender.assertAllThere();
        }
    }

    @Test
    void anotherMediumIsFoundOutBeforeAnythingIsWrittenOnIt() throws Exception {
        MemoryStore other = new MemoryStore();
        try (DeviceUse.Pause pause = pause()) {
            go(first);
            come(new DrivenStore(other));
            assertRefused("volume.missing", () -> pause.prove(NodeBench.LONG));
        }
        assertEquals(List.of(), other.keys(""));
    }

    @Test
    void aReaderWaitsAndGoesOn() throws Exception {
        try (NodeBench.Client client = bench.client(1)) {
            List<ChunkId> chunks = client.newChunks(50);
            client.store(chunks, 1000);
            List<ByteBuffer> before = client.read(chunks);
            CountDownLatch reads = new CountDownLatch(1);
            CountDownLatch pauses = new CountDownLatch(1);
            bench.role.pools.get(NodeBench.POOL).gate().add(pauses::countDown);
            store.fault((doing, key) -> {
                if (doing.equals("read") && key.startsWith("packs/")) {
                    reads.countDown();
                    await(pauses);
                }
            });
            CompletableFuture<List<ByteBuffer>> read = CompletableFuture.supplyAsync(() -> {
                try {
                    return client.read(chunks);
                } catch (BackupException e) {
                    throw new AssertionError(e);
                }
            });
            await(reads);
            DrivenStore second = new DrivenStore(store);
            try (DeviceUse.Pause pause = pause()) {
                go(first);
                come(second);
                pause.prove(NodeBench.LONG);
                assertFalse(read.isDone());
            }
            assertEquals(before, read.get(120, TimeUnit.SECONDS));
            assertEquals(0, first.late.get());
            assertTrue(second.packReads.get() > 0, "it did not wait");
        }
    }

    @Test
    void aDeviceThatNobodyServesAfterwardsFailsItsJobsByThatName() throws Exception {
        try (NodeBench.Client client = bench.client(1)) {
            client.store(client.newChunks(3), 1000);
            bench.drivers.problem = "there is no licence";
            try (DeviceUse.Pause pause = pause()) {
                go(first);
                assertTrue(assertRefused("device.unserved", () -> pause.prove(Duration.ofMillis(50))).getMessage().contains("is not served"));
            }
            assertRefused("device.unserved", () -> bench.role.pools.get(NodeBench.POOL).device());
            come(new DrivenStore(store));
            assertTrue(bench.role.pools.get(NodeBench.POOL).room() > 0);
        }
    }

    @Test
    void whoNeedsADeviceWhoseDriverWasRemovedIsToldSoAtOnce() throws Exception {
        DeviceUse.Pause pause = bench.role.deviceUse().pause(Set.of(NodeBench.DEVICE), "driver memory was removed", NodeBench.LONG);
        go(first);
        pause.close();
        long begin = System.nanoTime();
        BackupException e = assertRefused("device.unserved", () -> bench.role.pools.get(NodeBench.POOL).room());
        assertEquals("no driver serves device d1 here: driver memory was removed", e.getMessage());
        assertTrue(System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(10), "it was waited for");
        come(new DrivenStore(store));
        assertTrue(bench.role.pools.get(NodeBench.POOL).room() > 0);
    }

    @Test
    void whatHangsInTheOldVersionIsGivenUp() throws Exception {
        CountDownLatch hang = new CountDownLatch(1);
        try (NodeBench.Client client = bench.client(1)) {
            List<ChunkId> chunks = client.newChunks(3);
            client.store(chunks, 1000);
            CountDownLatch hangs = new CountDownLatch(1);
            store.fault((doing, key) -> {
                if (doing.equals("read") && key.startsWith("packs/")) {
                    hangs.countDown();
                    await(hang);
                }
            });
            CompletableFuture<Void> reading = CompletableFuture.runAsync(() -> assertRead(client, chunks));
            await(hangs);
            try (DeviceUse.Pause pause = bench.role.deviceUse().pause(Set.of(NodeBench.DEVICE), WHY, Duration.ofMillis(50))) {
                store.fault((doing, key) -> {});
                go(first);
                come(new DrivenStore(store));
                pause.prove(NodeBench.LONG);
            }
            // what hangs in a version that is gone holds nobody up
            pause().close();
            hang.countDown();
            reading.get(120, TimeUnit.SECONDS);
            assertEquals(3, client.read(chunks).size());
        } finally {
            hang.countDown();
        }
    }

    private static void assertRead(NodeBench.Client client, List<ChunkId> chunks) {
        try {
            client.read(chunks);
        } catch (BackupException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(120, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void twoChangesAtOnceAreRefused() throws Exception {
        DeviceUse.Pause pause = pause();
        assertRefused("device.paused", this::pause);
        pause.close();
        pause().close();
    }

    @Test
    void whoWaitsTooLongIsToldForWhat() throws Exception {
        DeviceGate gate = new DeviceGate(NodeBench.DEVICE, Duration.ofMillis(20));
        Device device = new Device(NodeBench.DEVICE, store, gate, (name, last) -> {});
        gate.pause(WHY);
        BackupException e = assertRefused("device.paused", () -> device.call("tell its free space", NodeBench.LONG, s -> s.space()));
        assertTrue(e.getMessage().contains("did not tell its free space") && e.getMessage().endsWith(WHY), e.getMessage());
        gate.resume();
        device.call("tell its free space", NodeBench.LONG, s -> s.space());
        device.close();
    }
}
