package org.azekura.storagenode;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.Failure;
import org.azekura.api.JobId;
import org.azekura.api.TrustGroup;
import org.azekura.api.message.ChunkAnswer;
import org.azekura.api.message.ChunkOrder;
import org.azekura.api.message.NodeReport;
import org.azekura.api.message.PackAnswer;
import org.azekura.api.message.PackOrder;
import org.azekura.api.transport.Stream;
import org.azekura.storagenode.job.JobPacks;
import org.azekura.wire.MessageCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What clients store. */
@Timeout(300)
class NodeStoreTest extends OnOneNode {

    private static final TrustGroup OTHERS = new TrustGroup(2, 2);

    @Test
    void givesBackTheVeryFramesItTook() throws Exception {
        try (NodeBench.Client client = bench.client(1)) {
            List<ChunkId> chunks = client.newChunks(6);
            List<ByteBuffer> sent = new ArrayList<>();
            Stream stream = client.storeStream();
            int[] sizes = {1, 1000, 4 << 20, 65_536, 7, 1 << 20};
            for (int i = 0; i < sizes.length; i++) {
                ByteBuffer frame = i % 2 == 0 ? bench.frames.data(client.session, chunks.get(i), sizes[i])
                        : bench.frames.tree(client.session, chunks.get(i), sizes[i]);
                sent.add(frame.duplicate());
                stream.send(frame, NodeBench.LONG);
            }
            stream.endSending();
            assertTrue(client.flush() > 5 << 20);
            assertEquals(sent, client.read(chunks), "seed " + bench.seed);
            assertEquals(sent.reversed(), client.read(chunks.reversed()));
        }
    }

    @Test
    void dataAndTreesGoToPacksOfTheirOwnThatTheServerKnowsBeforeTheAnswer() throws Exception {
        try (NodeBench.Client client = bench.client(1)) {
            Stream stream = client.storeStream();
            stream.send(bench.frames.data(client.session, bench.frames.id(), 10), NodeBench.LONG);
            stream.send(bench.frames.tree(client.session, bench.frames.id(), 20), NodeBench.LONG);
            stream.send(bench.frames.data(client.session, bench.frames.id(), 30), NodeBench.LONG);
            stream.endSending();
            long stored = client.flush();
            List<NodeReport.PackWritten> packs = bench.server.packs;
            assertEquals(2, packs.size());
            assertEquals(stored, packs.stream().mapToLong(NodeReport.PackWritten::size).sum());
            for (NodeReport.PackWritten pack : packs) {
                assertEquals(new JobId(1), pack.job());
                assertEquals(NodeBench.VOLUME, pack.volume());
                assertEquals(List.of(client.session), pack.sessions().stream().map(NodeReport.PackSession::session).toList());
                assertEquals(pack.tree() ? 1 : 2, pack.chunks());
                assertEquals(store.size(pack.position()), pack.size());
                assertEquals("packs/" + pack.pack().toString().substring(0, 2) + "/" + pack.pack(), pack.position());
            }
        }
    }

    @Test
    void packsHaveAboutThirtyTwoMebibytes() throws Exception {
        try (NodeBench.Client client = bench.client(1)) {
            client.store(client.newChunks(20), 4 << 20);
            assertEquals(3, bench.server.packs.size());
            bench.server.packs.forEach(pack -> assertTrue(pack.size() < JobPacks.TARGET_BYTES + (5 << 20), pack.toString()));
        }
    }

    @Test
    void storesNothingTwice() throws Exception {
        List<ChunkId> chunks;
        try (NodeBench.Client client = bench.client(1)) {
            chunks = client.newChunks(10);
            List<ChunkId> doubled = new ArrayList<>(chunks);
            doubled.addAll(chunks);
            assertFalse(client.known(chunks.get(3)));
            long first = client.store(doubled, 1000);
            assertTrue(first < 20_000, "stored " + first);
            assertTrue(client.known(chunks.get(3)));
            assertEquals(first, client.store(chunks, 1000), "a second time adds nothing");
            client.end();
        }
        try (NodeBench.Client client = bench.client(2)) {
            assertTrue(client.known(chunks.get(9)));
            assertFalse(client.known(bench.frames.id()));
            assertEquals(0, client.store(chunks, 1000));
        }
    }

    @Test
    void knownIsToldWithinATrustGroupOnly() throws Exception {
        List<ChunkId> chunks;
        try (NodeBench.Client client = bench.client(1)) {
            chunks = client.newChunks(3);
            client.store(chunks, 100);
        }
        try (NodeBench.Client client = bench.client(2, OTHERS, true)) {
            assertFalse(client.known(chunks.get(0)));
            assertEquals(List.of(ByteBuffer.allocate(0)), client.read(chunks.subList(0, 1)));
            assertTrue(client.store(chunks, 100) > 0);
            assertTrue(client.known(chunks.get(0)));
        }
    }

