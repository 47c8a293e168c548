package org.azekura.storagenode.lease;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.azekura.api.BackupException;
import org.azekura.storagenode.lease.MountRequest.Purpose;

/**
 * Shares the drives of one library out, as {@link Leases} says. Who wants a cartridge has a {@link Turn} for each call; the drive is his until somebody who
 * comes first waits for it, or he had nothing to do there for a moment. Calls that want one cartridge for the same purpose share it. Thread-safe; its lock is
 * held for moments only, and no drive is asked for anything meanwhile.
 */
public final class DriveDesk {

    /** So often is looked whether time has changed something. */
    private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(50);

    private final String where;
    private final MountRules rules;
    private final LongSupplier clock;
    private final DriveView view;
    private final List<Seat> seats = new ArrayList<>();
    private final Map<Long, Ask> asks = new LinkedHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long ids;
    private boolean closed;

    /** Somebody who waits. */
    private static final class Ask {

        final long id;
        final Purpose purpose;
        final String cartridge;
        final long since;
        Seat granted;

        Ask(long id, Purpose purpose, String cartridge, long since) {
            this.id = id;
            this.purpose = purpose;
            this.cartridge = cartridge;
            this.since = since;
        }
    }

    /**
     * @param where for messages
     * @param clock in nanoseconds
     */
    public DriveDesk(String where, int drives, MountRules rules, LongSupplier clock, DriveView view) {
        this.where = where;
        this.rules = rules;
        this.clock = clock;
        this.view = view;
        for (int i = 0; i < drives; i++) {
            seats.add(new Seat(i, clock.getAsLong()));
        }
    }

