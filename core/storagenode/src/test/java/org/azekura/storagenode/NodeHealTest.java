package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PackId;
import org.azekura.api.message.Answer;
import org.azekura.api.message.NodeOrder;
import org.azekura.api.message.NodeReport;
import org.azekura.testkit.device.MemoryStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was found damaged is stored again, and the good copy wins, whatever happens between. */
@Timeout(60)
class NodeHealTest {

    /** Every chunk in a pack of its own: ids of packs are random, and so is the order in which they are learnt. */
    private static final int PACKS = 6;
    private static final ByteBuffer UNREADABLE = ByteBuffer.allocate(0);

    @TempDir
    Path dir;

    private NodeBench bench;
    private MemoryStore store;
    private NodeBench.Client client;
    private List<ChunkId> chunks;
    private final Map<ChunkId, ByteBuffer> frames = new HashMap<>();

    @BeforeEach
    void store() throws Exception {
        bench = new NodeBench(dir);
        store = bench.pool();
        client = bench.client(1);
        chunks = client.newChunks(PACKS);
        storeEach();
    }

    /** Sends every chunk and notes the frame that is there then. */
    private void storeEach() throws BackupException {
        for (ChunkId chunk : chunks) {
            client.store(List.of(chunk), 1_000);
            frames.put(chunk, client.read(List.of(chunk)).getFirst());
        }
    }

    @AfterEach
    void close() {
        client.close();
        bench.close();
    }

    private void restart() throws Exception {
        client.close();
        bench.restart();
        client = bench.client(bench.server.packs.size());
    }

    private List<NodeReport.PackWritten> packs(int from) {
        return bench.server.packs.subList(from, from + PACKS);
    }

    private void damageAll() throws BackupException {
        for (int i = 0; i < PACKS; i++) {
            bench.damage(packs(0).get(i), frames.get(chunks.get(i)));
        }
    }

    private Answer.Verified verify() throws BackupException {
        return bench.verify(packs(0).stream().map(NodeReport.PackWritten::pack).toArray(PackId[]::new));
    }

    private List<ChunkId> lost() throws BackupException {
        return verify().damaged().stream().flatMap(pack -> pack.chunks().stream()).toList();
    }

    private List<ChunkId> missing() throws BackupException {
        return bench.server.order(new NodeOrder.CheckChunks(NodeBench.POOL, NodeBench.GROUP, chunks), Answer.Missing.class).chunks();
    }

    @Test
    void theGoodCopyWinsWhicheverIsLearntFirst() throws Exception {
        damageAll();
        verify();
        storeEach();
        restart();
        // The pack of the damaged copy says nothing of the damage: only looking tells.
        Answer.Verified found = verify();
        assertEquals(List.of(), found.damaged().stream().flatMap(pack -> pack.chunks().stream()).toList());
        assertEquals(new HashSet<>(chunks), new HashSet<>(found.damaged().stream().flatMap(pack -> pack.intact().stream()).toList()));
        assertEquals(List.of(), missing());
        Answer.Located located = bench.server.order(new NodeOrder.LocateChunks(NodeBench.POOL, NodeBench.GROUP, chunks), Answer.Located.class);
        assertEquals(new HashSet<>(packs(PACKS).stream().map(NodeReport.PackWritten::pack).toList()),
                new HashSet<>(located.places().stream().map(Answer.ChunkPlace::pack).toList()));
        for (ChunkId chunk : chunks) {
            assertEquals(List.of(frames.get(chunk)), client.read(List.of(chunk)));
        }
    }
}
