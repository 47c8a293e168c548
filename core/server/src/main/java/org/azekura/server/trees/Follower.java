package org.azekura.server.trees;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings here what other servers have put on the device, and forgets what they have taken away. A round lists the device once or twice; all who wait for one
 * that has not begun wait for the same. Thread-safe.
 */
final class Follower {

    private static final Logger log = LoggerFactory.getLogger(Follower.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** A server has to be there in a minute. */
    private static final Duration FIRST = Duration.ofSeconds(15);
    private static final Duration EVERY = Duration.ofMinutes(1);
    /** Who asks for pages that are nowhere has the device listed no more often. */
    private static final Duration GAP = Duration.ofMillis(200);
    private static final Duration KNOWN_MISSING = Duration.ofSeconds(5);
    private static final int MOST_MISSING = 10_000;
    private static final int FETCHES = 4;
    /** What is fetched breaks off behind the piece that is on its way. */
    private static final Duration LAST = Duration.ofSeconds(30);
    /** Segments that go while a round fetches them; then the next one goes on. */
    private static final int LISTS = 5;

    private final SharedFiles home;
    private final String server;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("azekura-trees-follow").factory());
    /** Segments that this process is about to write, or failed to. */
    private final Set<Segment> claimed = new HashSet<>();
    /** Those that this server has written. */
    private final Set<Segment> written = new HashSet<>();
    private final Map<ChunkId, Long> missing = new LinkedHashMap<>();
    /** A round that has not begun; null if there is none. */
    private Future<?> next;
    private boolean listed;
    private boolean whole;
    private Segment foreign;
    private Set<Segment> left = Set.of();
    private long searched_ns = System.nanoTime() - GAP.toNanos();

    Follower(SharedFiles home, String server) {
        this.home = home;
        this.server = server;
    }

    /** Follows from now on. Waits some time for everything to be here; what is here meanwhile is read. */
    void begin() throws BackupException {
        try {
            await(ask(), FIRST);
        } catch (BackupException e) {
            if (!e.failure().code().equals(SharedFiles.AWAY) && !e.failure().code().equals("trees.behind")) {
                throw e;
            }
            log.warn("tree pages are read from what is here: {}", e.getMessage());
        }
        thread.scheduleWithFixedDelay(this::quietly, EVERY.toSeconds(), EVERY.toSeconds(), TimeUnit.SECONDS);
    }

    private void quietly() {
        try {
            round();
        } catch (BackupException | RuntimeException e) {
            log.warn("tree pages of other servers could not be followed: {}", e.getMessage());
        }
    }

    /** @throws BackupException {@code trees.away}; {@code trees.behind} if what is new is not here in time */
    void follow() throws BackupException {
        await(ask(), PATIENCE);
    }

    private synchronized Future<?> ask() throws BackupException {
        try {
            if (next == null) {
                next = thread.submit(() -> {
                    synchronized (this) {
                        next = null;
                    }
                    round();
                    return null;
                });
            }
            return next;
        } catch (RejectedExecutionException e) {
            throw closed(e);
        }
    }

    private BackupException closed(Throwable cause) {
        return TreeFolder.failed(home.folder.path(), new IOException("the store is closed", cause));
    }

