package org.azekura.engine.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.RawPath;
import org.azekura.engine.chunk.ChunkNamer;
import org.azekura.engine.chunk.Extent;
import org.azekura.engine.tree.Entry;
import org.azekura.engine.tree.ExtentWriter;
import org.azekura.engine.tree.Page;
import org.azekura.engine.tree.TreeReader;
import org.azekura.engine.tree.TreeWriter;
import org.junit.jupiter.api.Test;

class RecallPlanTest {

    private static final RecallPlan.Order AS_IT_LIES = (cartridge, instead, objects) -> objects;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final ChunkNamer namer = new ChunkNamer(new byte[32]);
    private final Map<ChunkId, Page> pages = new HashMap<>();
    private final Map<ChunkId, Lie> lies = new HashMap<>();
    private final List<Batch> batches = new ArrayList<>();
    /** Files by path: where which bytes come from. */
    private final Map<String, List<Extent>> files = new LinkedHashMap<>();

    private record Batch(List<RestorePlan.Part> parts, List<ChunkId> chunks) {}

    private static ChunkId chunk(int number) {
        return new ChunkId(number, 0, 0, 0);
    }

    private static Entry entry(String name, Entry.Type type, long size, Entry.Content content) {
        return new Entry(name.getBytes(StandardCharsets.UTF_8), type, 0644, 0, 0, "root", "root", size, Instant.EPOCH, Instant.EPOCH, 0, null,
                0, 0, List.of(), content, false);
    }

    private Entry file(String name, Extent... extents) throws BackupException {
        long size = java.util.Arrays.stream(extents).mapToLong(Extent::length).sum();
        return entry(name, Entry.Type.FILE, size, ExtentWriter.content(List.of(extents), null, namer, pages::put));
    }

    private ChunkId tree(Entry... entries) throws BackupException {
        TreeWriter writer = new TreeWriter(namer, pages::put);
        for (Entry entry : entries) {
            writer.add(entry);
        }
        return writer.finish();
    }

    private RecallPlan plan(ChunkId root, Set<Integer> away) throws BackupException {
        RecallPlan plan = new RecallPlan(away::contains);
        plan.make(new TreeReader(pages::get), List.of(), chunks -> {
            Map<ChunkId, Lie> found = new HashMap<>();
            chunks.stream().filter(lies::containsKey).forEach(chunk -> found.put(chunk, lies.get(chunk)));
            return found;
        }, root);
        return plan;
    }

    private void take(List<RestorePlan.Part> parts, Set<ChunkId> chunks) {
        assertTrue(chunks.size() <= RestorePlan.MAX_CHUNKS && parts.size() <= RestorePlan.MAX_ENTRIES);
        Set<ChunkId> needed = new HashSet<>();
        parts.forEach(part -> RestorePlan.chunks(part).forEach(needed::add));
        assertEquals(needed, chunks, "a batch names the chunks that its parts need");
        batches.add(new Batch(parts, List.copyOf(chunks)));
    }

    private void lies(int chunk, int cartridge, long object, int offset, int length) {
        lies.put(chunk(chunk), new Lie(cartridge, object, offset, length));
    }

    private void recall(RecallPlan plan, int lanes, RecallPlan.Order order) throws BackupException {
        plan.plain((parts, chunks, problems) -> take(parts, chunks));
        plan.recall(lanes, order, Intake.AT_ONCE, (parts, chunks, problems) -> take(parts, chunks));
    }

    private List<ChunkId> read() {
        return batches.stream().flatMap(batch -> batch.chunks.stream()).toList();
    }

    @Test
    void readsInTheOrderInWhichItLiesWhateverTheOrderOfNames() throws BackupException {
        lies(1, 0, 70, 0, 100);
        lies(2, 0, 5, 900, 100);
        lies(3, 0, 5, 0, 100);
        ChunkId inner = tree(file("x", new Extent(chunk(1), 0, 50)), file("y", new Extent(chunk(2), 0, 50)));
        try (RecallPlan plan = plan(tree(entry("d", Entry.Type.DIRECTORY, 0, new Entry.Content.Directory(inner)), file("z", new Extent(chunk(3), 0, 50))), Set.of())) {
            recall(plan, 2, AS_IT_LIES);
        }
        assertEquals(List.of(chunk(3), chunk(2), chunk(1)), read());
        assertEquals(List.of("/d", "/z", "/d/y", "/d/x"), batches.stream().flatMap(batch -> batch.parts.stream()).map(part -> part.path().toString()).toList());
    }

