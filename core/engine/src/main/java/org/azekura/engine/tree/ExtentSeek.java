package org.azekura.engine.tree;

import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.engine.chunk.Extent;

/** One pass over a part of an extent list: what lies before the byte that is wanted is stepped over, whole pages without being read. */
final class ExtentSeek {

    private final PageSource source;
    private final long from;
    private final TreeReader.RangeVisitor visit;
    /** Where in the file what comes next begins. */
    private long at;

    ExtentSeek(PageSource source, long from, TreeReader.RangeVisitor visit) {
        this.source = source;
        this.from = from;
        this.visit = visit;
    }

    /** @return whether to go on behind this page */
    boolean page(ChunkId id, int level) throws BackupException {
        PageView page = new PageView(id, source.page(id), PageForm.EXTENTS, level);
        boolean more = true;
        for (int i = 0; i < page.count && more; i++) {
            more = page.level == 0 ? pass(ExtentForm.read(page.items, page.refs)) : child(page);
        }
        return more;
    }

    private boolean child(PageView page) throws BackupException {
        ChunkId child = page.child();
        page.items.uint(Long.MAX_VALUE, "extents");
        long bytes = page.items.uint(Long.MAX_VALUE, "bytes");
        if (bytes <= from - at) {
            at += bytes;
            return true;
        }
        long end = at + bytes;
        boolean more = page(child, page.level - 1);
        if (more && at != end) {
            throw page.items.corrupt("child " + child + " ends at byte " + at + " of the file, expected " + end);
        }
        return more;
    }

    /** @return whether to go on behind this extent */
    boolean pass(Extent extent) throws BackupException {
        long begin = at;
        at += extent.length();
        if (at < 0) {
            throw BackupException.corrupt("tree.corrupt", "", "a file of more than 2^63 bytes");
        }
        return at <= from || visit.extent(begin, extent);
    }
}
