package org.azekura.engine.tree;

import java.util.Arrays;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.engine.octets.ByteInput;

/** One pass over a directory. Names must ascend over all pages, and end in each as the page above says. */
final class EntryWalk {

    private final PageSource source;
    private final byte[] after;
    private final TreeReader.Visitor visit;
    private byte[] last;

    EntryWalk(PageSource source, byte[] after, TreeReader.Visitor visit) {
        this.source = source;
        this.after = after;
        this.visit = visit;
    }

    /**
     * @param end the last name in the page, as the page above says; null if none does
     * @return false if the visitor wants no more
     */
    boolean page(ChunkId id, int level, byte[] end) throws BackupException {
        PageView page = new PageView(id, source.page(id), PageForm.ENTRIES, level);
        for (int i = 0; i < page.count; i++) {
            if (!(page.level == 0 ? entry(page) : child(page))) {
                return false;
            }
        }
        page.items.end("page");
        if (end != null && !Arrays.equals(end, last)) {
            throw page.items.corrupt("its last name is not that in the page above");
        }
        return true;
    }

    private boolean entry(PageView page) throws BackupException {
        byte[] name = page.items.block(Entry.MAX_NAME, "name");
        ByteInput body = page.items.part("entry");
        ascend(page, name);
        return skipped(name) || visit.entry(EntryForm.read(name, body, page.refs));
    }

    private boolean child(PageView page) throws BackupException {
        ChunkId child = page.child();
        byte[] end = page.items.block(Entry.MAX_NAME, "last name");
        if (skipped(end)) {
            ascend(page, end);
            return true;
        }
        return page(child, page.level - 1, end);
    }

    private boolean skipped(byte[] name) {
        return after != null && Arrays.compareUnsigned(name, after) <= 0;
    }

    private void ascend(PageView page, byte[] name) throws BackupException {
        if (last != null && Arrays.compareUnsigned(last, name) >= 0) {
            throw page.items.corrupt("names do not ascend");
        }
        last = name;
    }
}
