package org.azekura.server.trees;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.tree.TreeReader;
import org.azekura.engine.tree.TreeWriter;
import org.azekura.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page of a folder costs the same wherever it is, and however many entries there are: its pages are found by their last names. */
class LargeFolderTest {

    private static final int ENTRIES = Seeds.slow() ? 10_000_000 : 100_000;
    private static final int PAGE = 1000;
    /** The way down, the entries' own, and one more where a page of entries begins in the middle. */
    private static final int PAGES_READ = 3 + 1 + PAGE * 100 / (16 << 10);

    @TempDir
    private Path folder;

    private final SomePages some;

    LargeFolderTest() throws BackupException {
        some = new SomePages();
    }

    @Test
    void pagesAnywhereByReadingAFew() throws BackupException {
        try (TreeStore store = TreeStore.open(folder)) {
            TreeWriter writer = new TreeWriter(some.namer, (id, page) -> store.append(some.sealer.seal(ChunkKind.TREE, id, page.clear(), page.plain(), 0,
                    page.plain().length, 1)));
            for (int i = 0; i < ENTRIES; i++) {
                writer.add(SomePages.file(i));
            }
            ChunkId root = writer.finish();
            store.sync();
            assertPage(store, root, ENTRIES / 3, false); // what runs for the first time is slow
            for (int first : new int[] {0, 1, ENTRIES / 2, ENTRIES / 2 + 777, ENTRIES - PAGE, ENTRIES - 1}) {
                assertPage(store, root, first, true);
            }
        }
    }

    private void assertPage(TreeStore store, ChunkId root, int first, boolean timed) throws BackupException {
        int[] read = new int[1];
        SealedTrees sealed = new SealedTrees(store, session -> some.key, some.names);
        TreeReader trees = new TreeReader(id -> {
            read[0]++;
            return sealed.page(id);
        });
        List<String> names = new ArrayList<>();
        long begin = System.nanoTime();
        trees.entries(root, first == 0 ? null : SomePages.file(first - 1).name(), entry -> {
            names.add(new String(entry.name()));
            return names.size() < PAGE;
        });
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        assertEquals(Math.min(PAGE, ENTRIES - first), names.size());
        assertEquals(new String(SomePages.file(first).name()), names.getFirst());
        assertTrue(read[0] <= PAGES_READ, read[0] + " pages read for the page at " + first);
        assertTrue(!timed || !Seeds.slow() || took.toMillis() < 200, took + " for the page at " + first);
    }
}
