package org.azekura.storagenode.cartridge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.device.Barcode;

/** Finds the cartridge of a pool, by notes and by labels; and a blank one for a new volume. Thread-safe. */
final class Choosing {

    private final String where;
    private final Robot robot;
    private final Bays bays;
    private final CartridgeNotes notes;
    /** What cartridges began with that were looked at and whose label is not noted. */
    private final Map<Barcode, First> seen = new HashMap<>();
    private final Map<Barcode, PoolName> claims = new HashMap<>();

    /** @param cartridge of the pool's volume, or a blank one */
    record Choice(Robot.Found cartridge, First first) {}

    Choosing(String where, Robot robot, Bays bays, CartridgeNotes notes) {
        this.where = where;
        this.robot = robot;
        this.bays = bays;
        this.notes = notes;
    }

    /**
     * Looks into every cartridge that is not known, until the pool's is found.
     *
     * @return empty if there is neither that nor a blank one
     * @throws BackupException {@code volume.missing}, {@code volume.quarantined} if that of the pool can't be used
     */
    Optional<Choice> choose(PoolName pool, Optional<Barcode> wanted) throws BackupException {
        Optional<Barcode> one = wanted.or(() -> notes.of(pool));
        if (one.isPresent() && one.get().isCleaning()) {
            throw Trouble.missing(where, "cartridge " + one.get() + " is a cleaning cartridge; choose another one for pool " + pool);
        }
        List<Robot.Found> all = robot.cartridges();
        boolean named = all.stream().anyMatch(found -> found.barcode().isPresent());
        if (one.isPresent() && named) {
            Optional<Choice> choice = certain(pool, one.get(), wanted.isPresent(), all);
            return choice.isPresent() ? choice : search(pool, all, false);
        }
        return search(pool, all, true);
    }

    private Optional<Choice> certain(PoolName pool, Barcode barcode, boolean wanted, List<Robot.Found> all) throws BackupException {
        Optional<Robot.Found> found = all.stream().filter(each -> each.barcode().equals(Optional.of(barcode))).findFirst();
        if (found.isEmpty()) {
            throw Trouble.missing(where, "the cartridge of pool " + pool + " can't be used: " + robot.whereabouts(barcode));
        }
        First first = look(found.get());
        return switch (first) {
            case First.Labelled labelled when wanted || labelled.label().pool().equals(pool) -> Optional.of(new Choice(found.get(), first));
            case First.Labelled labelled -> Optional.empty();
            case First.Blank blank when wanted -> Optional.of(new Choice(found.get(), first));
            // The note knew better what was there: perhaps the barcode is on another cartridge.
            case First.Blank blank -> Optional.empty();
            case First.Other other -> throw Trouble.quarantined(where + ", cartridge " + barcode, other.why());
        };
    }

    /** @param noted whether notes of other cartridges are believed; not if that of this pool was wrong */
    private Optional<Choice> search(PoolName pool, List<Robot.Found> all, boolean noted) throws BackupException {
        Choice blank = null;
        for (Robot.Found found : all) {
            if (isOfOthers(found, pool, noted)) {
                continue;
            }
            First first = known(found);
            first = first == null ? look(found) : first;
            if (first instanceof First.Labelled labelled && labelled.label().pool().equals(pool)) {
                return Optional.of(new Choice(found, first));
            }
            if (first instanceof First.Blank && (blank == null || found.home() < blank.cartridge().home())) {
                blank = new Choice(found, first);
            }
        }
        return Optional.ofNullable(blank);
    }

    private synchronized boolean isOfOthers(Robot.Found found, PoolName pool, boolean noted) {
        if (found.drive().isPresent() && bays.isTaken(found.drive().getAsInt())) {
            return true;
        }
        return found.barcode().isPresent() && (noted && notes.get(found.barcode().get()).map(owner -> !owner.pool().equals(pool)).orElse(false)
                || !claims.getOrDefault(found.barcode().get(), pool).equals(pool));
    }

    private synchronized First known(Robot.Found found) {
        return found.barcode().map(seen::get).orElse(null);
    }

    /** Has it loaded and looked at, and remembers that. */
    private First look(Robot.Found found) throws BackupException {
        Loaded loaded = bays.load(found);
        try {
            remember(found.barcode(), loaded.first());
            return loaded.first();
        } finally {
            loaded.bay().unlock();
        }
    }

    /** What a cartridge began with when it was looked at. */
    void remember(Optional<Barcode> barcode, First first) {
        if (barcode.isEmpty()) {
            return;
        }
        if (first instanceof First.Labelled labelled) {
            notes.put(barcode.get(), new CartridgeNotes.Owner(labelled.label().volume(), labelled.label().pool()));
        } else {
            notes.remove(barcode.get());
        }
        synchronized (this) {
            seen.put(barcode.get(), first);
        }
    }

    /** Whose a cartridge was when it was looked at last. */
    Optional<CartridgeNotes.Owner> owner(Barcode barcode) {
        return notes.get(barcode);
    }

    /** A look that somebody else took; null: it is not what it was. */
    synchronized void saw(Barcode barcode, First first) {
        if (first == null) {
            seen.remove(barcode);
        } else {
            seen.put(barcode, first);
        }
    }

    /** Cartridges whose label is not noted are looked at anew. */
    synchronized void forgetSeen() {
        seen.clear();
    }

    /** Nobody else gets it, for as long as this library is served; false if another pool has it. */
    synchronized boolean claim(Robot.Found found, PoolName pool) {
        return found.barcode().isEmpty() || pool.equals(claims.computeIfAbsent(found.barcode().get(), barcode -> pool));
    }

    /** The cartridges that may be this one: it, or those in drives that cannot be named, or were not; first where no other volume is. */
    List<Robot.Found> candidates(Optional<Barcode> barcode) throws BackupException {
        List<Robot.Found> found = new ArrayList<>(robot.cartridges());
        found.removeIf(each -> !(barcode.isPresent() && each.barcode().equals(barcode))
                && (each.drive().isEmpty() || barcode.isPresent() && each.barcode().isPresent()));
        found.sort(Comparator.<Robot.Found, Boolean>comparing(each -> !each.barcode().equals(barcode))
                .thenComparing(each -> each.drive().isPresent() && bays.isTaken(each.drive().getAsInt())));
        return found;
    }

    /** Why there is none. */
    BackupException missing(PoolName pool, Optional<Barcode> barcode) throws BackupException {
        return Trouble.missing(where, "the cartridge of pool " + pool + " can't be used: "
                + (barcode.isPresent() ? robot.whereabouts(barcode.get()) : "it is in no drive; put it into one"));
    }
}
