package org.azekura.server.catalog;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.Candidacy;
import org.azekura.api.catalog.Candidate;
import org.azekura.api.catalog.CatalogServer;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Offers;

/**
 * The one catalog of the server, whichever store keeps it just now. While it is held, and while there is no store, calls wait; so the server goes on
 * over a change of the store and knows nothing of it. Safe for any number of threads.
 */
public final class HeldCatalog implements CatalogStore {

    /** A change of the store takes no longer, the way back included. */
    private static final Duration HELD = Duration.ofMinutes(4);
    private static final Duration MISSING = Duration.ofSeconds(30);

    private final Duration held;
    private final Duration missing;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** The first is asked. */
    private final List<CatalogStore> stores = new ArrayList<>();
    /** Why calls wait, null if they do not. */
    private String why;
    private int calls;
    private final ReentrantLock standing = new ReentrantLock();
    /** Null as long as this server does not stand for the lead. */
    private volatile Candidate candidate;
    private volatile Candidacy candidacy;
    /** In which it stands. */
    private volatile CatalogStore stood;

    public HeldCatalog() {
        this(HELD, MISSING);
    }

    /**
     * @param held    how long a call waits while it is held
     * @param missing how long a call waits for a store
     */
    HeldCatalog(Duration held, Duration missing) {
        this.held = held;
        this.missing = missing;
    }

    public void came(CatalogStore store) {
        change(() -> stores.add(store));
    }

    public void went(CatalogStore store) {
        change(() -> stores.remove(store));
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public <T> T read(Query<T> query) throws BackupException {
        CatalogStore store = enter();
        try {
            standIn(store);
            return store.read(query);
        } finally {
            leave();
        }
    }

    @Override
    public <T> T write(Change<T> change) throws BackupException {
        CatalogStore store = enter();
        try {
            standIn(store);
            return store.write(change);
        } finally {
            leave();
        }
    }

    @Override
    public void exportTo(OutputStream out) throws BackupException, IOException {
        CatalogStore store = enter();
        try {
            standIn(store);
            store.exportTo(out);
        } finally {
            leave();
        }
    }

    @Override
    public void requireAdmitting() throws BackupException {
        CatalogStore store = enter();
        try {
            store.requireAdmitting();
        } finally {
            leave();
        }
    }

    @Override
    public void admit(Path file, String name) throws BackupException {
        CatalogStore store = enter();
        try {
            standIn(store);
            store.admit(file, name);
        } finally {
            leave();
        }
    }

    /** In whichever store keeps it, now and later: a server that leads goes on to lead over a change of the store, unless another was quicker. */
    @Override
    public Candidacy stand(Candidate who) throws BackupException {
        standing.lock();
        try {
            candidate = who;
            stood = null;
        } finally {
            standing.unlock();
        }
        CatalogStore store = enter();
        try {
            standIn(store);
            return candidacy;
        } finally {
            leave();
        }
    }

    private void standIn(CatalogStore store) throws BackupException {
        if (candidate == null || stood == store) {
            return;
        }
        standing.lock();
        try {
            if (candidate != null && stood != store) {
                candidacy = store.stand(candidate);
                stood = store;
            }
        } finally {
            standing.unlock();
        }
    }

    void resign() {
        standing.lock();
        try {
            candidate = null;
            if (candidacy != null) {
                candidacy.close();
            }
        } finally {
            standing.unlock();
        }
    }

    List<CatalogServer> servers() {
        Candidacy now = candidacy;
        return now == null ? List.of() : now.servers();
    }

    Optional<Offers> offers() {
        Candidacy now = candidacy;
        return now == null ? Optional.empty() : now.offers();
    }

    void forget(String server) throws BackupException {
        Candidacy now = candidacy;
        if (now != null) {
            now.forget(server);
        }
    }

    /** Of the store that keeps it just now. */
    @Override
    public String place() {
        lock.lock();
        try {
            return stores.isEmpty() ? "" : stores.getFirst().place();
        } finally {
            lock.unlock();
        }
    }

    private CatalogStore enter() throws BackupException {
        lock.lock();
        try {
            long begin = System.nanoTime();
            while (why != null || stores.isEmpty()) {
                long left = (why != null ? held : missing).toNanos() - (System.nanoTime() - begin);
                if (left <= 0) {
                    throw why == null ? BackupException.device("catalog.missing", "", "there is no catalog store here; \"azekura driver list\" tells why", null)
                            : BackupException.device("catalog.held", "", "the catalog can't be used for now: " + why + "; try again in a minute", null);
                }
                changed.await(left, TimeUnit.NANOSECONDS);
            }
            calls++;
            return stores.getFirst();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BackupException.device("catalog.interrupted", "", "interrupted while the catalog was waited for", e);
        } finally {
            lock.unlock();
        }
    }

    private void leave() {
        change(() -> calls--);
    }

    /**
     * Has calls wait from here on, and those end that have begun.
     *
     * @return the store that keeps it, null if there is none
     * @throws BackupException {@code catalog.busy}: somebody holds it already, or calls have not ended in time; nobody waits
     */
    CatalogStore hold(String reason, Duration patience) throws BackupException {
        lock.lock();
        try {
            if (why != null) {
                throw busy("it is held already: " + why);
            }
            why = reason;
            boolean quiet = false;
            try {
                long left = patience.toNanos();
                while (calls > 0 && left > 0) {
                    left = changed.awaitNanos(left);
                }
                quiet = calls == 0;
            } finally {
                if (!quiet) {
                    why = null;
                    changed.signalAll();
                }
            }
            if (!quiet) {
                throw busy(calls + " calls to it have not ended within " + patience.toSeconds() + " s");
            }
            return stores.isEmpty() ? null : stores.getFirst();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy("interrupted while calls to it ended");
        } finally {
            lock.unlock();
        }
    }

    private static BackupException busy(String what) {
        return BackupException.operator("catalog.busy", "", "the catalog store can't give way: " + what + "; try again");
    }

    boolean isThere(CatalogStore store) {
        lock.lock();
        try {
            return stores.contains(store);
        } finally {
            lock.unlock();
        }
    }

    /** The store that is there, another than this, or null if none is within this time. */
    CatalogStore awaitOther(CatalogStore before, Duration patience) throws InterruptedException {
        lock.lock();
        try {
            long left = patience.toNanos();
            while ((stores.isEmpty() || stores.getFirst() == before) && left > 0) {
                left = changed.awaitNanos(left);
            }
            return stores.isEmpty() || stores.getFirst() == before ? null : stores.getFirst();
        } finally {
            lock.unlock();
        }
    }

    /** Calls go on, with the store that is there then. */
    void release() {
        change(() -> why = null);
    }
}
