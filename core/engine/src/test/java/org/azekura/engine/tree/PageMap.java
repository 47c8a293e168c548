package org.azekura.engine.tree;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;

/** Pages in memory; counts how often they are asked for. */
final class PageMap implements PageSink, PageSource {

    final Map<ChunkId, Page> pages = new HashMap<>();
    int reads;

    @Override
    public void page(ChunkId id, Page page) {
        Page known = pages.put(id, page);
        if (known != null && !(Arrays.equals(known.plain(), page.plain()) && Arrays.equals(known.clear(), page.clear()))) {
            throw new AssertionError("two pages of one name " + id);
        }
    }

    @Override
    public Page page(ChunkId id) throws BackupException {
        reads++;
        Page page = pages.get(id);
        if (page == null) {
            throw BackupException.corrupt("tree.missing", id.toString(), "no page " + id);
        }
        return page;
    }

    /** Ids that are not in the other. */
    Set<ChunkId> without(PageMap other) {
        Set<ChunkId> ids = new HashSet<>(pages.keySet());
        ids.removeAll(other.pages.keySet());
        return ids;
    }
}
