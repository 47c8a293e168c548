package org.azekura.engine.tree;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.RawPath;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.format.FormatVersion;
import org.azekura.engine.octets.ByteOutput;

/** A page under way. Used again after {@link #take}. One thread. */
final class PageDraft implements RefOutput {

    static final int VERSION = FormatVersion.FIRST;
    /** Bound of version, form, level and count. */
    private static final int HEADER_BYTES = 16;

    private final PageForm form;
    private final int level;
    private final PageCut cut;
    private final ByteOutput items = new ByteOutput(4096);
    private final List<Ref> refs = new ArrayList<>();
    private final Map<Ref, Integer> numbers = new HashMap<>();
    private int count;
    private int weight;
    private int uses;
    private Mark mark;
    private boolean complete;

    PageDraft(PageForm form, int level, PageCut cut) {
        this.form = form;
        this.level = level;
        this.cut = cut;
    }

    /** What the page above keeps of this one; null while it is empty. */
    Mark mark() {
        return mark;
    }

    /**
     * Adds an item, unless the page has reached a cut or would become too heavy; then nothing has changed.
     *
     * @return whether it was added; an empty page takes all that is possible at all
     * @throws BackupException {@code entry.large} if no page can hold it; nothing has changed
     */
    boolean add(PageItem item) throws BackupException {
        int size = items.size();
        int known = refs.size();
        uses = 0;
        item.write(items, this);
        int plain = items.size() - size;
        int added = plain + uses * PageRefs.REF_BYTES;
        boolean large = plain > Page.MAX_PLAIN - HEADER_BYTES || uses > PageRefs.MAX_REFS;
        if (large || complete || count > 0 && weight + added > PageCut.MAX) {
            forget(size, known);
            if (large) {
                throw large(item, plain, uses);
            }
            return false;
        }
        count++;
        weight += added;
        mark = mark == null ? item.mark() : mark.then(item.mark());
        complete = weight >= PageCut.MIN && cut.after(level, item.key(), added);
        return true;
    }

    /** The page; this is empty then. */
    Page take() {
        ByteOutput plain = new ByteOutput(HEADER_BYTES + items.size());
        plain.u8(VERSION);
        plain.u8(form.code);
        plain.u8(level);
        plain.uint(count);
        plain.append(items);
        Page page = new Page(PageRefs.encode(refs), plain.toBytes());
        forget(0, 0);
        count = 0;
        weight = 0;
        mark = null;
        complete = false;
        return page;
    }

    @Override
    public void put(ByteOutput out, ChunkId id, ChunkKind kind) {
        Ref ref = new Ref(id, kind);
        Integer number = numbers.putIfAbsent(ref, refs.size());
        if (number == null) {
            number = refs.size();
            refs.add(ref);
        }
        uses++;
        out.uint(number);
    }

    private void forget(int size, int known) {
        items.truncate(size);
        List<Ref> last = refs.subList(known, refs.size());
        last.forEach(numbers::remove);
        last.clear();
    }

    private static BackupException large(PageItem item, int plain, int refs) {
        String name = item instanceof PageItem.Named named ? new RawPath(named.entry().name()).toString() : "";
        return BackupException.operator("entry.large", name, "the entry \"" + name + "\" takes " + plain + " bytes and " + refs
                + " references, expected at most " + (Page.MAX_PLAIN - HEADER_BYTES) + " and " + PageRefs.MAX_REFS
                + "; fewer or smaller extended attributes would do");
    }
}
