package org.azekura.storagenode.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counts that go on from prune to prune, against a model that counts in a map. */
class ReferencesTest {

    private static final int RUNS = Seeds.slow() ? 1000 : 75;
    private static final int STEPS = 60;

    @TempDir
    Path dir;

    /** One history: packs come, are copied and go, pages come to refer to chunks and let them go. */
    private final class History {

        private final Random random;
        private final Packs packs;
        private final ChunkIndex index;
        private final Map<ChunkId, Integer> model = new HashMap<>();
        private final List<List<ChunkId>> pages = new ArrayList<>();
        private long name;

        History(long seed, ChunkIndex index) {
            this.random = Seeds.random(seed);
            this.packs = new Packs(seed);
            this.index = index;
        }

        void run() throws BackupException {
            index.references().clear();
            name = keep();
            for (int step = 0; step < STEPS; step++) {
                switch (random.nextInt(6)) {
                    case 0, 1 -> Packs.add(index, packs.pack(packs.chunks(1 + random.nextInt(12))));
                    case 2 -> copyAndDrop(random.nextInt(100) < 70);
                    default -> prune();
                }
                agrees();
            }
        }

        private long keep() throws BackupException {
            long now = random.nextLong() | 1;
            index.references().keep(now);
            return now;
        }

        private List<KnownPack> all() throws BackupException {
            return index.packs(null, Integer.MAX_VALUE);
        }

        /** New packs with what is needed of old ones, or with all of it a second time; then the old ones go. */
        private void copyAndDrop(boolean onlyNeeded) throws BackupException {
            List<KnownPack> old = new ArrayList<>(all());
            old.removeIf(pack -> random.nextInt(3) != 0);
            List<ChunkId> chunks = new ArrayList<>();
            for (KnownPack pack : old) {
                for (ChunkId chunk : index.chunksOf(pack)) {
                    if (!onlyNeeded || index.marked(pack, chunk)) {
                        chunks.add(chunk);
                    }
                }
            }
            if (!chunks.isEmpty()) {
                Packs.add(index, packs.pack(chunks.stream().distinct().toList()));
            }
            if (random.nextInt(4) != 0) {
                assertEquals(List.of(), index.drop(old).needed());
            }
        }

        private void prune() throws BackupException {
            assertTrue(index.references().resume(name));
            for (int i = random.nextInt(3); i > 0; i--) {
                List<ChunkId> page = new ArrayList<>();
                for (KnownPack pack : all()) {
                    index.chunksOf(pack).stream().filter(chunk -> random.nextInt(4) == 0).forEach(page::add);
                }
                List<ChunkId> refs = page.stream().distinct().toList();
                pages.add(refs);
                assertEquals(List.of(), index.references().add(Packs.GROUP, refs));
                refs.forEach(chunk -> model.merge(chunk, 1, Integer::sum));
            }
            for (int i = random.nextInt(3); i > 0 && !pages.isEmpty(); i--) {
                List<ChunkId> page = pages.remove(random.nextInt(pages.size()));
                index.references().remove(Packs.GROUP, page);
                page.forEach(chunk -> model.merge(chunk, -1, (a, b) -> a + b == 0 ? null : a + b));
            }
            name = keep();
        }

        /** Every chunk has its count at one place, and the tally is what a look at all of them finds. */
        private void agrees() throws BackupException {
            assertFalse(index.references().isDoubtful());
            Map<ChunkId, Integer> places = new HashMap<>();
            for (KnownPack pack : all()) {
                for (ChunkId chunk : index.chunksOf(pack)) {
                    places.merge(chunk, index.marked(pack, chunk) ? 1 : 0, Integer::sum);
                }
            }
            Marked kept = index.references().tallied();
            Marked found = index.references().count();
            places.forEach((chunk, marked) -> assertEquals(model.containsKey(chunk) ? 1 : 0, marked, "marked places of " + chunk));
            assertTrue(places.keySet().containsAll(model.keySet()));
            for (KnownPack pack : all()) {
                assertEquals(found.chunks(pack), kept.chunks(pack));
                assertEquals(found.bytes(pack), kept.bytes(pack));
                assertEquals(found.whole(pack), kept.whole(pack));
            }
        }

