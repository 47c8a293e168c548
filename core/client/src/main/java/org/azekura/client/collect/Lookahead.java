package org.azekura.client.collect;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.azekura.api.BackupException;
import org.azekura.api.RawPath;
import org.azekura.client.job.Breaker;
import org.azekura.client.posix.Directory;
import org.azekura.client.posix.FileStat;
import org.azekura.client.posix.FileType;
import org.azekura.client.posix.PosixException;

/**
 * Has readers look at the names that a walk comes to next, as many at once as {@link Readers} finds good: they look files up and read small ones;
 * of large files and sub-directories only the kernel's cache gets to know. The walk takes what they found in its own order, looks itself at what nobody
 * has begun with, and does all by itself as long as one reader is enough. What is read ahead is bounded by {@value #AHEAD_BYTES} bytes. Used by the
 * walk's thread.
 */
final class Lookahead implements AutoCloseable {

    static final int AHEAD_BYTES = 4 << 20;
    static final int NAMES_OF_A_READER = 4;
    /** Directories with names that wait; each holds a handle. */
    private static final int MAX_OPEN = 32;
    private static final int CHECK_SECONDS = 1;
    private static final int END_SECONDS = 30;

    /** What is wanted of what is found. {@code small}: files below so many bytes are read; none of any file is if it is 0 */
    record Wish(int small, RuleSet rules) {

        boolean saves(Upcoming at, FileStat stat) {
            return rules.isEmpty() || rules.saves(at.path, at.name, stat, marker -> false);
        }
    }

    /** Memory out of a budget. */
    interface Room {
        /** @return false if there is none to be had; nobody waits for it */
        boolean take(long bytes);

        void give(long bytes);
    }

    /** Room that nobody else needs. */
    static final Room NO_BUDGET = new Room() {
        @Override
        public boolean take(long bytes) {
            return true;
        }

        @Override
        public void give(long bytes) {
            // Nobody waits for it.
        }
    };

    /** Opens a directory once more. */
    @FunctionalInterface
    interface Opening {
        AheadSource open(Directory directory) throws PosixException;
    }

    /** The names of a directory that were taken from its list and wait for their turn. */
    static final class Window {
        private final AheadSource source;
        private final long device;
        private final Deque<Upcoming> waiting = new ArrayDeque<>();

        private Window(AheadSource source, long device) {
            this.source = source;
            this.device = device;
        }
    }

    private final Breaker breaker;
    private final Meter meter;
    private final Wish wish;
    private final Room room;
    private final Opening opening;
    private final LongSupplier nanos;
    private final AtomicLong free = new AtomicLong(AHEAD_BYTES);
    private final Set<Window> windows = new HashSet<>();
    private ThreadPoolExecutor pool;

    Lookahead(Breaker breaker, Meter meter, Wish wish, Room room, Opening opening, LongSupplier nanos) {
        this.breaker = breaker;
        this.meter = meter;
        this.wish = wish;
        this.room = room;
        this.opening = opening;
        this.nanos = nanos;
    }

    /**
     * The next name of a directory; it has been looked at.
     *
     * @param directory null if it has gone
     * @return null if the walk has to take the next name itself
     */
    Upcoming next(Level level, PathBuffer path, Directory directory) throws IOException, BackupException {
        if (level.window == null && (meter.readers() == 1 || directory == null || !open(level, directory))) {
            meter.begin();
            return null;
        }
        fill(level, path);
        Upcoming next = level.window.waiting.poll();
        if (next == null) {
            close(level);
            meter.begin();
            return null;
        }
        long begin = nanos.getAsLong();
        await(next);
        meter.begin(next.busyNanos, nanos.getAsLong() - begin, next.content == null ? 0 : next.content.length());
        return next;
    }

    /** The walk has dealt with it. @param ahead null if the walk took the name itself */
    void done(Upcoming ahead) {
        meter.end();
        if (ahead != null) {
            free.addAndGet(ahead.room);
        }
    }

    private boolean open(Level level, Directory directory) {
        if (!level.within || level.roots != null || windows.size() == MAX_OPEN) {
            return false;
        }
        if (pool == null) {
            if (!room.take(AHEAD_BYTES)) {
                return false; // so many backups are under way that they are readers enough
            }
            pool = new ThreadPoolExecutor(1, Readers.MOST, END_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
                    Thread.ofPlatform().daemon().name("collect-reader-", 0).factory());
        }
        try {
            AheadSource source = opening.open(directory);
            level.window = new Window(source, directory.stat().device());
            windows.add(level.window);
            return true;
        } catch (PosixException e) {
            // The walk will meet it, too, and tell.
            return false;
        }
    }

    private void fill(Level level, PathBuffer path) throws IOException {
        int threads = meter.readers();
        if (threads == 1) {
            return;
        }
        if (pool.getCorePoolSize() != threads) {
            pool.setCorePoolSize(threads);
        }
        Window window = level.window;
        while (window.waiting.size() < NAMES_OF_A_READER * threads) {
            byte[] name = level.names.next();
            if (name == null) {
                return;
            }
            RawPath full = wish.rules.isEmpty() ? null : path.path(name);
            Upcoming upcoming = new Upcoming(name, level.before(name), full, it -> look(it, window));
            window.waiting.add(upcoming);
            pool.execute(upcoming.task);
        }
    }

    private void look(Upcoming it, Window window) {
        long begin = nanos.getAsLong();
        try {
            FileStat stat = window.source.stat(it.name);
            if (stat.type() == FileType.FILE) {
                it.stat = stat;
                file(it, stat, window.source);
            } else if (stat.type() == FileType.DIRECTORY && stat.device() == window.device && wish.saves(it, stat)) {
                window.source.warm(it.name, wish.small > 0 && it.before == null);
            }
        } catch (IOException e) {
            // The walk looks again, and tells.
            it.content = null;
        }
        it.busyNanos = nanos.getAsLong() - begin;
    }

    private void file(Upcoming it, FileStat stat, AheadSource source) throws IOException {
        boolean changed = it.before == null || !it.before.unchanged(stat);
        // Of a file with more names the content is likely to be known by another one.
        if (wish.small == 0 || !changed || stat.size() == 0 || stat.links() > 1 || !wish.saves(it, stat)) {
            return;
        }
        if (stat.size() >= wish.small || stat.maybeSparse()) {
            source.begin(it.name);
        } else if (free.addAndGet(-stat.size()) < 0) {
            free.addAndGet(stat.size());
        } else {
            it.room = stat.size();
            it.content = source.read(it.name, stat);
        }
    }

    /** Looks itself if nobody has begun. */
    private void await(Upcoming upcoming) throws BackupException {
        upcoming.task.run();
        while (true) {
            try {
                breaker.check();
                upcoming.task.get(CHECK_SECONDS, TimeUnit.SECONDS);
                return;
            } catch (TimeoutException e) {
                continue;
            } catch (ExecutionException e) {
                throw BackupException.bug("reader", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw BackupException.network("job.interrupted", "", "interrupted while waiting for a reader", e);
            }
        }
    }

    private void close(Level level) {
        windows.remove(level.window);
        level.window.source.close();
        level.window = null;
    }

    /** Ends the readers. One that hangs in the kernel keeps its handle. */
    @Override
    public void close() {
        if (pool == null) {
            return;
        }
        pool.shutdownNow();
        try {
            if (pool.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
                windows.forEach(window -> window.source.close());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        room.give(AHEAD_BYTES);
        pool = null;
    }
}
