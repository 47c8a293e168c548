package org.azekura.client.collect;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.client.cache.CacheWriter;
import org.azekura.client.cache.CachedDirectory;
import org.azekura.client.cache.CachedEntry;
import org.azekura.client.posix.FileStat;
import org.azekura.engine.chunk.ChunkNamer;
import org.azekura.engine.tree.Entry;
import org.azekura.engine.tree.Page;
import org.azekura.engine.tree.PageSink;
import org.azekura.engine.tree.TreeWriter;

/**
 * A directory whose tree is being written. As long as its entries are those of the parent snapshot, one after the other, nothing
 * is written at all; at the first difference those passed so far are taken from the cache. One thread.
 */
final class OpenTree {

    /** The finished tree, and where the new cache has it. */
    record Finished(ChunkId tree, long cached) {}

    private final ChunkNamer namer;
    private final PageSink sink;
    /** All of it is known: its entries, its tree and the pages of that. */
    private final CachedDirectory parent;
    private final CacheWriter.DirectoryWriter cache;
    private final List<ChunkId> pages = new ArrayList<>(1);
    private Set<ChunkId> parentPages = Set.of();
    private TreeWriter writer;
    private long same;

    /** @param parent the directory in the parent snapshot or in an attempt that was cut off, null if it was not there */
    OpenTree(ChunkNamer namer, PageSink sink, CachedDirectory parent, CacheWriter cache) {
        this.namer = namer;
        this.sink = sink;
        this.parent = parent == null ? null : parent.whole();
        this.cache = cache.directory();
    }

    /** The next entry, which is exactly the parent's. {@code child}: where the new cache has it, if it is a directory, else 0 */
    void same(CachedEntry entry, long child) throws BackupException, IOException {
        cache.same(entry, child);
        if (writer == null && entry.ordinal() == same && parent != null && parent.isWith(entry)) {
            same++;
        } else {
            writer().add(entry.entry());
        }
    }

    void add(Entry entry, FileStat stat, long child) throws BackupException, IOException {
        cache.add(entry, stat, child);
        writer().add(entry);
    }

    private TreeWriter writer() throws BackupException {
        if (writer == null) {
            writer = new TreeWriter(namer, this::page);
            if (parent != null) {
                parentPages = parent.pageSet();
                CachedDirectory.Cursor cursor = parent.cursor();
                for (long i = 0; i < same; i++) {
                    writer.add(cursor.next().entry());
                }
            }
        }
        return writer;
    }

    private void page(ChunkId id, Page page) throws BackupException {
        pages.add(id);
        if (!parentPages.contains(id)) {
            sink.page(id, page);
        }
    }

    /**
     * Writes what there is so far into the cache.
     *
     * @param below the directory in it that is open as well, without its tree; null if none is
     * @param child what this gave for {@code below}
     */
    long cut(Entry below, FileStat stat, long child) throws IOException {
        return cache.cut(below, stat, child);
    }

    Finished finish() throws BackupException, IOException {
        if (writer == null && parent != null && same == parent.entries()) {
            return new Finished(parent.tree(), cache.finish(parent.tree(), parent.pages()));
        }
        ChunkId tree = writer().finish();
        return new Finished(tree, cache.finish(tree, pages));
    }
}
