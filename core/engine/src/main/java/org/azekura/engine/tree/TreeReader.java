package org.azekura.engine.tree;

import java.util.Arrays;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.engine.chunk.Extent;
import org.azekura.engine.octets.ByteInput;

/**
 * Reads trees and extent lists. Pages are asked for one by one, as they are needed; one per level is held at a time.
 * Thread-safe if its source is. Every method throws {@code tree.corrupt} for a page that is not as the grammar says, and what
 * the source throws; what was visited until then stays true.
 */
public final class TreeReader {

    private final PageSource source;

    public TreeReader(PageSource source) {
        this.source = source;
    }

    /** Takes entries in order. */
    @FunctionalInterface
    public interface Visitor {

        /** @return false to stop */
        boolean entry(Entry entry) throws BackupException;
    }

    /** Takes what differs, in order. */
    @FunctionalInterface
    public interface PairVisitor {

        /**
         * @param before null if there is none of this name; then {@code now} is not
         * @return false to stop
         */
        boolean pair(Entry before, Entry now) throws BackupException;
    }

    /** Takes a part of a file's extents, in file order. */
    @FunctionalInterface
    public interface RangeVisitor {

        /**
         * @param at where in the file it begins, in bytes
         * @return false to stop
         */
        boolean extent(long at, Extent extent) throws BackupException;
    }

    /** Takes extents in file order. */
    @FunctionalInterface
    public interface ExtentVisitor {

        void extent(Extent extent) throws BackupException;
    }

    /**
     * Visits a directory's entries by the unsigned order of their names.
     *
     * @param after only names behind this one are visited, and pages with none are not read; null for all
     */
    public void entries(ChunkId tree, byte[] after, Visitor visit) throws BackupException {
        EntryCursor at = new EntryCursor(source, tree, after);
        while (!at.ended()) {
            if (at.page() != null) {
                at.open();
            } else if (visit.entry(at.entry())) {
                at.next();
            } else {
                return;
            }
        }
    }

    /**
     * Visits what differs between two directories, by the unsigned order of names. Pages that both have are not read: the effort goes with the
     * difference, not with the size.
     *
     * @param before null for one that is not there, like {@code now}
     * @param after  only names behind this one are visited; null for all
     */
    public void differences(ChunkId before, ChunkId now, byte[] after, PairVisitor visit) throws BackupException {
        EntryCursor left = new EntryCursor(source, before, after);
        EntryCursor right = new EntryCursor(source, now, after);
        boolean more = true;
        while (more && !(left.ended() && right.ended())) {
            if (left.page() != null && left.page().equals(right.page())) {
                left.pass();
                right.pass();
            } else if (left.page() != null && (right.page() == null || left.level() >= right.level())) {
                left.open();
            } else if (right.page() != null) {
                right.open();
            } else {
                more = difference(left, right, visit);
            }
        }
    }

    private static boolean difference(EntryCursor left, EntryCursor right, PairVisitor visit) throws BackupException {
        int order = left.ended() ? 1 : right.ended() ? -1 : Arrays.compareUnsigned(left.entry().name(), right.entry().name());
        Entry before = order <= 0 ? left.entry() : null;
        Entry now = order >= 0 ? right.entry() : null;
        boolean more = order == 0 && before.equals(now) || visit.pair(before, now);
        if (order <= 0) {
            left.next();
        }
        if (order >= 0) {
            right.next();
        }
        return more;
    }

    /** The entry of this name, null if there is none. Reads one page per level. */
    public Entry find(ChunkId tree, byte[] name) throws BackupException {
        ChunkId at = tree;
        int level = PageView.TOP;
        while (at != null) {
            PageView page = new PageView(at, source.page(at), PageForm.ENTRIES, level);
            if (page.level == 0) {
                return find(page, name);
            }
            level = page.level - 1;
            at = childWith(page, name);
        }
        return null;
    }

    private static ChunkId childWith(PageView page, byte[] name) throws BackupException {
        for (int i = 0; i < page.count; i++) {
            ChunkId child = page.child();
            if (Arrays.compareUnsigned(name, page.items.block(Entry.MAX_NAME, "last name")) <= 0) {
                return child;
            }
        }
        return null;
    }

    private static Entry find(PageView page, byte[] name) throws BackupException {
        for (int i = 0; i < page.count; i++) {
            byte[] found = page.items.block(Entry.MAX_NAME, "name");
            ByteInput body = page.items.part("entry");
            int order = Arrays.compareUnsigned(found, name);
            if (order >= 0) {
                return order == 0 ? EntryForm.read(found, body, page.refs) : null;
            }
        }
        return null;
    }

    /** Visits a file's extents; there are none if the content is not that of a file. */
    public void extents(Entry.Content content, ExtentVisitor visit) throws BackupException {
        switch (content) {
            case Entry.Content.None none -> {}
            case Entry.Content.Directory directory -> {}
            case Entry.Content.Inline inline -> {
                for (Extent extent : inline.extents()) {
                    visit.extent(extent);
                }
            }
            case Entry.Content.Paged paged -> {
                Mark.Span found = new ExtentWalk(source, visit).page(paged.list(), PageView.TOP);
                if (found.extents() != paged.extents()) {
                    throw BackupException.corrupt("tree.corrupt", paged.list().toString(), "extent list " + paged.list() + ": "
                            + found.extents() + " extents, expected " + paged.extents());
                }
            }
        }
    }

    /**
     * Visits a file's extents from the one on that has the byte {@code from}; pages of the list that lie before it are not read.
     *
     * @param from 0 or more; there is nothing to visit from the file's end on
     */
    public void extents(Entry.Content content, long from, RangeVisitor visit) throws BackupException {
        ExtentSeek seek = new ExtentSeek(source, from, visit);
        switch (content) {
            case Entry.Content.None none -> {}
            case Entry.Content.Directory directory -> {}
            case Entry.Content.Inline inline -> {
                for (Extent extent : inline.extents()) {
                    if (!seek.pass(extent)) {
                        return;
                    }
                }
            }
            case Entry.Content.Paged paged -> seek.page(paged.list(), PageView.TOP);
        }
    }
}