        /** The same as a count from nothing; and everything can be let go, one by one, without a doubt. */
        void end() throws BackupException {
            Map<KnownPack, Integer> kept = live(index.references().tallied());
            index.references().clear();
            for (List<ChunkId> page : pages) {
                assertEquals(List.of(), index.references().add(Packs.GROUP, page));
            }
            Map<KnownPack, Integer> fresh = live(index.references().count());
            assertEquals(sum(fresh), sum(kept));
            for (List<ChunkId> page : pages) {
                index.references().remove(Packs.GROUP, page);
            }
            assertFalse(index.references().isDoubtful());
            assertEquals(0, sum(live(index.references().tallied())));
        }

        private Map<KnownPack, Integer> live(Marked marked) throws BackupException {
            Map<KnownPack, Integer> live = new HashMap<>();
            all().forEach(pack -> live.put(pack, marked.chunks(pack)));
            return live;
        }

        private static int sum(Map<KnownPack, Integer> live) {
            return live.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    @Test
    void countsThatGoOnAreThoseOfACountFromNothing() throws Exception {
        long start = Seeds.start();
        for (int run = 0; run < RUNS; run++) {
            try (ChunkIndex index = Packs.open(dir.resolve("index-" + run))) {
                History history = new History(start + run, index);
                history.run();
                history.end();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + (start + run) + ": " + e, e);
            }
        }
    }

    @Test
    void whatIsFoundDamagedMakesCountsDoubtfulUntilAllAreTakenBack() throws Exception {
        Packs packs = new Packs(1);
        try (ChunkIndex index = Packs.open(dir)) {
            List<ChunkId> chunks = packs.chunks(3);
            Packs.add(index, packs.pack(chunks));
            KnownPack pack = index.packs(null, 1).getFirst();
            index.references().clear();
            index.references().add(Packs.GROUP, chunks);
            index.references().keep(5);
            assertFalse(index.references().resume(6), "another's");
            index.references().keep(5);
            Packs.add(index, packs.pack(chunks.subList(0, 1)));
            index.damaged(pack, chunks.getFirst());
            assertTrue(index.references().isDoubtful());
            assertFalse(index.references().resume(5));
            index.references().clear();
            index.references().add(Packs.GROUP, chunks);
            index.references().keep(7);
            assertTrue(index.references().resume(7));
            assertFalse(index.references().resume(7), "it is about to change");
            index.references().keep(8);
            index.remove(List.of(pack));
            assertFalse(index.references().resume(8), "chunks that are needed are gone");
        }
    }

    @Test
    void aReferenceThatWasNotThereIsADoubtAndMoreThanCanBeCountedIsForGood() throws Exception {
        Packs packs = new Packs(2);
        try (ChunkIndex index = Packs.open(dir)) {
            ChunkId chunk = packs.chunks(1).getFirst();
            Packs.add(index, packs.pack(List.of(chunk)));
            KnownPack pack = index.packs(null, 1).getFirst();
            index.references().clear();
            index.references().add(Packs.GROUP, List.of(chunk));
            index.references().remove(Packs.GROUP, List.of(chunk));
            assertFalse(index.references().isDoubtful());
            index.references().remove(Packs.GROUP, List.of(chunk));
            assertTrue(index.references().isDoubtful());
            index.references().clear();
            for (int i = 0; i < Slots.MANY + 5; i++) {
                index.references().add(Packs.GROUP, List.of(chunk));
            }
            for (int i = 0; i < Slots.MANY + 5; i++) {
                index.references().remove(Packs.GROUP, List.of(chunk));
            }
            assertTrue(index.marked(pack, chunk));
            assertFalse(index.references().isDoubtful());
        }
    }
}
