package org.azekura.transport.tls;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.azekura.api.transport.Stream;

/**
 * Memory for what arrives, of all connections of a process.
 *
 * <p>A part is for windows: each may have as much as is left when it has it, so that those that are read become equal, and many that nobody
 * reads never have all. The other part is only for the rest of frames that have begun and that somebody waits for: these are taken as
 * soon as they are whole, so whoever waits in the queue gets his turn. Safe for any number of threads.
 */
final class Budget {

    /** The largest window of a stream: 100 MB/s at 50 ms and a little more. */
    static final int MAX_WINDOW = 8 << 20;

    /** Somebody who waits for memory. */
    interface Asker {
        /** It has what it asked for, and gives back what it has no use for any more. Called with no lock held. */
        void granted(long bytes);
    }

    private record Ask(Asker asker, long bytes) {}

    private final long total;
    private final long windows;
    private final Deque<Ask> queue = new ArrayDeque<>();
    private long used;

    Budget(long total) {
        this.total = total;
        this.windows = total - Math.max(total / 4, Stream.MAX_FRAME + Inbox.OVERHEAD);
    }

    /**
     * Takes memory for a window.
     *
     * @param has what the stream has already
     * @return what it got, at most what it wants, perhaps nothing
     */
    synchronized long window(long has, long wants) {
        long got = Math.max(0, Math.min(wants, (windows - used - has) / 2));
        used += got;
        return got;
    }

    /** The same, all of it or nothing. */
    synchronized boolean whole(long has, long wants) {
        boolean fits = wants <= (windows - used - has) / 2;
        used += fits ? wants : 0;
        return fits;
    }

    /**
     * Takes memory for the rest of a frame, in the order of asking.
     *
     * @return whether it has it; otherwise the asker is told
     */
    synchronized boolean ask(Asker asker, long bytes) {
        if (queue.isEmpty() && used + bytes <= total) {
            used += bytes;
            return true;
        }
        queue.add(new Ask(asker, bytes));
        return false;
    }

    /** The caller holds no lock: others are told what they get now. */
    void give(long bytes) {
        if (bytes > 0) {
            returned(bytes).forEach(ask -> ask.asker.granted(ask.bytes));
        }
    }

    private synchronized List<Ask> returned(long bytes) {
        used -= bytes;
        List<Ask> now = new ArrayList<>();
        while (!queue.isEmpty() && used + queue.peek().bytes <= total) {
            used += queue.peek().bytes;
            now.add(queue.poll());
        }
        return now;
    }

    synchronized long used() {
        return used;
    }
}