    /** This is where cartridges were seen: in these drives, and in no other. What somebody has is known better. */
    public void saw(Map<Integer, String> mounted) {
        lock.lock();
        try {
            for (Seat seat : seats) {
                seat.lying = mounted.get(seat.number);
                seat.mounted = seat.holder == null && !seat.visited ? seat.lying : seat.mounted;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Who has this drive has brought that there; null: it has taken out what lay there, or does not know. */
    public void lies(int drive, String cartridge) {
        lock.lock();
        try {
            seats.get(drive).lying = cartridge;
            carryOut();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether it lies in a drive that somebody has for something else: before he has taken it out it can't be brought into another, and perhaps he leaves it there. */
    private boolean isBound(String cartridge) {
        return seats.stream().anyMatch(seat -> cartridge.equals(seat.lying) && !cartridge.equals(seat.mounted) && (seat.visited || seat.holder != null));
    }

    /**
     * Waits until this cartridge may be used in a drive. If it is not there, whoever gets the turn brings it.
     *
     * @param lingers whether the drive stays his for a moment when the call is over
     * @throws BackupException {@code device.busy}: no drive has done anything for long, or others came first for hours; {@code drive.away}: every drive is out
     *                         of use; {@code device.closed}, {@code device.interrupted}
     */
    public Turn enter(Purpose purpose, String cartridge, boolean lingers) throws BackupException {
        lock.lock();
        try {
            Patience patience = new Patience(where, view::steps);
            Ask ask = new Ask(++ids, purpose, cartridge, clock.getAsLong());
            try {
                for (Seat seat = seat(ask); ; seat = seat(ask)) {
                    requireOpen();
                    if (seat != null) {
                        seat.inside++;
                        return new Turn(this, seat, cartridge, lingers);
                    }
                    requireAny(cartridge);
                    patience.spend(changed, LOOK);
                }
            } finally {
                asks.remove(ask.id);
                if (ask.granted != null) {
                    ask.granted.inside--;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Where it may be used; null if it has to wait. */
    private Seat seat(Ask ask) {
        if (ask.granted == null) {
            Seat shared = seats.stream().filter(one -> one.isOf(ask.purpose, ask.cartridge) && view.health(one.number) != Health.OUT).findFirst().orElse(null);
            if (shared != null) {
                return shared;
            }
            asks.put(ask.id, ask);
            carryOut();
        }
        return ask.granted;
    }

    /** Waits until a drive may be used for something that is no reading or writing of a cartridge: at once if nobody has it, else between two of his calls. */
    public Turn visit(int drive) throws BackupException {
        lock.lock();
        try {
            Patience patience = new Patience(where, view::steps);
            Seat seat = seats.get(drive);
            seat.errands++;
            try {
                for (carryOut(); seat.visited || seat.holder != null; carryOut()) {
                    requireOpen();
                    patience.spend(changed, LOOK);
                }
                return visit(seat, false);
            } finally {
                seat.errands--;
            }
        } finally {
            lock.unlock();
        }
    }

    /** @param tells whether he tells what lies there when he is through; who goes about an errand may leave there whatever he likes */
    private Turn visit(Seat seat, boolean tells) {
        seat.visited = true;
        seat.mounted = null;
        return new Turn(this, seat, null, tells);
    }

    /** Waits until what lies in a drive is wanted by nobody, and has the drive for that; empty once this is closed. */
    public Optional<Turn> awaitIdle() throws InterruptedException {
        lock.lock();
        try {
            while (!closed) {
                release();
                long now = clock.getAsLong();
                Optional<Lease> idle = plan(now).stream().filter(lease -> lease instanceof Lease.Unmount).findFirst();
                if (idle.isPresent()) {
                    return Optional.of(visit(seats.get(idle.get().drive()), true));
                }
                long next = seats.stream().filter(seat -> seat.mounted != null).mapToLong(seat -> Math.max(0, rules.idle().toNanos() - (now - seat.since)))
                        .min().orElse(rules.idle().toNanos());
                changed.awaitNanos(Math.max(LOOK, next));
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    void close(Turn turn, Seat seat, boolean lingers) {
        lock.lock();
        try {
            if (turn.cartridge() == null) {
                seat.visited = false;
                seat.lying = lingers ? seat.lying : null;
                seat.mounted = seat.lying;
                seat.since = clock.getAsLong();
            } else {
                seat.inside--;
                seat.lying = turn.cartridge().equals(seat.lying) ? seat.lying : null;
                seat.rests = lingers ? clock.getAsLong() : clock.getAsLong() - rules.linger().toNanos();
            }
            carryOut();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Its holder is through with what lies in this drive: nobody has to wait for a moment to pass. */
    public void leave(int drive) {
        lock.lock();
        try {
            Seat seat = seats.get(drive);
            seat.rests = Math.min(seat.rests, clock.getAsLong() - rules.linger().toNanos());
            carryOut();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether somebody waits for any drive, or for this one itself, or none is to wait any more. */
    boolean isAwaited(Seat seat) {
        lock.lock();
        try {
            return closed || seat.errands > 0 || asks.values().stream().anyMatch(ask -> ask.granted == null);
        } finally {
            lock.unlock();
        }
    }

    private void release() {
        long now = clock.getAsLong();
        for (Seat seat : seats) {
            boolean rests = seat.holder != null && seat.inside == 0;
            if (rests && (seat.yielding || view.health(seat.number) == Health.OUT || now - seat.rests >= rules.linger(isWanted(seat)).toNanos())) {
                seat.release();
            }
        }
    }

    /** Whether somebody waits for what lies there, for another purpose than its holder's. */
    private boolean isWanted(Seat seat) {
        return asks.values().stream().anyMatch(ask -> ask.granted == null && ask.cartridge.equals(seat.holder.cartridge()));
    }

    private List<Lease> plan(long now) {
        List<MountRequest> requests = new ArrayList<>();
        asks.values().stream().filter(ask -> ask.granted == null && !isBound(ask.cartridge))
                .forEach(ask -> requests.add(MountRequest.of(ask.id, ask.purpose, ask.cartridge, Duration.ofNanos(now - ask.since))));
        seats.stream().filter(seat -> seat.mounted != null && view.isSoonWanted(seat.number)).forEach(seat -> requests.add(MountRequest.later(seat.mounted)));
        return Leases.plan(rules, requests, seats.stream().map(seat -> seat.now(view.health(seat.number), now)).toList());
    }

    private void carryOut() {
        release();
        long now = clock.getAsLong();
        boolean again = false;
        for (Lease lease : plan(now)) {
            Seat seat = seats.get(lease.drive());
            switch (lease) {
                case Lease.Grant grant -> {
                    seat.take(grant.request(), now);
                    asks.get(grant.request().id()).granted = seat;
                    // it is kept until the one who waits has noticed
                    seat.inside = 1;
                    changed.signalAll();
                }
                case Lease.Yield yield -> {
                    seat.yielding = true;
                    again |= seat.inside == 0;
                }
                case Lease.Unmount unmount -> { }
            }
        }
        if (again) {
            carryOut();
        }
    }

    private void requireOpen() throws BackupException {
        if (closed) {
            throw BackupException.device("device.closed", where, "the library " + where + " is closed; open it again", null);
        }
    }

    private void requireAny(String cartridge) throws BackupException {
        if (seats.stream().allMatch(seat -> view.health(seat.number) == Health.OUT)) {
            throw BackupException.device("drive.away", where, where + ": every drive is out of use, cartridge " + cartridge
                    + " can't be loaded; \"azekura library show\" says why, \"azekura library drive NAME N up\" takes one in again", null);
        }
    }

    /** Whoever waits is told. */
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
