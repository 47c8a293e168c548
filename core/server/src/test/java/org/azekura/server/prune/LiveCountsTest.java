package org.azekura.server.prune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PoolName;
import org.azekura.api.SessionId;
import org.azekura.api.SnapshotId;
import org.azekura.api.TrustGroup;
import org.azekura.server.trees.QuickTrees;
import org.azekura.server.trees.TreeMarks;
import org.azekura.server.trees.TreeStore;
import org.azekura.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is counted from prune to prune, against counts from nothing. */
class LiveCountsTest {

    private static final int RUNS = Seeds.slow() ? 1000 : 25;
    private static final int STEPS = 14;
    private static final PoolName MAIN = new PoolName("main");
    private static final PoolName SECOND = new PoolName("second");
    private static final PoolName FRESH = new PoolName("fresh");
    private static final SessionId SEALER = new SessionId(3, 3);
    private static final Set<PoolName> ALL = Set.of(MAIN, SECOND, FRESH);
    private static final List<TrustGroup> GROUPS = List.of(new TrustGroup(1, 1), new TrustGroup(2, 2));

    @TempDir
    Path folder;

    /** What a storage node counts, by group. */
    private static final class Node {
        final Map<TrustGroup, Map<ChunkId, Integer>> counts = new HashMap<>();

        void count(TrustGroup group, List<ChunkId> chunks, int by) {
            Map<ChunkId, Integer> of = counts.computeIfAbsent(group, g -> new HashMap<>());
            chunks.forEach(chunk -> of.merge(chunk, by, (a, b) -> a + b == 0 ? null : a + b));
            if (of.isEmpty()) {
                counts.remove(group);
            }
        }
    }

    private static LiveRoots.Root root(long snapshot, ChunkId tree) {
        return new LiveRoots.Root(new SnapshotId(7, snapshot), tree);
    }

    private static LiveRoots live(Map<TrustGroup, List<LiveRoots.Root>> roots) {
        Map<TrustGroup, List<LiveRoots.Root>> copy = new HashMap<>();
        roots.forEach((group, of) -> copy.put(group, List.copyOf(of)));
        return new LiveRoots(copy, Set.of(), false);
    }

    private static LiveWalk count(TreeStore store, TreeMarks marks, PoolCounts counts, LiveRoots live, Node node) throws BackupException {
        LiveWalk walk = new LiveWalk(store, marks, counts);
        List<PoolCounts.Change> changes = counts.change(live);
        for (PoolCounts.Change change : changes) {
            walk.come(change.group(), change.came(), (root, chunks) -> node.count(change.group(), chunks, 1));
        }
        for (PoolCounts.Change change : changes) {
            walk.go(change.group(), change.went(), (root, chunks) -> node.count(change.group(), chunks, -1));
        }
        return walk;
    }

    /** Snapshots come with new pages above old ones, and go; some prunes are of one pool only, some are broken off. */
    private final class History {

        private final Random random;
        private final TreeStore store;
        private final LiveCounts counts = new LiveCounts();
        private final List<TestPages> sessions = new ArrayList<>();
        private final List<ChunkId> chunks;
        private final Map<PoolName, Map<TrustGroup, List<LiveRoots.Root>>> roots = new HashMap<>();
        private final Map<PoolName, Node> nodes = new HashMap<>();
        private final Map<ChunkId, List<ChunkId>> below = new HashMap<>();
        private int resumed;
        private long snapshots;

        History(long seed, TreeStore store) {
            this.random = Seeds.random(seed);
            this.store = store;
            TestPages pages = new TestPages(SEALER);
            sessions.add(pages);
            chunks = pages.ids(60);
        }

        void run() throws BackupException {
            for (int step = 0; step < STEPS; step++) {
                for (PoolName pool : List.of(MAIN, SECOND)) {
                    change(roots.computeIfAbsent(pool, p -> new HashMap<>()));
                }
                try (TreeMarks marks = store.marks()) {
                    counts.check(marks, ALL);
                    prune(MAIN, marks);
                    if (random.nextBoolean()) {
                        prune(SECOND, marks);
                    } else {
                        KeepingWalk walk = new KeepingWalk(store, marks, counts, () -> {});
                        walk.keep(SECOND, live(roots.get(SECOND)));
                        assertTrue(walk.sessions().contains(SEALER) || pagesBelow(roots.get(SECOND)).isEmpty(), "who sealed what is alive is needed, counted or met");
                    }
                    if (random.nextInt(4) == 0) {
                        marks.compact(101);
                        everythingAliveIsThere();
                        nothingDeadIsThere();
                    }
                }
            }
            assertTrue(resumed > STEPS / 5, "counts went on " + resumed + " times only");
        }

