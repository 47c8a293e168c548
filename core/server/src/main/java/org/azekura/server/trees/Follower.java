package org.azekura.server.trees;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.server.Appliance;
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
    /** What is fetched breaks off behind the piece that is on its way. */
    private static final Duration LAST = Duration.ofSeconds(30);
    /** Segments that go while a round fetches them; then the next one goes on. */
    private static final int LISTS = 5;

    private final SharedFiles home;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("azekura-trees-follow").factory());
    private final Claims claims;
    private final Comparison comparison;
    private final Search search = new Search();
    /** A round that has not begun; null if there is none. */
    private Future<?> next;
    private boolean whole;
    /** What became of the last round; null if it came to its end. */
    private BackupException trouble;
    /** Whether all was here at the end of the last round. */
    private boolean atHand;

    Follower(SharedFiles home, String server) {
        this.home = home;
        this.claims = new Claims(home, server);
        this.comparison = new Comparison(home, claims);
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
            throw home.closed(e);
        }
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
        if (!search.await(id, isAsked())) {
            return false;
        }
        follow();
        boolean found;
        synchronized (home) {
            found = home.index.place(id) != PageIndex.NONE;
        }
        search.ended(id, found);
        return found;
    }

    private synchronized boolean isAsked() {
        return next != null;
    }

    /** A name for a segment of this server. */
    Segment claim() throws BackupException {
        if (!claims.isListed()) {
            follow();
        }
        return claims.claim();
    }

    /** What was claimed is there, and here; or nobody knows. */
    void written(Segment segment) {
        claims.written(segment);
    }

    /** Nothing more is written under this server's name: somebody else does. */
    BackupException fenced(Segment segment) {
        return claims.fenced(segment);
    }

    /** Whether all was here when it was looked last. */
    synchronized boolean isWhole() {
        return whole;
    }

    Appliance.Trees standing() {
        BackupException fence = claims.fence();
        if (fence != null) {
            return standing(Appliance.TreesState.FENCED, fence.getMessage());
        }
        synchronized (this) {
            boolean away = trouble != null && trouble.failure().code().equals(SharedFiles.AWAY);
            return standing(away ? Appliance.TreesState.AWAY : atHand ? Appliance.TreesState.HERE : Appliance.TreesState.BEHIND, trouble == null ? "" : trouble.getMessage());
        }
    }

    private Appliance.Trees standing(Appliance.TreesState state, String problem) {
        return new Appliance.Trees(home.shelf.device(), state, problem);
    }

    /** Takes away what deletions that were cut off have left. */
    void tidy() throws BackupException {
        comparison.tidy();
    }

    private void round() throws BackupException {
        BackupException failure = null;
        try {
            follow(LISTS);
        } catch (BackupException e) {
            failure = e;
            throw e;
        } finally {
            synchronized (this) {
                trouble = failure;
                atHand = whole;
            }
        }
    }

    private void follow(int most) throws BackupException {
        synchronized (this) {
            whole = false;
        }
        boolean again = true;
        for (int lists = 0; again && lists < most; lists++) {
            again = !comparison.bring(search::renew);
        }
        home.older.move();
        synchronized (this) {
            whole = !again;
        }
    }

    void close() {
        thread.shutdownNow();
        LastWork.end(thread, LAST);
    }
}
