package org.azekura.server.trees;

import java.util.LinkedHashMap;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.SessionId;
import org.azekura.engine.pack.Frame;
import org.azekura.engine.seal.SessionKey;
import org.azekura.engine.seal.Unsealer;
import org.azekura.engine.tree.Page;
import org.azekura.engine.tree.PageNames;
import org.azekura.engine.tree.PageSource;

/**
 * Opens pages of a {@link TreeStore} and keeps the latest few in memory, 4 MiB at most. A page whose content does not have
 * its name is refused: nobody can pass off a page of his own under a known id. Thread-safe if the keys are.
 */
public final class SealedTrees implements PageSource {

    private static final int MAX_BYTES = 4 << 20;

    private final TreeStore store;
    private final Keys keys;
    private final PageNames names;
    private final Map<ChunkId, Page> latest = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /** @param names of the pool the trees belong to */
    public SealedTrees(TreeStore store, Keys keys, PageNames names) {
        this.store = store;
        this.keys = keys;
        this.names = names;
    }

    /** Who knows the keys of sessions. */
    @FunctionalInterface
    public interface Keys {

        /** @throws BackupException if the session is unknown or its pool's key is not here */
        SessionKey session(SessionId id) throws BackupException;
    }

    /** @throws BackupException what {@link TreeStore#frame}, {@link Unsealer#open} and the keys throw; {@code tree.corrupt} */
    @Override
    public Page page(ChunkId id) throws BackupException {
        synchronized (latest) {
            Page known = latest.get(id);
            if (known != null) {
                return known;
            }
        }
        Frame frame = store.frame(id);
        byte[] plain = Unsealer.open(frame, keys.session(frame.header().session()).chunkKey(id));
        byte[] clear = new byte[frame.clear().remaining()];
        frame.clear().get(frame.clear().position(), clear);
        Page page = new Page(clear, plain);
        if (!names.of(page).equals(id)) {
            throw BackupException.corrupt("tree.corrupt", id.toString(), "the tree page kept as " + id + " is another one: " + names.of(page));
        }
        keep(id, page);
        return page;
    }

    private void keep(ChunkId id, Page page) {
        synchronized (latest) {
            if (latest.putIfAbsent(id, page) == null) {
                bytes += size(page);
            }
            for (var oldest = latest.values().iterator(); bytes > MAX_BYTES && oldest.hasNext();) {
                bytes -= size(oldest.next());
                oldest.remove();
            }
        }
    }

    private static int size(Page page) {
        return page.clear().length + page.plain().length;
    }
}
