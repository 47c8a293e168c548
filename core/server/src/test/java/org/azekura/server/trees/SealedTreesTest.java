package org.azekura.server.trees;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.tree.Entry;
import org.azekura.engine.tree.TreeReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealedTreesTest {

    @TempDir
    Path folder;

    @Test
    void readsADirectoryThroughTheSeal() throws BackupException {
        SomePages pages = new SomePages();
        ChunkId[] root = new ChunkId[1];
        try (TreeStore store = TreeStore.open(folder)) {
            for (ByteBuffer frame : pages.tree(100_000, root).values()) {
                store.append(frame);
            }
            int[] keys = new int[1];
            TreeReader reader = new TreeReader(new SealedTrees(store, session -> {
                assertEquals(pages.sealer.session(), session);
                keys[0]++;
                return pages.key;
            }, pages.names));
            List<Entry> found = new ArrayList<>();
            reader.entries(root[0], null, found::add);
            assertEquals(100_000, found.size());
            assertEquals(SomePages.file(4711), found.get(4711));

            keys[0] = 0;
            for (int i = 0; i < 100; i++) {
                assertEquals(SomePages.file(99_000 + i), reader.find(root[0], SomePages.file(99_000 + i).name()));
            }
            assertTrue(keys[0] < 10, () -> keys[0] + " pages opened for 100 neighbours: they are not kept");
        }
    }

    @Test
    void saysWhatIsMissing() throws BackupException {
        SomePages pages = new SomePages();
        SomePages stranger = new SomePages();
        ByteBuffer frame = pages.frames(1, 1).getFirst();
        try (TreeStore store = TreeStore.open(folder)) {
            SealedTrees trees = new SealedTrees(store, session -> stranger.key, pages.names);
            assertEquals("tree.missing", assertThrows(BackupException.class, () -> trees.page(SomePages.id(frame))).failure().code());
            store.append(frame);
            assertEquals("chunk.key", assertThrows(BackupException.class, () -> trees.page(SomePages.id(frame))).failure().code());
        }
    }

    @Test
    void refusesAPageUnderAnothersName() throws BackupException {
        SomePages pages = new SomePages();
        ChunkId good = new ChunkId(1, 2, 3, 4);
        try (TreeStore store = TreeStore.open(folder)) {
            store.append(pages.sealer.seal(ChunkKind.TREE, good, new byte[0], new byte[10], 0, 10, 1));
            SealedTrees trees = new SealedTrees(store, session -> pages.key, pages.names);
            assertEquals("tree.corrupt", assertThrows(BackupException.class, () -> trees.page(good)).failure().code());
        }
    }
}
