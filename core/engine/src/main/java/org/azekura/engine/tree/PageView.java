package org.azekura.engine.tree;

import java.nio.ByteBuffer;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.octets.ByteInput;

/** A page opened for reading: its header is checked, its items follow in {@link #items}. */
final class PageView {

    /** No stack is higher: each upper page has several children, so three levels hold a million entries. */
    static final int MAX_LEVEL = 16;
    /** Stands for any level, of a topmost page. */
    static final int TOP = -1;

    final int level;
    final int count;
    final ByteInput items;
    final RefInput refs;

    /**
     * @param level what the page above promises, or {@link #TOP}
     * @throws BackupException {@code tree.corrupt}
     */
    PageView(ChunkId id, Page page, PageForm form, int level) throws BackupException {
        refs = RefInput.numbered(PageRefs.parse(ByteBuffer.wrap(page.clear())));
        items = new ByteInput(page.plain(), "tree.corrupt", "tree page " + id);
        if (page.plain().length > Page.MAX_PLAIN) {
            throw items.corrupt(page.plain().length + " bytes, expected at most " + Page.MAX_PLAIN);
        }
        items.version(PageDraft.VERSION);
        expect("form", items.u8("form"), form.code);
        this.level = items.u8("level");
        if (level == TOP ? this.level > MAX_LEVEL : this.level != level) {
            throw items.corrupt("level " + this.level + ", expected " + (level == TOP ? "at most " + MAX_LEVEL : level));
        }
        count = items.count(2, "number of items");
        if (count == 0 && (level != TOP || this.level > 0)) {
            throw items.corrupt("no items in a page that is not alone");
        }
    }

    ChunkId child() throws BackupException {
        return refs.get(items, ChunkKind.TREE);
    }

    private void expect(String what, int found, int expected) throws BackupException {
        if (found != expected) {
            throw items.corrupt(what + " " + found + ", expected " + expected);
        }
    }
}
