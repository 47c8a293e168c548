package org.azekura.engine.tree;

import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.engine.chunk.ChunkNamer;

/** One page under way for each level; level 0 has the items. Lower pages reach the sink first. One thread. */
final class PageStack {

    private final PageForm form;
    private final ChunkNamer namer;
    private final PageSink sink;
    private final PageCut cut;
    private final List<PageDraft> levels = new ArrayList<>();

    PageStack(PageForm form, ChunkNamer namer, PageSink sink) {
        this.form = form;
        this.namer = namer;
        this.sink = sink;
        this.cut = new PageCut(namer);
    }

    void add(PageItem item) throws BackupException {
        add(0, item);
    }

    /** The page that stands for all; an empty one if there was no item. */
    ChunkId finish() throws BackupException {
        draft(0);
        // levels grows while a lower page is closed, never otherwise: the last one has a single page
        for (int level = 0; level < levels.size() - 1; level++) {
            close(level);
        }
        return write(levels.getLast());
    }

    /** A page is closed only when another item follows: a single page has none above it. */
    private void add(int level, PageItem item) throws BackupException {
        PageDraft page = draft(level);
        if (!page.add(item)) {
            close(level);
            page.add(item);
        }
    }

    private void close(int level) throws BackupException {
        PageDraft page = levels.get(level);
        Mark mark = page.mark();
        add(level + 1, new PageItem.Child(mark, write(page)));
    }

    private ChunkId write(PageDraft draft) throws BackupException {
        Page page = draft.take();
        ChunkId id = namer.tree(page.clear(), page.plain());
        sink.page(id, page);
        return id;
    }

    private PageDraft draft(int level) {
        if (level == levels.size()) {
            levels.add(new PageDraft(form, level, cut));
        }
        return levels.get(level);
    }
}
