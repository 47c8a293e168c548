package org.azekura.server.catalog;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.azekura.api.BackupException;
import org.azekura.api.Endpoint;
import org.azekura.api.catalog.Candidate;
import org.azekura.api.catalog.CatalogServer;
import org.azekura.api.catalog.Offers;

/** Whether this server leads among those that share its catalog. Safe for any number of threads. */
public final class Lead implements Candidate, Servers {

    private final String id = UUID.randomUUID().toString();
    private final HeldCatalog catalog;
    private final String name;
    private final Supplier<String> place;
    private final Supplier<List<Endpoint>> hosts;
    private final BooleanSupplier works;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private State state = State.STANDS;

    private enum State {
        /** Somebody looks whether it may lead. */
        STANDS,
        /** The same, and it takes part in the lead of another. */
        WORKS,
        LEADS,
        /** Another has taken the lead, or that in which it took part is over; nobody looks any more whether this one may lead. */
        LOST
    }

    /**
     * @param name  of this host
     * @param place where it answers; empty as long as it does not
     * @param hosts where hosts reach it when it leads
     */
    public Lead(HeldCatalog catalog, String name, Supplier<String> place, Supplier<List<Endpoint>> hosts) {
        this(catalog, name, place, hosts, () -> false);
    }

    /** @param works whether it carries out jobs of another that leads */
    public Lead(HeldCatalog catalog, String name, Supplier<String> place, Supplier<List<Endpoint>> hosts, BooleanSupplier works) {
        this.works = works;
        this.catalog = catalog;
        this.name = name;
        this.place = place;
        this.hosts = hosts;
    }

    /** Has this server stand for the lead; again when it was lost. */
    public void stand() throws BackupException {
        set(State.STANDS);
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
    public List<Endpoint> hosts() {
        return hosts.get();
    }

    @Override
    public boolean wouldTakePart() {
        return works.getAsBoolean();
    }

    @Override
    public void takesPart() {
        set(State.WORKS);
    }

    @Override
    public void leads() {
        set(State.LEADS);
    }

    @Override
    public void lost() {
        lock.lock();
        try {
            if (state != State.STANDS) {
                set(State.LOST);
            }
        } finally {
            lock.unlock();
        }
    }

    private void set(State now) {
        lock.lock();
        try {
            state = now;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Of one that has lost neither comes by itself. */
    private boolean isToWait(boolean wanted) {
        return wanted ? state == State.STANDS || state == State.WORKS : state == State.LEADS;
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
            while (isToWait(wanted) && left > 0) {
                left = changed.awaitNanos(left);
            }
            return (state == State.LEADS) == wanted;
        } finally {
            lock.unlock();
        }
    }

    /** The same without an end. */
    public void await(boolean wanted) throws InterruptedException {
        lock.lock();
        try {
            while (isToWait(wanted)) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Of one that stands by: waits until it has something else to do.
     *
     * @param working whether it carries out jobs; then until it does not any more
     */
    public void awaitTurn(boolean working) throws InterruptedException {
        lock.lock();
        try {
            while (state == (working ? State.WORKS : State.STANDS)) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The same for so long at most. */
    public void awaitTurn(boolean working, Duration patience) throws InterruptedException {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (state == (working ? State.WORKS : State.STANDS) && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether it takes part in the lead of another. */
    public boolean isWorking() {
        return is(State.WORKS);
    }

    public boolean isLeading() {
        return is(State.LEADS);
    }

    /** Whether it led or took part, and has to {@link #stand} again to lead once more. */
    public boolean isLost() {
        return is(State.LOST);
    }

    private boolean is(State asked) {
        lock.lock();
        try {
            return state == asked;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<Offers> offers() {
        return catalog.offers();
    }

    @Override
    public List<CatalogServer> servers() {
        return catalog.servers();
    }

    @Override
    public void forget(String server) throws BackupException {
        catalog.forget(server);
    }

    /** Why this one changes nothing, and who does. */
    BackupException standsBy() {
        String leader = servers().stream().filter(server -> server.leads() && !server.here()).findFirst()
                .map(server -> server.name() + (server.place().isEmpty() ? "" : " at " + server.place())).orElse("");
        return BackupException.operator("server.standby", leader, "this server, " + name + ", stands by and passes calls on; "
                + (leader.isEmpty() ? "none leads just now: try again in a minute" : leader + " leads"));
    }
}
