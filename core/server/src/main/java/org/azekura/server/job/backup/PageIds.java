package org.azekura.server.job.backup;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.azekura.api.ChunkId;
import org.azekura.server.trees.IdSet;

/**
 * Ids of tree pages, each once, in the order in which they came: some sixty bytes for each, however often it comes. Safe for any number of threads.
 */
final class PageIds {

    private static final int LONGS = 4;

    private final IdSet seen = new IdSet();
    private long[] ids = new long[LONGS << 8];
    private int size;

    synchronized void add(ChunkId id) {
        if (!seen.add(id)) {
            return;
        }
        if (LONGS * size == ids.length) {
            ids = Arrays.copyOf(ids, Math.multiplyExact(2, ids.length));
        }
        int at = LONGS * size++;
        ids[at] = id.a();
        ids[at + 1] = id.b();
        ids[at + 2] = id.c();
        ids[at + 3] = id.d();
    }

    /** Those of this moment; costs nothing. */
    synchronized List<ChunkId> list() {
        return new Prefix(ids, size);
    }

    /** What is behind the prefix may be written meanwhile, what is in it never is. */
    private static final class Prefix extends AbstractList<ChunkId> {

        private final long[] ids;
        private final int size;

        Prefix(long[] ids, int size) {
            this.ids = ids;
            this.size = size;
        }

        @Override
        public ChunkId get(int index) {
            int at = LONGS * Objects.checkIndex(index, size);
            return new ChunkId(ids[at], ids[at + 1], ids[at + 2], ids[at + 3]);
        }

        @Override
        public int size() {
            return size;
        }
    }
}
