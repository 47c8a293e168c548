package org.azekura.engine.tree;

import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.engine.chunk.ChunkNamer;
import org.azekura.engine.chunk.Extent;

/**
 * Turns a file's extents into the content of its entry: up to {@value #MAX_INLINE} stand in the entry itself, more get pages
 * of their own, so that memory is bounded at any file size. One thread.
 */
public final class ExtentWriter {

    public static final int MAX_INLINE = 256;

    private final ChunkNamer namer;
    private final PageSink sink;
    private final List<Extent> inline = new ArrayList<>();
    private PageStack pages;
    private long count;

    public ExtentWriter(ChunkNamer namer, PageSink sink) {
        this.namer = namer;
        this.sink = sink;
    }

    /** The content that these extents make, in file order. */
    public static Entry.Content content(List<Extent> extents, byte[] hash, ChunkNamer namer, PageSink sink) throws BackupException {
        ExtentWriter writer = new ExtentWriter(namer, sink);
        for (Extent extent : extents) {
            writer.add(extent);
        }
        return writer.finish(hash);
    }

    /** Adds the next extent in file order. */
    public void add(Extent extent) throws BackupException {
        count++;
        if (pages == null && count <= MAX_INLINE) {
            inline.add(extent);
            return;
        }
        if (pages == null) {
            pages = new PageStack(PageForm.EXTENTS, namer, sink);
            for (Extent first : inline) {
                pages.add(new PageItem.Run(first));
            }
            inline.clear();
        }
        pages.add(new PageItem.Run(extent));
    }

    /** @param hash SHA-256 of the content, null to do without */
    public Entry.Content finish(byte[] hash) throws BackupException {
        if (pages != null) {
            return new Entry.Content.Paged(pages.finish(), count, hash);
        }
        return count == 0 ? new Entry.Content.None() : new Entry.Content.Inline(inline, hash);
    }
}
