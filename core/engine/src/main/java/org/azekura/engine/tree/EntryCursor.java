package org.azekura.engine.tree;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.engine.octets.ByteInput;

/**
 * Stands in a directory before a page that was not read yet, at an entry, or at the end. Whoever knows a page passes it by without
 * reading it. Names must ascend over all pages, and end in each as the page above says. One thread.
 */
final class EntryCursor {

    /** Above every level a page may have: that of a topmost page is known only when it is read. */
    private static final int UNKNOWN = PageView.MAX_LEVEL + 1;

    private final PageSource source;
    private final byte[] after;
    private final Deque<Opened> way = new ArrayDeque<>();
    private byte[] last;
    private ChunkId page;
    private byte[] pageEnd;
    private Entry entry;

    private static final class Opened {
        final PageView view;
        /** The last name in it, as the page above says; null if none does. */
        final byte[] end;
        int left;

        Opened(PageView view, byte[] end) {
            this.view = view;
            this.end = end;
            this.left = view.count;
        }
    }

    /**
     * Stands before the topmost page.
     *
     * @param tree  null for a directory that is not there
     * @param after only names behind this one are seen, and pages with none are not read; null for all
     */
    EntryCursor(PageSource source, ChunkId tree, byte[] after) {
        this.source = source;
        this.page = tree;
        this.after = after;
    }

    /** The page that comes next and was not read yet, else null. */
    ChunkId page() {
        return page;
    }

    /** Of {@link #page}; higher than any real one if it is not known. */
    int level() {
        return way.isEmpty() ? UNKNOWN : way.peek().view.level - 1;
    }

    /** The entry it stands at; null before a page and at the end. */
    Entry entry() {
        return entry;
    }

    boolean ended() {
        return page == null && entry == null;
    }

    /** Reads {@link #page} and goes to what is first in it. */
    void open() throws BackupException {
        PageView view = new PageView(page, source.page(page), PageForm.ENTRIES, way.isEmpty() ? PageView.TOP : level());
        way.push(new Opened(view, pageEnd));
        page = null;
        seek();
    }

    /** Goes behind {@link #page} without reading it. */
    void pass() throws BackupException {
        last = pageEnd;
        page = null;
        seek();
    }

    /** Goes behind {@link #entry}. */
    void next() throws BackupException {
        entry = null;
        seek();
    }

    private void seek() throws BackupException {
        while (ended() && !way.isEmpty()) {
            Opened top = way.peek();
            if (top.left == 0) {
                finish(top);
                way.pop();
            } else {
                top.left--;
                if (top.view.level == 0) {
                    entry(top.view);
                } else {
                    child(top.view);
                }
            }
        }
    }

    private void finish(Opened page) throws BackupException {
        page.view.items.end("page");
        if (page.end != null && !Arrays.equals(page.end, last)) {
            throw page.view.items.corrupt("its last name is not that in the page above");
        }
    }

    private void entry(PageView view) throws BackupException {
        byte[] name = view.items.block(Entry.MAX_NAME, "name");
        ByteInput body = view.items.part("entry");
        ascend(view, name);
        if (!skipped(name)) {
            entry = EntryForm.read(name, body, view.refs);
        }
    }

    private void child(PageView view) throws BackupException {
        ChunkId child = view.child();
        byte[] end = view.items.block(Entry.MAX_NAME, "last name");
        if (skipped(end)) {
            ascend(view, end);
        } else {
            page = child;
            pageEnd = end;
        }
    }

    private boolean skipped(byte[] name) {
        return after != null && Arrays.compareUnsigned(name, after) <= 0;
    }

    private void ascend(PageView view, byte[] name) throws BackupException {
        if (last != null && Arrays.compareUnsigned(last, name) >= 0) {
            throw view.items.corrupt("names do not ascend");
        }
        last = name;
    }
}
