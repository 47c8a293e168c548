package org.azekura.server.trees;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.SessionId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which pages of a {@link TreeStore} are alive: those marked here, and those that came since. Used by one thread.
 *
 * <p>A file of which too little is alive is given up: its live pages are written anew, made durable, and only then count at their new
 * place; then the file goes. After a crash in between both are there and the later frame counts, or the file holds nothing but dead pages
 * that are found again by the next prune.
 */
public final class TreeMarks implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TreeMarks.class);

    private final TreeStore store;
    private final TreeFiles files;
    private final Runnable end;

    TreeMarks(TreeStore store, TreeFiles files, Runnable end) {
        this.store = store;
        this.files = files;
        this.end = end;
        files.beginMarks();
    }

    /**
     * Marks a page.
     *
     * @param walk from 1; walks come one after the other
     * @return whether this walk meets it for the first time
     */
    public boolean mark(ChunkId page, int walk) {
        return files.mark(page, walk);
    }

    /** Marks pages that somebody relies on though no walk will meet them. */
    public void touch(Collection<ChunkId> pages) {
        pages.forEach(files::touch);
    }

    /**
     * Gives up files of which so few bytes are alive.
     *
     * @return how many pages went
     */
    public long compact(int livePercent) throws BackupException {
        long dropped = 0;
        for (int file : files.sparse(livePercent)) {
            int gone;
            do {
                evacuate(files.markedIn(file));
                gone = files.delete(file);
            } while (gone < 0);
            dropped += gone;
        }
        return dropped;
    }

    private void evacuate(List<PageIndex.Placed> live) throws BackupException {
        Map<PageIndex.Placed, Long> copies = new HashMap<>();
        for (PageIndex.Placed page : live) {
            try {
                copies.put(page, files.copy(store.whole(page.id())));
            } catch (BackupException e) {
                if (e.failure().code().equals("trees.io")) {
                    throw e;
                }
                log.warn("tree page {} is lost, it was damaged: {}", page.id(), e.getMessage());
            }
        }
        store.sync();
        copies.forEach(files::moved);
    }

    /** Who sealed the pages that are dead but still here. */
    public Set<SessionId> sessionsOfTheDead() throws BackupException {
        Set<SessionId> sessions = new HashSet<>();
        for (PageIndex.Placed page : files.unmarked()) {
            SessionId session = store.session(page.id());
            if (session != null) {
                sessions.add(session);
            }
        }
        return sessions;
    }

    /** Marks no more; the next one may. */
    @Override
    public void close() {
        files.endMarks();
        end.run();
    }
}