    private void await(Future<?> round, Duration patience) throws BackupException {
        try {
            round.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof BackupException known ? known : BackupException.bug("following tree pages", e.getCause());
        } catch (TimeoutException e) {
            throw BackupException.network("trees.behind", home.shelf.device(), "tree pages of other servers have not come from device " + home.shelf.device() + " within "
                    + patience.toSeconds() + " s; they still do", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BackupException.device("trees.io", "", "interrupted while tree pages of other servers were waited for", e);
        }
    }

    /** Whether a page that was not here is here now. */
    boolean search(ChunkId id) throws BackupException {
        long wait;
        synchronized (this) {
            long now = System.nanoTime();
            Long asked = missing.get(id);
            if (asked != null && now - asked < KNOWN_MISSING.toNanos()) {
                return false;
            }
            wait = next != null ? 0 : searched_ns + GAP.toNanos() - now;
            searched_ns = Math.max(now, searched_ns + GAP.toNanos());
        }
        pause(wait);
        follow();
        boolean found;
        synchronized (home) {
            found = home.index.place(id) != PageIndex.NONE;
        }
        synchronized (this) {
            if (missing.size() >= MOST_MISSING) {
                missing.clear();
            }
            if (!found) {
                missing.put(id, System.nanoTime());
            }
        }
        return found;
    }

    private static void pause(long wait_ns) throws BackupException {
        try {
            TimeUnit.NANOSECONDS.sleep(wait_ns);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BackupException.device("trees.io", "", "interrupted while a tree page was looked for", e);
        }
    }

    /** A name for a segment of this server. */
    Segment claim() throws BackupException {
        boolean first;
        synchronized (this) {
            first = !listed;
        }
        if (first) {
            follow();
        }
        synchronized (this) {
            if (foreign != null) {
                throw fenced(foreign);
            }
            Segment segment;
            synchronized (home) {
                segment = new Segment(server, home.table.next());
            }
            claimed.add(segment);
            return segment;
        }
    }

    /** What was claimed is there, and here. */
    synchronized void written(Segment segment) {
        claimed.remove(segment);
        written.add(segment);
    }

    /** Nothing more is written under this name: somebody else does. */
    synchronized BackupException fenced(Segment segment) {
        foreign = segment;
        return BackupException.operator("trees.fenced", segment.key(), "another process writes tree pages as " + server + ", " + segment + " among them: "
                + home.folder.path() + " is a copy of another server's folder, or the other way round; delete the file writer in one of them, and start this server again");
    }

    /** Whether all was here when it was looked last. */
    synchronized boolean isWhole() {
        return whole;
    }

    /** Takes away what deletions that were cut off have left. */
    void tidy() throws BackupException {
        Set<Segment> some;
        synchronized (this) {
            some = left;
        }
        for (Segment segment : some) {
            home.shelf.tidy(segment);
        }
    }

    private void round() throws BackupException {
        synchronized (this) {
            whole = false;
        }
        boolean again = true;
        for (int lists = 0; again && lists < LISTS; lists++) {
            again = look();
        }
        home.moveOlder();
        synchronized (this) {
            whole = !again;
        }
    }

    /** @return whether something went while it was fetched */
    private boolean look() throws BackupException {
        Set<Segment> before = known();
        Shelf.Listing there = home.shelf.list();
        Set<Segment> absent = absent(before, there);
        if (!absent.isEmpty()) {
            // What is in its place was put there before it went: a list that began later names it.
            there = home.shelf.list();
            absent = absent(absent, there);
        }
        note(there);
        Map<Segment, Long> news = new TreeMap<>(there.sizes());
        synchronized (home) {
            news.entrySet().removeIf(each -> home.table.has(each.getKey()) && home.table.size(each.getKey()) == each.getValue());
        }
        synchronized (this) {
            // What a put that failed has left is there under another name, too.
            news.keySet().removeIf(claimed::contains);
        }
        boolean again = fetch(news);
        if (!again) {
            forget(absent);
        }
        return again;
    }

    private Set<Segment> known() {
        synchronized (home) {
            return home.table.segments();
        }
    }

    private static Set<Segment> absent(Set<Segment> known, Shelf.Listing there) {
        Set<Segment> absent = new HashSet<>(known);
        absent.removeAll(there.sizes().keySet());
        return absent;
    }

    private void note(Shelf.Listing there) {
        synchronized (home) {
            there.sizes().keySet().forEach(home.table::met);
            home.table.condemn(there.condemned());
        }
        synchronized (this) {
            left = new HashSet<>(there.condemned());
            left.removeAll(there.sizes().keySet());
            if (!listed) {
                there.sizes().keySet().stream().filter(segment -> segment.server().equals(server)).forEach(written::add); // in an earlier life
            }
            if (foreign == null) {
                there.sizes().keySet().stream().filter(segment -> isForeign(segment))
                        .findFirst().ifPresent(segment -> log.error("{}", fenced(segment).getMessage()));
            }
            listed = true;
        }
    }

    private boolean isForeign(Segment segment) {
        return segment.server().equals(server) && !claimed.contains(segment) && !written.contains(segment) && !home.table.has(segment);
    }

    private void forget(Set<Segment> absent) throws BackupException {
        try {
            for (Segment segment : absent) {
                home.gone(segment);
            }
        } catch (IOException e) {
            throw TreeFolder.failed(home.folder.path(), e);
        }
    }

    private boolean fetch(Map<Segment, Long> news) throws BackupException {
        if (news.isEmpty()) {
            return false;
        }
        boolean vanished = false;
        BackupException failure = null;
        try (ExecutorService threads = Executors.newFixedThreadPool(Math.min(FETCHES, news.size()), Thread.ofPlatform().daemon().name("azekura-trees-fetch-", 1).factory())) {
            List<Future<Boolean>> fetches = new ArrayList<>();
            news.forEach((segment, size) -> fetches.add(threads.submit(() -> fetch(segment, size))));
            for (Future<Boolean> each : fetches) {
                try {
                    vanished |= !each.get();
                } catch (ExecutionException e) {
                    failure = e.getCause() instanceof BackupException known ? known : BackupException.bug("fetching tree pages", e.getCause());
                    threads.shutdownNow();
                    break;
                } catch (InterruptedException e) {
                    threads.shutdownNow();
                    throw closed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
        synchronized (this) {
            missing.clear();
        }
        log.info("{} segments of tree pages have come from the shared store", news.size());
        return vanished;
    }

    /** @return false if it is gone */
    private boolean fetch(Segment segment, long size) throws BackupException {
        Path part = home.folder.part(segment);
        try {
            FrameScan.Result scan = scanned(segment, size, part);
            synchronized (home) {
                home.requireOpen();
                home.gone(segment);
                home.folder.move(part, segment);
                home.take(segment, size, scan);
            }
            return true;
        } catch (BackupException e) {
            if (!e.failure().code().equals("blob.missing")) {
                throw e;
            }
            try {
                Files.deleteIfExists(part);
            } catch (IOException left) {
                log.warn("{} could not be deleted: {}", part, left.toString());
            }
            return false;
        } catch (IOException e) {
            throw TreeFolder.failed(part, e);
        }
    }

    /** What came damaged comes once more from its beginning; what is damaged then is so on the device, and its whole frames count. */
    private FrameScan.Result scanned(Segment segment, long size, Path part) throws BackupException, IOException {
        home.shelf.fetch(segment, size, part);
        FrameScan.Result scan = FrameScan.thorough(part);
        if (scan.isWhole(size)) {
            return scan;
        }
        log.warn("{} came damaged from the shared store, and is fetched anew", segment);
        Files.delete(part);
        home.shelf.fetch(segment, size, part);
        return FrameScan.thorough(part);
    }

    void close() {
        thread.shutdownNow();
        LastWork.end(thread, LAST);
    }
}
