package org.azekura.client.cache;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.azekura.api.ChunkId;

/** A directory of the last snapshot. */
public final class CachedDirectory {

    private final Cache cache;
    private final long at;

    CachedDirectory(Cache cache, long at) {
        this.cache = cache;
        this.at = at;
    }

    /** The id under which the server and the node have it. */
    public ChunkId tree() {
        return id(at);
    }

    /** How many entries it has. */
    public long entries() {
        return cache.bytes().get(CacheForm.LONG, at + 32);
    }

    private int pageCount() {
        return cache.bytes().get(CacheForm.INT, at + 40);
    }

    private int blockCount() {
        return cache.bytes().get(CacheForm.INT, at + 44);
    }

    /** Ids of its pages, in the order in which they were made. */
    public List<ChunkId> pages() {
        List<ChunkId> ids = new ArrayList<>(pageCount());
        for (int i = 0; i < pageCount(); i++) {
            ids.add(id(at + CacheForm.DIRECTORY_BYTES + i * 32L));
        }
        return ids;
    }

    /** The same, to look ids up. */
    public Set<ChunkId> pageSet() {
        return new HashSet<>(pages());
    }

    private ChunkId id(long from) {
        return ChunkId.of(cache.bytes().asSlice(from, ChunkId.BYTES).toArray(ValueLayout.JAVA_BYTE));
    }

    /** Begins before the first entry. */
    public Cursor cursor() {
        return new Cursor();
    }

    /** Goes through the entries in order. One thread. */
    public final class Cursor {

        private int block = -1;
        private long next;
        private long end;
        private long ordinal;

        private Cursor() {}

        /** The next entry, null behind the last. */
        public CachedEntry next() {
            CachedEntry entry = peek();
            if (entry != null) {
                next += entry.length();
                ordinal++;
            }
            return entry;
        }

        private CachedEntry peek() {
            while (next == end) {
                if (++block >= blockCount()) {
                    block = blockCount();
                    return null;
                }
                MemorySegment bytes = cache.bytes();
                long where = at + CacheForm.DIRECTORY_BYTES + pageCount() * 32L + block * 12L;
                next = bytes.get(CacheForm.LONG, where);
                end = next + bytes.get(CacheForm.INT, where + 8);
            }
            return new CachedEntry(cache, next, ordinal);
        }

        /** The entry of this name, null if there is none. Names are asked for in rising order; the entries before are passed. */
        public CachedEntry find(byte[] name) {
            while (true) {
                CachedEntry entry = peek();
                int order = entry == null ? 1 : entry.compareName(name);
                if (order > 0) {
                    return null;
                }
                next();
                if (order == 0) {
                    return entry;
                }
            }
        }
    }
}