    @Test
    void chunksThatAreOnTheWayAreKnownToTheirJobAlone() throws Exception {
        try (NodeBench.Client client = bench.client(1); NodeBench.Client other = bench.client(2)) {
            ChunkId first = bench.frames.id();
            Stream stream = client.storeStream();
            stream.send(bench.frames.data(client.session, first, 10), NodeBench.LONG);
            while (!client.known(first)) {
                Thread.onSpinWait();
            }
            assertFalse(other.known(first), "it is not durable");
            stream.endSending();
            client.flush();
            assertTrue(other.known(first));
        }
    }

    @Test
    void manyStreamsOfAJobAreAllTakenInBeforeAFlushIsAnswered() throws Exception {
        try (NodeBench.Client client = bench.client(1)) {
            List<ChunkId> all = new ArrayList<>();
            for (int round = 0; round < 20; round++) {
                for (int i = 0; i < 3; i++) {
                    Stream stream = client.storeStream();
                    for (ChunkId chunk : client.newChunks(4)) {
                        stream.send(bench.frames.data(client.session, chunk, 500), NodeBench.LONG);
                        all.add(chunk);
                    }
                    stream.endSending();
                }
                client.flush();
                ChunkAnswer.Missing missing = bench.server.order(new ChunkOrder.CheckChunks(client.job, NodeBench.POOL, NodeBench.GROUP, all), ChunkAnswer.Missing.class);
                assertEquals(List.of(), missing.chunks(), "round " + round);
            }
        }
    }

    @Test
    void everythingIsLearntAgainFromTheVolume() throws Exception {
        try (NodeBench.Client client = bench.client(1)) {
            List<ChunkId> chunks = client.newChunks(50);
            client.store(chunks, 3000);
            List<ByteBuffer> before = client.read(chunks);
            client.end();
            long bytes = bench.server.packs.getFirst().size();
            assertEquals(bytes, bench.reopen().used());
            try (NodeBench.Client again = bench.client(2)) {
                assertTrue(again.known(chunks.get(49)));
                assertEquals(before, again.read(chunks));
            }
        }
    }

    @Test
    void aFullDeviceFailsTheJobAndLeavesNothingHalfDone() throws Exception {
        try (NodeBench.Client client = bench.client(1)) {
            client.store(client.newChunks(1), 1000);
        }
        List<String> before = store.keys("");
        store.capacity(100_000);
        try (NodeBench.Client client = bench.client(2)) {
            BackupException full = assertRefused("device.full", () -> client.store(client.newChunks(20), 50_000));
            assertEquals(Failure.Kind.MEDIA, full.failure().kind());
            assertRefused("device.full", client::flush);
            assertRefused("device.full", () -> client.known(bench.frames.id()));
            client.end();
        }
        assertEquals(before, store.keys(""));
        store.capacity(1 << 30);
        try (NodeBench.Client client = bench.client(3)) {
            assertTrue(client.store(client.newChunks(20), 50_000) > 1_000_000);
        }
    }

    @Test
    void whatCouldNotBeMadeDurableIsNotKnown() throws Exception {
        store.fault((doing, key) -> {
            if (doing.equals("commit")) {
                throw BackupException.device("device.io", "memory", "cannot sync", null);
            }
        });
        try (NodeBench.Client client = bench.client(1)) {
            List<ChunkId> chunks = client.newChunks(3);
            assertRefused("device.io", () -> client.store(chunks, 100));
            store.fault((doing, key) -> {});
            assertEquals(chunks, bench.missing(chunks));
            assertEquals(List.of(), bench.server.packs);
            assertEquals(List.of(), store.keys("packs/"));
        }
    }

    @Test
    void whatTheServerCouldNotTakeInFailsTheJobButStaysOnTheVolume() throws Exception {
        bench.server.onPack = report -> {
            throw BackupException.device("catalog.full", "catalog", "no room", null);
        };
        try (NodeBench.Client client = bench.client(1)) {
            List<ChunkId> chunks = client.newChunks(3);
            assertRefused("catalog.full", () -> client.store(chunks, 100));
            PackAnswer.PackList packs = bench.server.order(new PackOrder.ListPacks(NodeBench.POOL, null), PackAnswer.PackList.class);
            assertEquals(1, packs.packs().size());
            client.end();
            try (NodeBench.Client next = bench.client(2)) {
                assertTrue(next.known(chunks.get(0)));
            }
        }
    }

