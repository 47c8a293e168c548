package org.azekura.server.prune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PoolName;
import org.azekura.api.SessionId;
import org.azekura.api.SnapshotId;
import org.azekura.api.TrustGroup;
import org.azekura.server.trees.TreeMarks;
import org.azekura.server.trees.TreeStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages are made here by their grammar: a walk needs their clear parts and no key. */
class LiveWalkTest {

    private static final SessionId SESSION = new SessionId(3, 3);
    private static final PoolName POOL = new PoolName("main");
    private static final TrustGroup GROUP = new TrustGroup(1, 1);
    private static final TrustGroup OTHERS = new TrustGroup(2, 2);

    @TempDir
    Path folder;

    private final TestPages made = new TestPages(SESSION);

    private List<ChunkId> ids(int count) {
        return made.ids(count);
    }

    private ChunkId page(TreeStore store, List<ChunkId> data, List<ChunkId> trees) throws BackupException {
        return made.page(store, data, trees);
    }

    private static PoolCounts counts(TreeMarks marks) {
        return new LiveCounts().begin(POOL, marks);
    }

    private static LiveRoots.Root root(ChunkId tree) {
        return new LiveRoots.Root(new SnapshotId(tree.a(), tree.b()), tree);
    }

    @Test
    void everyDistinctPageIsReadOnceForAGroupAndAgainForTheNext() throws BackupException {
        try (TreeStore store = TreeStore.open(folder); TreeMarks marks = store.marks()) {
            List<ChunkId> shared = ids(3);
            List<ChunkId> own = ids(2);
            ChunkId common = page(store, shared, List.of());
            ChunkId first = page(store, List.of(), List.of(common));
            ChunkId second = page(store, own, List.of(common));
            PoolCounts counts = counts(marks);
            LiveWalk walk = new LiveWalk(store, marks, counts);
            List<ChunkId> named = new ArrayList<>();
            walk.come(GROUP, List.of(root(first), root(second), root(first)), (root, chunks) -> named.addAll(chunks));
            assertEquals(3, walk.pages());
            Set<ChunkId> expected = new HashSet<>(shared);
            expected.addAll(own);
            expected.addAll(List.of(common, first, second));
            assertEquals(expected, new HashSet<>(named));
            assertEquals(expected.size(), named.size(), "each once");
            assertEquals(Set.of(SESSION), counts.sessions());
            // Another group's index is another: what the first walk met has to be named there as well.
            List<ChunkId> other = new ArrayList<>();
            walk.come(OTHERS, List.of(root(first)), (root, chunks) -> other.addAll(chunks));
            assertEquals(5, walk.pages());
            assertEquals(5, other.size());
        }
    }

    @Test
    void whoCannotSeeAPageSaysSoAndWhose() throws BackupException {
        try (TreeStore store = TreeStore.open(folder); TreeMarks marks = store.marks()) {
            ChunkId root = page(store, ids(1), ids(1));
            BackupException problem = assertThrows(BackupException.class,
                    () -> new LiveWalk(store, marks, counts(marks)).come(GROUP, List.of(root(root)), (r, chunks) -> {}));
            assertEquals("prune.blind", problem.failure().code());
            assertTrue(problem.getMessage().contains(root(root).snapshot().toString()), problem.getMessage());
        }
    }

    /** A hundred snapshots of a tree of a million and a half chunks, of which each changed one page. */
    @Test
    void theCostIsThatOfTheDistinctPages() throws BackupException {
        try (TreeStore store = TreeStore.open(folder)) {
            List<ChunkId> leaves = new ArrayList<>();
            for (int i = 0; i < 1500; i++) {
                leaves.add(page(store, ids(1000), List.of()));
            }
            List<LiveRoots.Root> roots = new ArrayList<>();
            for (int snapshot = 0; snapshot < 100; snapshot++) {
                roots.add(root(page(store, List.of(), leaves)));
                leaves.set(snapshot * 15, page(store, ids(1000), List.of()));
            }
            store.sync();
            try (TreeMarks marks = store.marks()) {
                LiveWalk walk = new LiveWalk(store, marks, counts(marks));
                long began = System.nanoTime();
                walk.come(GROUP, roots, (root, chunks) -> assertTrue(chunks.size() <= LiveWalk.BATCH));
                System.out.printf("%,d chunks of %,d pages named in %,d ms%n", walk.named(), walk.pages(), (System.nanoTime() - began) / 1_000_000);
                assertEquals(1500 + 99 + 100, walk.pages());
                assertEquals(1_599_000 + 1599 + 100, walk.named());
            }
        }
    }
}
