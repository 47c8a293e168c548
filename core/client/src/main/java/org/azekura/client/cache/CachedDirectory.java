package org.azekura.client.cache;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.azekura.api.ChunkId;

/**
 * A directory of the last snapshot, or of an attempt at this one that was cut off, with what the last snapshot has of it behind that: what is
 * looked up by name is looked for in both.
 */
public final class CachedDirectory {

    private final Cache cache;
    private final long at;
    private final CachedDirectory behind;

    /** @param behind null if there is none */
    CachedDirectory(Cache cache, long at, CachedDirectory behind) {
        this.cache = cache;
        this.at = at;
        this.behind = behind;
    }

    /** This with another directory behind it; each may be null. */
    public static CachedDirectory of(CachedDirectory first, CachedDirectory behind) {
        return first == null ? behind : new CachedDirectory(first.cache, first.at, behind);
    }

    /** This if all of it is known, its tree among it, else the one behind it; null if there is none. */
    public CachedDirectory whole() {
        return tree().equals(CacheForm.OPEN) ? behind : this;
    }

    /** Whether the entry comes from the same cache. */
    public boolean isWith(CachedEntry entry) {
        return entry.cache() == cache;
    }

    /** The id under which the server and the node have it; an id that nothing has if it is not {@link #whole}. */
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
        private final Cursor old = behind == null ? null : behind.cursor();

        private Cursor() {}

        /** The next entry, null behind the last; none of those behind. */
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
            return new CachedEntry(cache, next, ordinal, null);
        }

        /** The entry of this name, null if there is none. Names are asked for in rising order; the entries before are passed. */
        public CachedEntry find(byte[] name) {
            CachedEntry found = findHere(name);
            return old == null ? found : CachedEntry.of(found, old.find(name));
        }

        private CachedEntry findHere(byte[] name) {
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
