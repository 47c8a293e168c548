package org.azekura.storagenode;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.device.Terms;
import org.azekura.api.message.NodeReport;
import org.azekura.storagenode.pool.VolumeKeys;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What lies side by side in a pack of a far device comes by one request. */
@Timeout(60)
class JoinedReadTest extends OnOneNode {

    private static final ByteBuffer UNREADABLE = ByteBuffer.allocate(0);
    private static final int CHUNKS = 12;

    private final AtomicInteger reads = new AtomicInteger();
    private NodeBench.Client client;
    private List<ChunkId> chunks;
    private List<ByteBuffer> frames;
    private NodeReport.PackWritten pack;

    @BeforeEach
    void store() throws Exception {
        client = bench.client(1);
        chunks = client.newChunks(CHUNKS);
        client.store(chunks, 10_000);
        frames = client.read(chunks);
        pack = bench.server.packs.getFirst();
        store.count(new Terms(Terms.Medium.CLOUD, Duration.ofMillis(100), -1, 0, 0));
        count();
    }

    @AfterEach
    void leave() {
        client.close();
    }

    private void count() {
        reads.set(0);
        store.fault((doing, key) -> {
            if (doing.equals("read") && key.startsWith(VolumeKeys.PACKS)) {
                reads.incrementAndGet();
            }
        });
    }

    private List<ByteBuffer> without(int... lost) {
        List<ByteBuffer> expected = new ArrayList<>(frames);
        for (int chunk : lost) {
            expected.set(chunk, UNREADABLE);
        }
        return expected;
    }

    @Test
    void aPackComesByOneRequestAndFromADiskChunkByChunk() throws Exception {
        assertEquals(frames, client.read(chunks));
        assertEquals(1, reads.get());
        assertEquals(frames.subList(3, 6), client.read(chunks.subList(3, 6)));
        assertEquals(2, reads.get());
        store.count(Terms.OF_A_DISK);
        assertEquals(frames, client.read(chunks));
        assertEquals(2 + CHUNKS, reads.get());
    }

    @Test
    void damageWithinARunCostsItsChunkAloneAndOneMoreRequest() throws Exception {
        bench.damage(pack, frames.get(5));
        count();
        assertEquals(without(5), client.read(chunks));
        assertEquals(2, reads.get());
        assertEquals(chunks.subList(5, 6), bench.missing(chunks));
    }

    @Test
    void whatIsDamagedWithinARunComesFromAnotherPack() throws Exception {
        bench.damage(pack, frames.get(5));
        bench.verify(pack.pack());
        client.store(chunks, 10_000);
        NodeReport.PackWritten second = bench.server.packs.getLast();
        assertEquals(1, second.chunks());
        bench.mend(pack, frames.get(5));
        bench.verify(pack.pack());
        ByteBuffer first = client.read(chunks.subList(5, 6)).getFirst();
        bench.damage(first.equals(frames.get(5)) ? pack : second, first);
        List<ByteBuffer> read = client.read(chunks);
        assertNotEquals(first, read.get(5));
        assertEquals(first.remaining(), read.get(5).remaining(), "it came from the other pack");
        read.set(5, UNREADABLE);
        assertEquals(without(5), read);
    }

    @Test
    void aPackThatWasCutOffGivesWhatIsWhole() throws Exception {
        store.truncate(pack.position(), (int) pack.size() - 10_300);
        count();
        List<ByteBuffer> read = client.read(chunks);
        assertEquals(without(CHUNKS - 1).subList(0, CHUNKS - 1), read.subList(0, CHUNKS - 1));
        assertEquals(UNREADABLE, read.getLast());
    }

    @Test
    void aPackThatIsGoneCostsEachOfItsChunksARequest() throws Exception {
        store.lose(pack.position());
        count();
        assertEquals(List.of(UNREADABLE, UNREADABLE), client.read(chunks.subList(0, 2)));
        assertEquals(3, reads.get());
    }

    @Test
    void whatIsAskedForAcrossPacksComesByARequestForEach() throws Exception {
        List<ChunkId> more = client.newChunks(4);
        client.store(more, 20_000);
        List<ByteBuffer> theirs = client.read(more);
        count();
        List<ChunkId> all = new ArrayList<>(chunks);
        all.addAll(client.newChunks(1));
        all.addAll(more);
        List<ByteBuffer> expected = new ArrayList<>(frames);
        expected.add(UNREADABLE);
        expected.addAll(theirs);
        assertEquals(expected, client.read(all));
        assertEquals(2, reads.get());
    }

    @Test
    void aDeviceThatIsGoneEndsTheStream() throws Exception {
        store.fault((doing, key) -> {
            if (key.startsWith(VolumeKeys.PACKS)) {
                throw BackupException.network("device.away", "d1", "nobody answers", null);
            }
        });
        assertRefused("transport.closed", () -> client.read(chunks));
    }
}