    @Test
    void asksForTheOrderOfPacksAndRefusesOneThatIsNone() throws BackupException {
        for (int i = 0; i < 5; i++) {
            lies(i, 0, 10 * i, 0, 10);
            lies(10 + i, 0, 10 * i, 10, 10);
        }
        Entry[] all = new Entry[10];
        for (int i = 0; i < 5; i++) {
            all[i] = file("a" + i, new Extent(chunk(i), 0, 5));
            all[5 + i] = file("b" + i, new Extent(chunk(10 + i), 0, 5));
        }
        ChunkId root = tree(all);
        try (RecallPlan plan = plan(root, Set.of())) {
            recall(plan, 1, (cartridge, instead, objects) -> {
                assertEquals(List.of(0L, 10L, 20L, 30L, 40L), objects);
                return objects.reversed();
            });
            assertEquals(List.of(4, 14, 3, 13, 2, 12, 1, 11, 0, 10).stream().map(RecallPlanTest::chunk).toList(), read());
            for (List<Long> wrong : List.of(List.of(0L, 10L, 20L, 30L), List.of(0L, 10L, 20L, 30L, 30L), List.of(0L, 10L, 20L, 30L, 40L, 40L))) {
                assertEquals("recall.order", assertThrows(BackupException.class, () -> plan.recall(1, (cartridge, instead, objects) -> wrong,
                        Intake.AT_ONCE, (parts, chunks, problems) -> {})).failure().code());
            }
        }
    }