    @Test
    void aDamagedFrameIsNeverStored() throws Exception {
        try (NodeBench.Client client = bench.client(1)) {
            Stream stream = client.storeStream();
            ByteBuffer frame = bench.frames.data(client.session, bench.frames.id(), 1000);
            frame.put(500, (byte) (frame.get(500) ^ 4));
            stream.send(frame, NodeBench.LONG);
            stream.endSending();
            assertRefused("frame.corrupt", client::flush);
        }
        assertEquals(List.of(), store.keys("packs/"));
    }

    @Test
    void aFrameOfAnotherSessionIsNeverStored() throws Exception {
        try (NodeBench.Client client = bench.client(1)) {
            Stream stream = client.storeStream();
            stream.send(bench.frames.data(bench.frames.session(), bench.frames.id(), 1000), NodeBench.LONG);
            stream.endSending();
            assertRefused("frame.session", client::flush);
        }
    }

    @Test
    void packsAreWrittenWhileOthersBecomeDurable() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        store.fault((doing, key) -> {
            if (doing.equals("create")) {
                both.countDown();
            } else if (doing.equals("commit")) {
                try {
                    assertTrue(both.await(120, TimeUnit.SECONDS), "the second pack is not begun before the first is durable");
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        });
        try (NodeBench.Client client = bench.client(1)) {
            client.store(client.newChunks(16), 4 << 20);
            assertEquals(2, new HashSet<>(store.keys("packs/")).size());
        }
    }

    @Test
    void noMoreIsTakenThanACutOffJobMaySendAgain() throws Exception {
        CountDownLatch cutOff = new CountDownLatch(1);
        AtomicLong written = new AtomicLong();
        store.fault((doing, key) -> {
            if (doing.equals("commit")) {
                try {
                    cutOff.await(120, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        });
        try (NodeBench.Client client = bench.client(1); Stream stream = client.storeStream()) {
            BackupException full = assertThrows(BackupException.class, () -> {
                while (written.get() < 1 << 30) {
                    ByteBuffer frame = bench.frames.data(client.session, bench.frames.id(), 1 << 20);
                    long size = frame.remaining();
                    stream.send(frame, Duration.ofSeconds(2));
                    written.addAndGet(size);
                }
            });
            assertEquals("transport.timeout", full.failure().code());
            assertTrue(written.get() <= 64 << 20, "sent " + written.get());
            assertTrue(written.get() > JobPacks.TARGET_BYTES, "sent " + written.get());
        } finally {
            cutOff.countDown();
        }
    }

    @Test
    void tellsInOrderHowManyFramesAreDurableAndTreesWithEverySecondPackOfData() throws Exception {
        try (NodeBench.Client client = bench.client(1); Stream stream = client.storeStream()) {
            stream.send(bench.frames.tree(client.session, bench.frames.id(), 10), NodeBench.LONG);
            for (int i = 0; i < 17; i++) {
                stream.send(bench.frames.data(client.session, bench.frames.id(), 4 << 20), NodeBench.LONG);
            }
            long told = 0;
            while (told < 17) {
                told = MessageCodec.decode(stream.receive(NodeBench.LONG), ChunkAnswer.Durable.class).frames();
                assertTrue(bench.server.packs.stream().anyMatch(NodeReport.PackWritten::tree), "told of " + told + " before the page was durable");
            }
            assertEquals(17, told, "a tree page and two packs of eight chunks");
            assertEquals(1, bench.server.packs.stream().filter(NodeReport.PackWritten::tree).count());
            stream.endSending();
            client.flush();
        }
    }

    @Test
    void aFrameThatIsDroppedCountsAsDurableWhenTheOneBeforeItIs() throws Exception {
        try (NodeBench.Client client = bench.client(1); Stream stream = client.storeStream()) {
            List<ChunkId> chunks = client.newChunks(9);
            for (ChunkId chunk : chunks.subList(0, 7)) {
                stream.send(bench.frames.data(client.session, chunk, 4 << 20), NodeBench.LONG);
            }
            stream.send(bench.frames.data(client.session, chunks.get(0), 4 << 20), NodeBench.LONG);
            stream.send(bench.frames.data(client.session, chunks.get(8), 4 << 20), NodeBench.LONG);
            long told = 0;
            while (told < 9) {
                told = MessageCodec.decode(stream.receive(NodeBench.LONG), ChunkAnswer.Durable.class).frames();
            }
            assertEquals(9, told);
            assertEquals(1, bench.server.packs.size());
            stream.endSending();
            client.flush();
        }
    }
}
