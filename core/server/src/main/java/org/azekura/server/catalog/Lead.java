package org.azekura.server.catalog;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.Candidate;
import org.azekura.api.catalog.CatalogServer;

/** Whether this server leads among those that share its catalog. Safe for any number of threads. */
public final class Lead implements Candidate {

    private final String id = UUID.randomUUID().toString();
    private final HeldCatalog catalog;
    private final String name;
    private final Supplier<String> place;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean leads;
    /** Another has taken the lead since this one stood for it; nobody looks any more whether it may lead again. */
    private boolean lost;

    /**
     * @param name  of this host
     * @param place where it answers; empty as long as it does not
     */
    public Lead(HeldCatalog catalog, String name, Supplier<String> place) {
        this.catalog = catalog;
        this.name = name;
        this.place = place;
    }

    /** Has this server stand for the lead; again when it was lost. */
    public void stand() throws BackupException {
        set(false, false);
        catalog.stand(this);
    }

    /** Lets another lead. */
    public void resign() {
        catalog.resign();
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String place() {
        return place.get();
    }

    @Override
    public void leads() {
        set(true, false);
    }

    @Override
    public void lost() {
        set(false, true);
    }

    private void set(boolean now, boolean over) {
        lock.lock();
        try {
            // one that stands is also told so that it does not lead yet
            lost = over && (leads || lost);
            leads = now;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until it leads, or does not any more; or until it has to {@link #stand} again.
     *
     * @param wanted whether it is to lead
     * @return false if the time is over, or it has to stand again
     */
    public boolean await(boolean wanted, Duration patience) throws InterruptedException {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (leads != wanted && !lost && left > 0) {
                left = changed.awaitNanos(left);
            }
            return leads == wanted;
        } finally {
            lock.unlock();
        }
    }

    /** The same without an end. */
    public void await(boolean wanted) throws InterruptedException {
        lock.lock();
        try {
            while (leads != wanted && !lost) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether it led, and has to {@link #stand} again to lead once more. */
    public boolean isLost() {
        lock.lock();
        try {
            return lost;
        } finally {
            lock.unlock();
        }
    }

    /** Those that share the catalog, who leads first; none as long as it was not opened. */
    public List<CatalogServer> servers() {
        return catalog.servers();
    }

    /** @see org.azekura.api.catalog.Candidacy#epoch */
    public long epoch() {
        return catalog.epoch();
    }

    /** Why this one changes nothing, and who does. */
    BackupException standsBy() {
        String leader = servers().stream().filter(server -> server.leads() && !server.here()).findFirst()
                .map(server -> server.name() + (server.place().isEmpty() ? "" : " at " + server.place())).orElse("");
        return BackupException.operator("server.standby", leader, "this server, " + name + ", stands by and answers only what the catalog tells; "
                + (leader.isEmpty() ? "none leads just now: try again in a minute" : leader + " leads: ask that one"));
    }
}
