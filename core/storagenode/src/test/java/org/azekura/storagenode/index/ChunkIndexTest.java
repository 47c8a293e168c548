package org.azekura.storagenode.index;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.azekura.api.ChunkId;
import org.azekura.api.PackId;
import org.azekura.api.TrustGroup;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.pack.IndexEntry;
import org.azekura.engine.pack.PackIndex;
import org.azekura.engine.pack.SealedSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChunkIndexTest {

    private static final TrustGroup OTHERS = new TrustGroup(2, 2);

    @TempDir
    Path dir;

    private final long seed = System.nanoTime();
    private final Packs packs = new Packs(seed);
    private final List<ChunkId> chunks = packs.chunks(6);
    private ChunkIndex index;

    @BeforeEach
    void open() throws Exception {
        index = Packs.open(dir);
    }

    @AfterEach
    void close() {
        index.close();
    }

    private KnownPack add(List<ChunkId> chunks) throws Exception {
        return Packs.add(index, packs.pack(chunks));
    }

    private KnownPack placeOf(ChunkId chunk) throws Exception {
        return index.find(Packs.GROUP, chunk).pack();
    }

    @Test
    void tellsWhereEveryChunkLies() throws Exception {
        List<SealedSession> sessions = List.of(packs.session(), packs.session(), packs.session());
        PackIndex pack = packs.pack(Packs.GROUP, sessions, chunks);
        KnownPack known = Packs.add(index, pack);
        assertEquals(new KnownPack(known.number(), pack.pack(), false, Packs.GROUP, Packs.size(pack), 6, Packs.WRITTEN), known);
        for (int i = 0; i < 6; i++) {
            assertEquals(new ChunkIndex.Found(chunks.get(i), known, 100 + i * Packs.FRAME, Packs.FRAME, sessions.get(i % 3).session(), false),
                    index.find(Packs.GROUP, chunks.get(i)), "seed " + seed);
        }
        assertNull(index.find(Packs.GROUP, packs.chunk()));
        assertEquals(new HashSet<>(chunks), new HashSet<>(index.chunksOf(known)));
        assertEquals(sessions, index.sessions(List.of(known)));
        assertEquals(1, index.packs());
        assertEquals(6, index.chunks());
        assertEquals(Packs.size(pack), index.bytes());
    }

    @Test
    void aPackIsEnteredOnceAndEveryChunkOfItToo() throws Exception {
        List<ChunkId> twice = new ArrayList<>(chunks);
        twice.addAll(chunks);
        PackIndex pack = packs.pack(twice);
        Packs.add(index, pack);
        KnownPack known = Packs.add(index, pack);
        assertEquals(12, known.chunks());
        assertEquals(6, index.chunks());
        assertTrue(index.count().whole(known));
    }

    @Test
    void whatDoesNotFitIsLeftOut() throws Exception {
        IndexEntry far = new IndexEntry(chunks.get(0), packs.session.session(), 1L << 31, 100);
        IndexEntry foreign = new IndexEntry(chunks.get(1), packs.session().session(), 100, 100);
        IndexEntry whole = new IndexEntry(chunks.get(2), packs.session.session(), (1L << 31) - 1, 5 << 20);
        Packs.add(index, new PackIndex(new PackId(1, 2), ChunkKind.TREE, Packs.GROUP, List.of(packs.session), List.of(far, foreign, whole)));
        assertFalse(index.known(Packs.GROUP, chunks.get(0)));
        assertFalse(index.known(Packs.GROUP, chunks.get(1)));
        ChunkIndex.Found found = index.find(Packs.GROUP, chunks.get(2));
        assertEquals((1L << 31) - 1, found.offset());
        assertEquals(5 << 20, found.length());
        assertTrue(found.pack().tree());
    }

    @Test
    void groupsKnowNothingOfEachOther() throws Exception {
        KnownPack mine = add(chunks);
        assertFalse(index.known(OTHERS, chunks.get(0)));
        KnownPack theirs = Packs.add(index, packs.pack(OTHERS, List.of(packs.session), chunks));
        assertEquals(mine, placeOf(chunks.get(0)));
        assertEquals(List.of(theirs), index.all(OTHERS, chunks.get(0)).stream().map(ChunkIndex.Found::pack).toList());
        index.damaged(theirs, chunks.get(0));
        assertFalse(index.known(OTHERS, chunks.get(0)));
        assertTrue(index.known(Packs.GROUP, chunks.get(0)));
    }

    /** A hostile client could work out which id of its own has the same key as another's. */
    @Test
    void anIdThatWasMadeUpToHaveAnothersKeyIsNotTakenForIt() throws Exception {
        GroupKeys keys = new GroupKeys();
        ChunkId madeUp = keys.chunk(OTHERS, keys.key(Packs.GROUP, chunks.get(0)));
        KnownPack mine = add(chunks);
        assertFalse(index.known(OTHERS, madeUp));
        KnownPack theirs = Packs.add(index, packs.pack(OTHERS, List.of(packs.session), List.of(madeUp)));
        assertEquals(List.of(mine), index.all(Packs.GROUP, chunks.get(0)).stream().map(ChunkIndex.Found::pack).toList());
        assertEquals(List.of(theirs), index.all(OTHERS, madeUp).stream().map(ChunkIndex.Found::pack).toList());
        index.damaged(mine, chunks.get(0));
        assertFalse(index.known(Packs.GROUP, chunks.get(0)));
        assertTrue(index.known(OTHERS, madeUp));
        index.clearMarks();
        assertTrue(index.mark(Packs.GROUP, chunks.get(0)));
        assertTrue(index.marked(mine, chunks.get(0)));
        assertFalse(index.marked(theirs, madeUp));
    }

    @Test
    void packsAreNamedInPages() throws Exception {
        List<KnownPack> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            all.add(add(packs.chunks(1)));
        }
        all.sort((a, b) -> a.id().compareTo(b.id()));
        assertEquals(all.subList(0, 70), index.packs(null, 70), "seed " + seed);
        assertEquals(all.subList(70, 140), index.packs(all.get(69).id(), 70));
        assertEquals(all.subList(140, 200), index.packs(all.get(139).id(), 70));
        assertEquals(List.of(), index.packs(all.get(199).id(), 70));
    }

    @Test
    void aRemovedPackTakesItsChunksAlong() throws Exception {
        KnownPack first = add(chunks);
        KnownPack second = add(chunks.subList(0, 3));
        index.remove(List.of(first));
        assertEquals(List.of(second), index.packs(null, 10));
        for (int i = 0; i < 6; i++) {
            assertEquals(i < 3, index.known(Packs.GROUP, chunks.get(i)));
        }
        assertNull(index.pack(first.id()));
        assertEquals(3, index.chunks());
        assertEquals(second.size(), index.bytes());
    }

    @Test
    void aPackThatHasLeftIsNotTakenForTheOneThatHasItsNumber() throws Exception {
        KnownPack first = add(chunks);
        index.remove(List.of(first));
        KnownPack second = add(chunks);
        assertEquals(first.number(), second.number());
        index.damaged(first, chunks.get(0));
        index.avoid(first, chunks.get(0));
        assertTrue(index.known(Packs.GROUP, chunks.get(0)));
        index.damaged(second, chunks.get(0));
        index.sound(first);
        assertFalse(index.known(Packs.GROUP, chunks.get(0)));
        assertEquals(List.of(), index.chunksOf(first));
        assertEquals(List.of(), index.sessions(List.of(first)));
        index.remove(List.of(first));
        assertEquals(List.of(first), index.drop(List.of(first)).dropped());
        assertEquals(List.of(second), index.packs(null, 10));
    }

    @Test
    void countsWhatIsMarkedInEveryPack() throws Exception {
        KnownPack first = add(chunks);
        KnownPack second = add(chunks.subList(0, 3));
        KnownPack third = add(packs.chunks(2));
        assertTrue(index.mark(Packs.GROUP, chunks.get(0)));
        index.clearMarks();
        for (ChunkId chunk : chunks.subList(1, 4)) {
            assertTrue(index.mark(Packs.GROUP, chunk));
            assertTrue(index.mark(Packs.GROUP, chunk));
        }
        assertFalse(index.mark(Packs.GROUP, packs.chunk()));
        assertFalse(index.mark(OTHERS, chunks.get(1)));
        Marked marked = index.count();
        assertEquals(List.of(3, 0, 0), List.of(marked.chunks(first), marked.chunks(second), marked.chunks(third)), "the best place alone");
        assertEquals(3 * Packs.FRAME, marked.bytes(first));
        assertTrue(marked.whole(first) && marked.whole(second) && marked.whole(third));
        assertTrue(index.marked(first, chunks.get(1)));
        assertFalse(index.marked(second, chunks.get(1)));
        assertFalse(index.marked(first, chunks.get(0)));
    }

    @Test
    void theMarkGoesToWhereTheChunkCanStillBeRead() throws Exception {
        KnownPack first = add(chunks);
        KnownPack second = add(chunks);
        index.clearMarks();
        assertTrue(index.mark(Packs.GROUP, chunks.get(0)));
        assertFalse(index.marked(second, chunks.get(0)));
        index.damaged(first, chunks.get(0));
        assertTrue(index.marked(second, chunks.get(0)));
        assertEquals(List.of(second), index.drop(List.of(second)).needed());
    }

    @Test
    void dropsWhatIsNotNeeded() throws Exception {
        KnownPack dead = add(chunks);
        KnownPack live = add(packs.chunks(3));
        index.clearMarks();
        for (ChunkId chunk : index.chunksOf(live)) {
            index.mark(Packs.GROUP, chunk);
        }
        ChunkIndex.Dropped dropped = index.drop(List.of(dead, live));
        assertEquals(new ChunkIndex.Dropped(List.of(dead), List.of(), List.of(live)), dropped);
        assertFalse(index.known(Packs.GROUP, chunks.get(0)));
        assertEquals(List.of(live), index.packs(null, 9));
    }

    @Test
    void aPackThatWasWrittenAnewCanBeDropped() throws Exception {
        KnownPack old = add(chunks);
        index.clearMarks();
        index.mark(Packs.GROUP, chunks.get(2));
        KnownPack copy = add(chunks.subList(2, 3));
        assertEquals(old, placeOf(chunks.get(2)));
        assertEquals(List.of(old), index.drop(List.of(old)).dropped());
        assertEquals(copy, placeOf(chunks.get(2)));
    }

    @Test
    void theLastPlacesOfAChunkAreNotDroppedTogether() throws Exception {
        KnownPack first = add(chunks);
        KnownPack second = add(chunks);
        index.clearMarks();
        index.mark(Packs.GROUP, chunks.get(0));
        ChunkIndex.Dropped dropped = index.drop(List.of(first, second));
        assertEquals(List.of(first), dropped.needed());
        assertEquals(List.of(second), dropped.dropped());
    }

    @Test
    void aDamagedCopyIsNoCopy() throws Exception {
        KnownPack old = add(chunks);
        index.clearMarks();
        index.mark(Packs.GROUP, chunks.get(0));
        KnownPack copy = add(chunks);
        index.damaged(copy, chunks.get(0));
        assertEquals(List.of(old), index.drop(List.of(old)).needed());
    }

    @Test
    void whatARunningJobWasToldIsKeptForIt() throws Exception {
        KnownPack pack = add(chunks);
        JobPins job = index.pins();
        assertTrue(index.known(Packs.GROUP, chunks.get(0)), "asking without a job holds nothing");
        assertTrue(index.known(job, Packs.GROUP, chunks.get(0)));
        assertFalse(index.known(job, Packs.GROUP, packs.chunk()));
        assertEquals(new ChunkIndex.Dropped(List.of(), List.of(pack), List.of()), index.drop(List.of(pack)));
        assertTrue(index.known(Packs.GROUP, chunks.get(5)));
        job.close();
        assertEquals(List.of(pack), index.drop(List.of(pack)).dropped());
    }

    @Test
    void aJobKeepsWhatItWroteItself() throws Exception {
        JobPins job = index.pins();
        PackIndex pack = packs.pack(chunks);
        index.add(pack, Packs.size(pack), Packs.WRITTEN, job);
        KnownPack known = index.pack(pack.pack());
        assertEquals(List.of(known), index.drop(List.of(known)).pinned());
        job.close();
        assertEquals(List.of(known), index.drop(List.of(known)).dropped());
    }

    @Test
    void everySessionIsNamedOnce() throws Exception {
        SealedSession shared = packs.session();
        SealedSession own = packs.session();
        KnownPack first = Packs.add(index, packs.pack(Packs.GROUP, List.of(shared, own), chunks));
        KnownPack second = Packs.add(index, packs.pack(Packs.GROUP, List.of(shared), packs.chunks(2)));
        KnownPack none = Packs.add(index, new PackIndex(new PackId(1, 1), ChunkKind.DATA, Packs.GROUP, List.of(), List.of()));
        assertEquals(Set.of(shared, own), new HashSet<>(index.sessions(List.of(first, second, none))));
        assertEquals(2, index.sessions(List.of(first, second, none)).size());
    }

    @Test
    void aClosedIndexRefusesInsteadOfSayingThatNothingIsThere() throws Exception {
        KnownPack pack = add(chunks);
        JobPins job = index.pins();
        index.close();
        index.close();
        assertRefused("pool.closed", () -> index.find(Packs.GROUP, chunks.get(0)));
        assertRefused("pool.closed", () -> index.known(job, Packs.GROUP, chunks.get(0)));
        assertRefused("pool.closed", () -> add(chunks));
        assertRefused("pool.closed", () -> index.damaged(pack, chunks.get(0)));
        assertRefused("pool.closed", () -> index.drop(List.of(pack)));
        assertEquals(-1, index.number(pack.id(), pack.size()));
        job.close();
    }

    @Test
    void tellsForWhomTheSessionsOfItsPacksSealed() throws Exception {
        SealedSession both = packs.session();
        SealedSession none = packs.session();
        Packs.add(index, packs.pack(Packs.GROUP, List.of(packs.session, both), packs.chunks(4)));
        Packs.add(index, packs.pack(OTHERS, List.of(both), packs.chunks(2)));
        assertEquals(Map.of(packs.session.session(), Set.of(Packs.GROUP), both.session(), Set.of(Packs.GROUP, OTHERS)),
                index.owners(Set.of(packs.session.session(), both.session(), none.session())));
        assertEquals(Map.of(both.session(), Set.of(Packs.GROUP, OTHERS)), index.owners(Set.of(both.session())));
    }
}