        private void change(Map<TrustGroup, List<LiveRoots.Root>> of) throws BackupException {
            for (TrustGroup group : GROUPS) {
                List<LiveRoots.Root> there = of.computeIfAbsent(group, g -> new ArrayList<>());
                for (int i = random.nextInt(3); i > 0 && !there.isEmpty(); i--) {
                    there.remove(random.nextInt(there.size()));
                }
                for (int i = random.nextInt(3); i > 0; i--) {
                    List<ChunkId> usable = new ArrayList<>(pagesBelow(of));
                    there.add(root(++snapshots, tree(usable, 1 + random.nextInt(3))));
                }
                if (there.isEmpty()) {
                    of.remove(group);
                }
            }
            store.sync();
        }

        private ChunkId tree(List<ChunkId> usable, int depth) throws BackupException {
            if (!usable.isEmpty() && random.nextInt(3) == 0) {
                return usable.get(random.nextInt(usable.size()));
            }
            Set<ChunkId> children = new HashSet<>();
            for (int i = depth == 0 ? 0 : random.nextInt(4); i > 0; i--) {
                children.add(tree(usable, depth - 1));
            }
            Set<ChunkId> data = new HashSet<>();
            for (int i = random.nextInt(5); i > 0; i--) {
                data.add(chunks.get(random.nextInt(chunks.size())));
            }
            ChunkId page = sessions.getFirst().page(store, List.copyOf(data), List.copyOf(children));
            below.put(page, List.copyOf(children));
            return page;
        }

        private Set<ChunkId> pagesBelow(Map<TrustGroup, List<LiveRoots.Root>> of) {
            Set<ChunkId> met = new HashSet<>();
            of.values().forEach(all -> all.forEach(root -> meet(root.tree(), met)));
            return met;
        }

        private void meet(ChunkId page, Set<ChunkId> met) {
            if (met.add(page)) {
                below.get(page).forEach(child -> meet(child, met));
            }
        }

        private void prune(PoolName pool, TreeMarks marks) throws BackupException {
            PoolCounts mine = counts.take(pool);
            if (mine == null) {
                mine = counts.begin(pool, marks);
                nodes.put(pool, new Node());
            } else {
                resumed++;
            }
            count(store, marks, mine, live(roots.get(pool)), nodes.get(pool));
            PoolCounts fresh = counts.begin(FRESH, marks);
            Node freshNode = new Node();
            count(store, marks, fresh, live(roots.get(pool)), freshNode);
            assertEquals(freshNode.counts, nodes.get(pool).counts, "node");
            for (ChunkId page : below.keySet()) {
                for (TrustGroup group : GROUPS) {
                    assertEquals(marks.count(page, fresh.number(group)), marks.count(page, mine.number(group)), "page " + page);
                }
            }
            assertEquals(fresh.sessions(), mine.sessions());
            counts.begin(FRESH, marks);
            assertFalse(marks.isDoubtful());
            if (random.nextInt(8) != 0) {
                counts.keep(mine);
            }
        }

        private void everythingAliveIsThere() throws BackupException {
            for (Map<TrustGroup, List<LiveRoots.Root>> of : roots.values()) {
                for (ChunkId page : pagesBelow(of)) {
                    store.frame(page);
                }
            }
        }

        private void nothingDeadIsThere() {
            assertTrue(below.keySet().stream().filter(store::has).count() <= pagesOfAll() + lastCounted(), "dead pages are left");
        }

        private long pagesOfAll() {
            Set<ChunkId> all = new HashSet<>();
            roots.values().forEach(of -> all.addAll(pagesBelow(of)));
            return all.size();
        }

