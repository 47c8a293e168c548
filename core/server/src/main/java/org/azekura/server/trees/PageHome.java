package org.azekura.server.trees;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.server.Appliance;
import org.azekura.engine.pack.Frame;

/** Where the pages of a store are kept, and the index of where each lies. Thread-safe: {@code this} guards the index. */
abstract sealed class PageHome permits TreeFiles, SharedFiles {

    final PageIndex index = new PageIndex();

    /** The bytes that should be a page, and where they lie. */
    record Stored(long place, ByteBuffer bytes) {}

    /** Whether the page is here, and will be after a crash. */
    abstract boolean durable(ChunkId id);

    /**
     * Somebody will refer to this page: it stays, once {@link #settle} has returned.
     *
     * @return whether it is here
     */
    synchronized boolean rely(ChunkId id) throws BackupException {
        touch(id);
        return durable(id);
    }

    /** @return whether it is new here */
    abstract boolean append(ChunkId id, ByteBuffer frame) throws BackupException;

    /** Bytes that may still be taken of this machine's disk. */
    abstract long room() throws BackupException;

    /** Makes durable what was appended before. */
    abstract void sync() throws BackupException;

    /** Learns what others have done to the same pages. */
    void renew() throws BackupException {}

    /** Makes durable what somebody relies on, where that takes anything. */
    void settle() throws BackupException {}

    /** Where they are, and how that is. Waits for nothing. */
    Appliance.Trees standing() {
        return Appliance.Trees.HERE;
    }

    /** Looks after what others have left. */
    void tend() {}

    abstract Stored read(ChunkId id) throws BackupException;

    /** What is at this place is not the page: brings it from where else it is, or forgets it. Null if it is nowhere. */
    abstract Stored damaged(ChunkId id, long place) throws BackupException;

    /** A page that was checked. */
    record Sound(Frame frame, ByteBuffer bytes) {}

    /** @throws BackupException {@code tree.missing}, {@code frame.corrupt}: it counts as missing from then on */
    final Sound sound(ChunkId id) throws BackupException {
        Stored stored = read(id);
        try {
            return sound(id, stored.bytes());
        } catch (BackupException e) {
            Stored other = damaged(id, stored.place());
            if (other == null) {
                throw e;
            }
            return sound(id, other.bytes());
        }
    }

    static Sound sound(ChunkId id, ByteBuffer bytes) throws BackupException {
        Frame frame = Frame.parse(bytes);
        if (!frame.header().id().equals(id)) {
            throw BackupException.corrupt("frame.corrupt", id.toString(), "tree page " + id + ": found " + frame.header().id() + " in its place");
        }
        return new Sound(frame, bytes);
    }

    /** @param jobs that may rely on pages, of all servers */
    void beginMarks(TreeMarks.Jobs jobs) throws BackupException {
        synchronized (this) {
            index.beginMarks();
        }
    }

    synchronized void endMarks() {
        index.endMarks();
    }

    synchronized boolean mark(ChunkId id, int who) {
        return index.mark(id, who);
    }

    synchronized boolean unmark(ChunkId id, int who) {
        return index.unmark(id, who);
    }

    synchronized int count(ChunkId id, int who) {
        return index.count(id, who);
    }

    /** Takes back what these have counted. */
    synchronized void clear(IntPredicate who) {
        index.counts().clear(who);
    }

    synchronized void clearAll() {
        index.counts().clear();
    }

    synchronized boolean isDoubtful() {
        return index.counts().isDoubtful();
    }

    synchronized void touch(ChunkId id) {
        index.touch(id);
    }

    /** Pages without a mark, as they are now. */
    synchronized List<PageIndex.Placed> unmarked() {
        List<PageIndex.Placed> found = new ArrayList<>();
        index.each(false, place -> true, found::add);
        return found;
    }

    /** The marked pages in this file. */
    synchronized List<PageIndex.Placed> markedIn(int number) {
        List<PageIndex.Placed> found = new ArrayList<>();
        index.each(true, place -> PageIndex.file(place) == number, found::add);
        return found;
    }

    /** Files that can be given up now, of which so few bytes are marked. */
    abstract List<Integer> sparse(int livePercent) throws BackupException;

    /** Files to be given up by a later prune: live pages in them are written anew now. */
    List<Integer> fading(int livePercent) throws BackupException {
        return List.of();
    }

    /** Nobody relies on these any more from here on. */
    void condemn(List<Integer> files) throws BackupException {}

    /** Writes these bytes again; the page is where it was until {@link #moved}. */
    abstract long copy(ByteBuffer frame) throws BackupException;

    /** The copy at this place is durable and counts from now on, unless the page has come anew meanwhile. */
    synchronized void moved(PageIndex.Placed page, long to) {
        if (index.place(page.id()) == page.place()) {
            index.put(page.id(), to, page.length());
        }
    }

    /**
     * Forgets the unmarked pages of this file and deletes it.
     *
     * @return how many pages, or -1 if somebody has come to rely on one meanwhile: then nothing has changed
     */
    abstract int delete(int number) throws BackupException;

    /** Forgets the pages of a file; how many there were, or -1 and nothing if one of them is marked. */
    final synchronized int forgetUnmarked(int number) {
        if (!markedIn(number).isEmpty()) {
            return -1;
        }
        int[] dropped = new int[1];
        index.each(false, place -> PageIndex.file(place) == number, page -> dropped[0]++);
        index.drop(place -> PageIndex.file(place) == number);
        return dropped[0];
    }

    /** Forgets a page, unless it lies elsewhere by now. */
    final synchronized void drop(ChunkId id, long place) {
        if (index.place(id) == place) {
            index.drop(id);
        }
    }

    static boolean isSparse(Long live, long size, int livePercent) {
        return live == null || live * 100 < livePercent * size;
    }

    abstract void close();
}
