package org.azekura.engine.tree;

import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.engine.chunk.Extent;

/** One pass over an extent list. Every page must hold as much as the page above says. */
final class ExtentWalk {

    private final PageSource source;
    private final TreeReader.ExtentVisitor visit;

    ExtentWalk(PageSource source, TreeReader.ExtentVisitor visit) {
        this.source = source;
        this.visit = visit;
    }

    /** @return what was found below this page */
    Mark.Span page(ChunkId id, int level) throws BackupException {
        PageView page = new PageView(id, source.page(id), PageForm.EXTENTS, level);
        long extents = 0;
        long bytes = 0;
        for (int i = 0; i < page.count; i++) {
            Mark.Span item = page.level == 0 ? extent(page) : child(page);
            extents += item.extents();
            bytes += item.bytes();
            if (bytes < 0) {
                throw page.items.corrupt("a file of more than 2^63 bytes");
            }
        }
        page.items.end("page");
        return new Mark.Span(extents, bytes);
    }

    private Mark.Span extent(PageView page) throws BackupException {
        Extent extent = ExtentForm.read(page.items, page.refs);
        visit.extent(extent);
        return new Mark.Span(1, extent.length());
    }

    private Mark.Span child(PageView page) throws BackupException {
        ChunkId child = page.child();
        Mark.Span expected = new Mark.Span(page.items.uint(Long.MAX_VALUE, "extents"), page.items.uint(Long.MAX_VALUE, "bytes"));
        Mark.Span found = page(child, page.level - 1);
        if (!found.equals(expected)) {
            throw page.items.corrupt("child " + child + " has " + found + ", expected " + expected);
        }
        return found;
    }
}