        /** Of the pool that was not pruned this time, pages stay that were alive when it was. */
        private long lastCounted() {
            return nodes.containsKey(SECOND) ? nodes.get(SECOND).counts.values().stream().mapToLong(Map::size).sum() : 0;
        }
    }

    @Test
    void whatIsCountedFromPruneToPruneIsACountFromNothing() throws BackupException {
        long start = Seeds.start();
        for (int run = 0; run < RUNS; run++) {
            Path own = folder.resolve("trees-" + run);
            assertTrue(own.toFile().mkdir());
            try (TreeStore store = QuickTrees.open(own)) {
                new History(start + run, store).run();
            } catch (AssertionError | RuntimeException | BackupException e) {
                throw new AssertionError("seed " + (start + run) + ": " + e, e);
            }
        }
    }

    private static final TrustGroup GROUP = GROUPS.getFirst();
    private static final int LEAVES = 2000;
    private static final int CHUNKS = 50;
    private static final int CHANGED = 5;

    /** Of two thousand pages five change, twice, and the older snapshot goes: five are read for what came, five for what went, and each root. */
    @Test
    void aPruneReadsAndTellsWhatChanged() throws BackupException {
        TestPages pages = new TestPages(new SessionId(4, 4));
        try (TreeStore store = TreeStore.open(folder)) {
            List<ChunkId> leaves = new ArrayList<>();
            for (int i = 0; i < LEAVES; i++) {
                leaves.add(pages.page(store, pages.ids(CHUNKS), List.of()));
            }
            LiveCounts counts = new LiveCounts();
            Node node = new Node();
            LiveRoots.Root first = root(1, pages.page(store, List.of(), leaves));
            try (TreeMarks marks = store.marks()) {
                PoolCounts begun = counts.begin(MAIN, marks);
                assertEquals(LEAVES + 1, count(store, marks, begun, live(Map.of(GROUP, List.of(first))), node).pages());
                counts.keep(begun);
            }
            for (int i = 0; i < CHANGED; i++) {
                leaves.set(i * 100, pages.page(store, pages.ids(CHUNKS), List.of()));
            }
            LiveRoots.Root second = root(2, pages.page(store, List.of(), leaves));
            try (TreeMarks marks = store.marks()) {
                counts.check(marks, ALL);
                PoolCounts mine = counts.take(MAIN);
                LiveWalk both = count(store, marks, mine, live(Map.of(GROUP, List.of(first, second))), node);
                assertEquals(CHANGED + 1, both.pages());
                assertEquals(CHANGED * (CHUNKS + 1) + 1, both.named());
                LiveWalk one = count(store, marks, mine, live(Map.of(GROUP, List.of(second))), node);
                assertEquals(CHANGED + 1, one.pages());
                assertEquals(CHANGED * (CHUNKS + 1) + 1, one.named());
                assertEquals(0, count(store, marks, mine, live(Map.of(GROUP, List.of(second))), node).pages());
                assertEquals(LEAVES * (CHUNKS + 1) + 1, node.counts.get(GROUP).size());
            }
        }
    }

    @Test
    void countsThatWereNotGivenBackCountForNothing() throws BackupException {
        TestPages pages = new TestPages(new SessionId(5, 5));
        try (TreeStore store = TreeStore.open(folder); TreeMarks marks = store.marks()) {
            LiveCounts counts = new LiveCounts();
            PoolCounts begun = counts.begin(MAIN, marks);
            assertNull(counts.take(MAIN));
            LiveRoots.Root root = root(1, pages.page(store, pages.ids(3), List.of()));
            count(store, marks, begun, live(Map.of(GROUP, List.of(root))), new Node());
            assertEquals(1, marks.count(root.tree(), begun.number(GROUP)));
            PoolCounts again = counts.begin(MAIN, marks);
            assertEquals(0, marks.count(root.tree(), again.number(GROUP)));
            assertEquals("prune.recount", assertThrows(BackupException.class,
                    () -> new LiveWalk(store, marks, again).go(GROUP, List.of(root), (r, chunks) -> {})).failure().code());
            counts.keep(again);
            counts.check(marks, Set.of());
            assertNull(counts.take(MAIN), "the pool is gone");
        }
    }
}
