package org.azekura.extract;

import java.util.LinkedHashMap;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.tree.Page;
import org.azekura.engine.tree.PageSource;

/** Tree pages of volumes; the latest few are kept, 8 MiB at most. One thread. */
final class VolumePages implements PageSource {

    private static final int MAX_BYTES = 8 << 20;

    private final ChunkReader chunks;
    private final Map<ChunkId, Page> latest = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    VolumePages(ChunkReader chunks) {
        this.chunks = chunks;
    }

    /** @throws BackupException {@code tree.missing} */
    @Override
    public Page page(ChunkId id) throws BackupException {
        Page known = latest.get(id);
        if (known != null) {
            return known;
        }
        try {
            ChunkReader.Opened opened = chunks.read(id, ChunkKind.TREE);
            Page page = new Page(opened.clear(), opened.plain());
            keep(id, page);
            return page;
        } catch (BackupException e) {
            throw BackupException.corrupt("tree.missing", id.toString(), "tree page: " + e.getMessage());
        }
    }

    private void keep(ChunkId id, Page page) {
        latest.put(id, page);
        bytes += size(page);
        for (var oldest = latest.values().iterator(); bytes > MAX_BYTES;) {
            bytes -= size(oldest.next());
            oldest.remove();
        }
    }

    private static int size(Page page) {
        return page.clear().length + page.plain().length;
    }
}
