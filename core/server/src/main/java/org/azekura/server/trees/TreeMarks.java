package org.azekura.server.trees;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.Failure;
import org.azekura.api.JobId;
import org.azekura.api.SessionId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which pages of a {@link TreeStore} are alive: those that something alive refers to, as was counted here, and those that came since these marks
 * began. Used by one thread.
 *
 * <p>A file of which too little is alive is given up: its live pages are written anew, made durable, and only then count at their new
 * place; then the file goes. After a crash in between both are there and the later frame counts, or the file holds nothing but dead pages
 * that are found again by the next prune.
 */
public final class TreeMarks implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TreeMarks.class);

    private final TreeStore store;
    private final PageHome files;
    private final Runnable end;

    TreeMarks(TreeStore store, PageHome files, Jobs jobs, Runnable end) throws BackupException {
        this.store = store;
        this.files = files;
        this.end = end;
        files.beginMarks(jobs);
    }

    /** Who may rely on pages that no snapshot refers to yet. */
    @FunctionalInterface
    public interface Jobs {

        /** Jobs of all servers that have not ended and may make a snapshot. */
        Set<JobId> unended() throws BackupException;
    }

    /**
     * One more live page or root refers to this page. That is remembered, until it is taken back, also when these marks are closed.
     *
     * @param who counts it, from 1: counts of different ones are apart
     * @return whether it is the first; also if the page is not here, which is not counted
     */
    public boolean mark(ChunkId page, int who) {
        return files.mark(page, who);
    }

    /** One live page or root less refers to this page. Returns whether it was the last; if there was none, counts are doubtful. */
    public boolean unmark(ChunkId page, int who) {
        return files.unmark(page, who);
    }

    /** How many refer to the page, as this one counts. */
    public int count(ChunkId page, int who) {
        return files.count(page, who);
    }

    /** Takes back what these have counted. */
    public void clear(IntPredicate who) {
        files.clear(who);
    }

    /** Takes back all that was ever counted. */
    public void clearAll() {
        files.clearAll();
    }

    /** Whether a page went that somebody had counted, or something else is wrong with the counts, so that all have to be taken back. */
    public boolean isDoubtful() {
        return files.isDoubtful();
    }

    /** Marks pages that somebody relies on though no walk will meet them. */
    public void touch(Collection<ChunkId> pages) {
        pages.forEach(files::touch);
    }

    /**
     * Gives up files of which so few bytes are alive. Where several servers share the pages it only says so, and a later call gives them up.
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
        List<Integer> fading = files.fading(livePercent);
        for (int file : fading) {
            evacuate(files.markedIn(file));
        }
        files.condemn(fading);
        return dropped;
    }

    private void evacuate(List<PageIndex.Placed> live) throws BackupException {
        Map<PageIndex.Placed, Long> copies = new HashMap<>();
        for (PageIndex.Placed page : live) {
            try {
                copies.put(page, files.copy(store.whole(page.id())));
            } catch (BackupException e) {
                if (e.failure().kind() != Failure.Kind.CORRUPT) {
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
