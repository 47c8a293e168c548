package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.JobId;
import org.azekura.api.PackId;
import org.azekura.api.message.ChunkAnswer;
import org.azekura.api.message.ChunkOrder;
import org.azekura.api.message.NodeOrder;
import org.azekura.api.message.NodeReport;
import org.azekura.api.message.NodeReport.PackSession;
import org.azekura.api.message.PackAnswer;
import org.azekura.api.message.PackOrder;
import org.azekura.api.message.PruneOrder;
import org.azekura.testkit.device.MemoryStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a node does of a prune, order by order. */
@Timeout(300)
class NodePruneTest {

    private static final JobId PRUNE = new JobId(500);
    private static final int SIZE = 2_000;

    @TempDir
    Path dir;
    private NodeBench bench;
    private MemoryStore store;

    @BeforeEach
    void start() throws Exception {
        bench = new NodeBench(dir);
        store = bench.pool();
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    /** A pack of its own with so many chunks. */
    private List<ChunkId> pack(int job, int chunks) throws BackupException {
        NodeBench.Client client = bench.client(job);
        List<ChunkId> ids = client.newChunks(chunks);
        client.store(ids, SIZE);
        client.end();
        return ids;
    }

    private NodeReport.PackWritten last() {
        return bench.server.packs.getLast();
    }

    private void begin() throws BackupException {
        bench.server.done(new PruneOrder.BeginPrune(PRUNE, NodeBench.POOL));
    }

    private List<ChunkId> mark(List<ChunkId> chunks) throws BackupException {
        return bench.server.order(new PruneOrder.MarkChunks(PRUNE, NodeBench.GROUP, chunks), ChunkAnswer.Missing.class).chunks();
    }

    private Map<PackId, PackAnswer.PackUse> sweep() throws BackupException {
        List<PackAnswer.PackUse> page = bench.server.order(new PruneOrder.SweepPacks(PRUNE, null), PackAnswer.Swept.class).packs();
        if (!page.isEmpty()) {
            assertEquals(List.of(), bench.server.order(new PruneOrder.SweepPacks(PRUNE, page.getLast().pack()), PackAnswer.Swept.class).packs());
        }
        return page.stream().collect(Collectors.toMap(PackAnswer.PackUse::pack, use -> use));
    }

    private List<PackId> drop(PackId... packs) throws BackupException {
        return bench.server.order(new PruneOrder.DropPacks(PRUNE, List.of(packs)), PackAnswer.Packs.class).packs();
    }

    private List<PackId> rewrite(PackId... packs) throws BackupException {
        return bench.server.order(new PruneOrder.RewritePacks(PRUNE, List.of(packs)), PackAnswer.Packs.class).packs();
    }

    private void end() throws BackupException {
        bench.server.done(new NodeOrder.EndJob(PRUNE));
    }

    private boolean isThere(NodeReport.PackWritten pack) throws BackupException {
        return store.size(pack.position()) >= 0;
    }

    private void assertReadable(List<ChunkId> chunks) throws BackupException {
        NodeBench.Client reader = bench.client(900, NodeBench.GROUP, false);
        for (ByteBuffer frame : reader.read(chunks)) {
            assertTrue(frame.hasRemaining(), "a chunk can't be read");
        }
        reader.end();
    }

    @Test
    void aPackOfWhichNothingIsMarkedGoesWithItsChunks() throws BackupException {
        List<ChunkId> dead = pack(1, 5);
        NodeReport.PackWritten deadPack = last();
        List<ChunkId> alive = pack(2, 5);
        NodeReport.PackWritten alivePack = last();
        begin();
        assertEquals(List.of(), mark(alive));
        Map<PackId, PackAnswer.PackUse> swept = sweep();
        assertEquals(0, swept.get(deadPack.pack()).liveChunks());
        assertEquals(5, swept.get(alivePack.pack()).liveChunks());
        assertTrue(swept.get(alivePack.pack()).liveBytes() > 5 * SIZE && swept.get(alivePack.pack()).liveBytes() < alivePack.size());
        assertEquals(List.of(deadPack.pack()), drop(deadPack.pack()));
        end();
        assertFalse(isThere(deadPack));
        assertTrue(isThere(alivePack));
        assertEquals(dead, bench.missing(dead));
        assertReadable(alive);
        assertEquals(alivePack.size(), bench.reopen().used());
        assertReadable(alive);
    }

    @Test
    void namesTheChunksThatAreNowhere() throws BackupException {
        List<ChunkId> alive = pack(1, 3);
        List<ChunkId> asked = new ArrayList<>(alive);
        asked.add(1, bench.frames.id());
        begin();
        assertEquals(asked.subList(1, 2), mark(asked));
    }

    /** Its snapshot may have come behind the view of the catalog that the marks were made from. */
    @Test
    void whatAJobReliedOnSinceTheBeginningStaysThoughTheJobHasEnded() throws BackupException {
        List<ChunkId> chunks = pack(1, 3);
        NodeReport.PackWritten pack = last();
        begin();
        sweep();
        NodeBench.Client client = bench.client(2);
        assertTrue(client.known(chunks.getFirst()));
        client.end();
        assertEquals(List.of(), drop(pack.pack()));
        end();
        assertReadable(chunks);
        begin();
        sweep();
        assertEquals(List.of(pack.pack()), drop(pack.pack()));
    }

    @Test
    void whatARunningJobReliedOnBeforeStays() throws BackupException {
        List<ChunkId> known = pack(1, 3);
        NodeReport.PackWritten knownPack = last();
        List<ChunkId> checked = pack(2, 3);
        NodeReport.PackWritten checkedPack = last();
        NodeBench.Client client = bench.client(3);
        assertTrue(client.known(known.getFirst()));
        assertEquals(List.of(), bench.server.order(new ChunkOrder.CheckChunks(client.job, NodeBench.POOL, NodeBench.GROUP, checked), ChunkAnswer.Missing.class)
                .chunks());
        begin();
        assertTrue(sweep().get(knownPack.pack()).pinned());
        assertEquals(List.of(), drop(knownPack.pack(), checkedPack.pack()));
        client.end();
        assertEquals(List.of(), drop(knownPack.pack(), checkedPack.pack()));
    }

    @Test
    void whatWasWrittenSinceTheBeginningIsNoCandidate() throws BackupException {
        begin();
        List<ChunkId> chunks = pack(1, 3);
        assertEquals(Map.of(), sweep());
        assertEquals(List.of(), drop(last().pack()));
        assertReadable(chunks);
    }

    /** Once it is dropped, nobody is told that its chunks are known: they are sent again. */
    @Test
    void whoComesAfterTheDropSendsAgain() throws BackupException {
        List<ChunkId> chunks = pack(1, 3);
        begin();
        sweep();
        drop(last().pack());
        NodeBench.Client client = bench.client(2);
        assertFalse(client.known(chunks.getFirst()));
        assertTrue(client.store(chunks, SIZE) > 3 * SIZE);
        client.end();
        end();
        assertReadable(chunks);
    }

    @Test
    void whatIsAliveInSparsePacksGetsIntoOneNewOne() throws BackupException {
        List<ChunkId> first = pack(1, 10);
        NodeReport.PackWritten firstPack = last();
        List<ChunkId> second = pack(2, 10);
        NodeReport.PackWritten secondPack = last();
        List<ChunkId> alive = List.of(first.get(2), first.get(7), second.get(0));
        List<ByteBuffer> before = read(alive);
        begin();
        mark(alive);
        assertEquals(List.of(firstPack.pack(), secondPack.pack()), rewrite(firstPack.pack(), secondPack.pack()));
        NodeReport.PackWritten made = last();
        assertEquals(PRUNE, made.job());
        assertEquals(3, made.chunks());
        assertEquals(List.of(firstPack.sessions().getFirst().session(), secondPack.sessions().getFirst().session()),
                made.sessions().stream().map(PackSession::session).toList());
        assertEquals(2, drop(firstPack.pack(), secondPack.pack()).size());
        end();
        assertEquals(before, read(alive), "frame by frame as it was");
        assertEquals(first.subList(0, 2), bench.missing(first.subList(0, 3)));
        assertEquals(0, bench.verify(made.pack()).damaged().size());
        assertEquals(made.size(), bench.reopen().used());
        assertEquals(before, read(alive));
    }

    private List<ByteBuffer> read(List<ChunkId> chunks) throws BackupException {
        NodeBench.Client reader = bench.client(901, NodeBench.GROUP, false);
        List<ByteBuffer> frames = reader.read(chunks);
        reader.end();
        return frames;
    }

    /** Killed with the new pack written and the old one not dropped: both are there, one of them is dead by then. */
    @Test
    void aRewriteThatWasCutOffIsTidiedUpByTheNextPrune() throws Exception {
        List<ChunkId> chunks = pack(1, 10);
        NodeReport.PackWritten old = last();
        List<ChunkId> alive = chunks.subList(0, 2);
        begin();
        mark(alive);
        rewrite(old.pack());
        NodeReport.PackWritten made = last();
        bench.restart();
        begin();
        mark(alive);
        Map<PackId, PackAnswer.PackUse> swept = sweep();
        assertEquals(2, swept.get(old.pack()).liveChunks() + swept.get(made.pack()).liveChunks());
        for (NodeReport.PackWritten pack : List.of(old, made)) {
            if (swept.get(pack.pack()).liveChunks() == 0) {
                assertEquals(List.of(pack.pack()), drop(pack.pack()));
            }
        }
        end();
        assertTrue(isThere(old) != isThere(made));
        assertReadable(alive);
    }

    @Test
    void thePackWithTheOnlySoundCopyOfSomethingMarkedIsNotDroppedWhoeverAsks() throws BackupException {
        List<ChunkId> chunks = pack(1, 4);
        begin();
        mark(chunks.subList(3, 4));
        assertEquals(List.of(), drop(last().pack()));
        assertTrue(isThere(last()));
    }

    @Test
    void aPackWithADamagedLiveFrameIsLeftAsItIs() throws BackupException {
        List<ChunkId> chunks = pack(1, 10);
        NodeReport.PackWritten pack = last();
        List<ByteBuffer> frames = read(chunks);
        begin();
        mark(chunks.subList(0, 2));
        bench.damage(pack, frames.getFirst());
        assertEquals(List.of(), rewrite(pack.pack()));
        assertTrue(isThere(pack));
    }

    @Test
    void oneAtATime() throws BackupException {
        begin();
        NodeOrder second = new PruneOrder.BeginPrune(new JobId(501), NodeBench.POOL);
        assertEquals("prune.running", assertThrows(BackupException.class, () -> bench.server.done(second)).failure().code());
        end();
        bench.server.done(second);
    }

    @Test
    void whoseServerIsGoneDropsNothingMore() throws Exception {
        pack(1, 3);
        begin();
        bench.server.hangUp();
        bench.server.awaitNode();
        assertEquals("prune.unknown", assertThrows(BackupException.class, () -> drop(last().pack())).failure().code());
        begin();
    }

    @Test
    void aVerifyOfIndexesFindsAPackThatIsGone() throws BackupException {
        pack(1, 3);
        pack(2, 3);
        NodeReport.PackWritten sound = bench.server.packs.getFirst();
        NodeOrder verify = new PackOrder.VerifyPacks(new JobId(9), NodeBench.POOL, List.of(sound.pack(), last().pack()), true);
        assertEquals(List.of(), bench.server.order(verify, PackAnswer.Verified.class).damaged());
        store.delete(last().position());
        List<PackAnswer.DamagedPack> damaged = bench.server.order(verify, PackAnswer.Verified.class).damaged();
        assertEquals(List.of(last().pack()), damaged.stream().map(PackAnswer.DamagedPack::pack).toList());
        assertEquals(3, damaged.getFirst().chunks().size());
    }
}