    @Test
    void twoCartridgesTakeTurns() throws BackupException {
        List<Extent> extents = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            lies(i, i / 20, 7, 2_000 * i, 1_000);
            extents.add(new Extent(chunk(i), 0, 1_000));
        }
        try (RecallPlan plan = plan(tree(file("f", extents.toArray(Extent[]::new))), Set.of())) {
            recall(plan, 2, AS_IT_LIES);
        }
        assertEquals(List.of(0, 20, 1, 21, 2, 22).stream().map(RecallPlanTest::chunk).toList(), read().subList(0, 6));
        assertEquals(40, read().size());
    }

    @Test
    void leavesFilesForLaterOfWhichSomethingIsAwayAndReadsNoHalfOfThem() throws BackupException {
        lies(1, 0, 1, 0, 10);
        lies(2, 1, 1, 0, 10);
        lies(3, 0, 1, 10, 10);
        ChunkId root = tree(file("both", Extent.hole(1 << 20), new Extent(chunk(1), 0, 10), new Extent(chunk(2), 0, 10)), file("here", new Extent(chunk(3), 0, 10)),
                file("nothing"));
        try (RecallPlan plan = plan(root, Set.of(1))) {
            assertEquals(Set.of(1), plan.missing());
            assertEquals(1, plan.late());
            assertEquals(Map.of(0, new RecallPlan.Need(2, 20), 1, new RecallPlan.Need(1, 10)), plan.needs());
            recall(plan, 2, AS_IT_LIES);
        }
        assertEquals(List.of("/nothing", "/here"), batches.stream().flatMap(batch -> batch.parts.stream()).map(part -> part.path().toString()).toList());
    }

    /** Where there is one drive, who asks for the order takes the cartridge out of it that is read still. */
    @Test
    void whatLiesOnACartridgeIsToldBeforeTheNextIsAskedFor() throws BackupException {
        lies(1, 0, 1, 0, 10);
        lies(2, 1, 1, 0, 10);
        try (RecallPlan plan = plan(tree(file("f", new Extent(chunk(1), 0, 10), new Extent(chunk(2), 0, 10))), Set.of())) {
            recall(plan, 1, (cartridge, instead, objects) -> {
                assertEquals(cartridge == 1 ? List.of(chunk(1)) : List.of(), read());
                return objects;
            });
        }
        assertEquals(List.of(chunk(1), chunk(2)), read());
    }

    /** With two drives and three cartridges: one that follows is brought when all was read of that whose drive it takes, and the other one goes on meanwhile. */
    @Test
    void aCartridgeIsAskedForWhenAllWasReadOfThatWhosePlaceItTakes() throws BackupException {
        List<Extent> extents = new ArrayList<>();
        for (int i = 0; i < 900; i++) {
            lies(i, i < 700 ? 0 : i < 800 ? 1 : 2, i, 0, 1_000);
            extents.add(new Extent(chunk(i), 0, 1_000));
        }
        List<String> asked = new ArrayList<>();
        int[] through = {0};
        Intake slow = new Intake() {
            @Override
            public long sent() {
                return batches.size();
            }

            @Override
            public boolean isThrough(long batch) {
                return through[0] >= batch;
            }

            @Override
            public void await(long batch) {
                throw new AssertionError("there is more on the other cartridge");
            }
        };
        try (RecallPlan plan = plan(tree(file("f", extents.toArray(Extent[]::new))), Set.of())) {
            plan.recall(2, (cartridge, instead, objects) -> {
                asked.add(cartridge + " for " + instead + " after " + batches.size());
                if (instead >= 0) {
                    assertTrue(read().containsAll(lies.keySet().stream().filter(chunk -> lies.get(chunk).cartridge() == instead).toList()));
                }
                return objects;
            }, slow, (parts, chunks, problems) -> {
                take(parts, chunks);
                through[0] = batches.size() - 2;
            });
        }
        assertEquals(List.of("0 for -1 after 0", "1 for -1 after 0", "2 for 1 after 4"), asked);
        assertEquals(900, new HashSet<>(read()).size());
    }

    @Test
    void chunksThatAreNowhereComeWithWhatNeedsNone() throws BackupException {
        lies(1, 0, 1, 0, 10);
        try (RecallPlan plan = plan(tree(file("f", new Extent(chunk(1), 0, 10), new Extent(chunk(9), 0, 10))), Set.of())) {
            recall(plan, 1, AS_IT_LIES);
        }
        assertEquals(List.of(chunk(9), chunk(1)), read());
    }

    /** Segments that many files share, large files cut over cartridges, holes: every byte comes once, every chunk is read once and in order. */
    @Test
    void everyByteOfEveryFileComesOnceAndEveryChunkIsReadOnce() throws BackupException {
        int cartridges = 1 + random.nextInt(4);
        int chunks = 2_000;
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < chunks; i++) {
            places.add(i);
        }
        Collections.shuffle(places, random);
        for (int i = 0; i < chunks; i++) {
            lies(i, places.get(i) % cartridges, places.get(i) / 64, places.get(i) % 64 / cartridges * 1_000, 1_000);
        }
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            List<Extent> extents = new ArrayList<>();
            int many = random.nextInt(50) == 0 ? random.nextInt(400) : random.nextInt(3);
            int first = random.nextInt(chunks);
            for (int j = 0; j < many; j++) {
                extents.add(random.nextInt(5) == 0 ? Extent.hole(1 + random.nextInt(1 << 20)) : new Extent(chunk((first + j) % chunks), random.nextInt(100), 500));
            }
            files.put("/f%04d".formatted(i), extents);
            entries.add(file("f%04d".formatted(i), extents.toArray(Extent[]::new)));
        }
        int away = random.nextInt(3) == 0 ? random.nextInt(cartridges) : -1;
        try (RecallPlan plan = plan(tree(entries.toArray(Entry[]::new)), Set.of(away))) {
            recall(plan, 1 + random.nextInt(3), AS_IT_LIES);
        }
        files.values().removeIf(extents -> extents.stream().anyMatch(extent -> !extent.isHole() && lies.get(extent.chunk()).cartridge() == away));
        assertComplete();
        Map<Integer, Lie> before = new HashMap<>();
        for (ChunkId chunk : read()) {
            Lie lie = lies.get(chunk);
            Lie last = before.put(lie.cartridge(), lie);
            assertTrue(last == null || last.object() < lie.object() || last.object() == lie.object() && last.offset() < lie.offset(), "seed " + seed);
        }
    }

    private void assertComplete() {
        Map<String, Map<Long, Extent>> got = new HashMap<>();
        Map<String, Long> ends = new HashMap<>();
        for (Batch batch : batches) {
            for (RestorePlan.Part part : batch.parts) {
                Map<Long, Extent> file = got.computeIfAbsent(part.path().toString(), p -> new HashMap<>());
                long at = part.from();
                for (Extent extent : RestorePlan.extents(part)) {
                    assertFalse(file.containsKey(at), "seed " + seed);
                    file.put(at, extent);
                    at += extent.length();
                }
                if (part.last()) {
                    ends.put(part.path().toString(), at);
                }
            }
        }
        assertEquals(new TreeSet<>(files.keySet()), new TreeSet<>(got.keySet()), "seed " + seed);
        files.forEach((path, extents) -> {
            Map<Long, Extent> expected = new HashMap<>();
            long at = 0;
            for (Extent extent : extents) {
                expected.put(at, extent);
                at += extent.length();
            }
            assertEquals(expected, got.get(path), "seed " + seed);
            assertEquals(at, ends.get(path), "seed " + seed);
        });
    }

    @Test
    void pathsComeAsRecordsTellThem() throws BackupException {
        RestorePlan.Part part = new RestorePlan.Part(RawPath.of("/a/b"), entry("b", Entry.Type.FIFO, 0, new Entry.Content.None()), 0, true);
        PieceForm read = PieceForm.decode(PieceForm.encode(PieceForm.rank(3), new Lie(3, 1L << 40, 17, 4), 99, 12, part));
        assertEquals(5, read.rank());
        assertEquals(1L << 40, read.object());
        assertEquals(12, read.file());
        assertEquals("/a/b", read.part().path().toString());
    }
}
