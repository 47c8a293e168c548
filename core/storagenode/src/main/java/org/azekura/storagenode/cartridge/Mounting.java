package org.azekura.storagenode.cartridge;

import java.util.Optional;
import java.util.function.Predicate;
import org.azekura.api.BackupException;
import org.azekura.api.Failure;
import org.azekura.api.PoolName;
import org.azekura.api.device.Barcode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gets the volume of a pool into a drive, wherever it is, and makes one of a blank cartridge. One thread at a time, but for what says else. */
final class Mounting {

    /** Resets come in groups. */
    private static final int TRIES = 3;
    private static final Logger LOG = LoggerFactory.getLogger(Mounting.class);

    private final Tape tape;
    private final Shelf shelf;
    private final PoolName pool;
    private final Optional<Barcode> wanted;
    private final Room room;
    /** Null until the volume was found, and read to its end. */
    private volatile Volume volume;

    Mounting(Tape tape, Shelf shelf, PoolName pool, Optional<Barcode> wanted, Room room) {
        this.tape = tape;
        this.shelf = shelf;
        this.pool = pool;
        this.wanted = wanted;
        this.room = room;
    }

    /** Something that is done in the drive in which the volume is. */
    interface Work<T> {
        T on(Bay bay) throws BackupException;
    }

    /** Null if it was not found yet. Any thread. */
    Volume volume() {
        return volume;
    }

    /** For people. Any thread. */
    String where() {
        Volume known = volume;
        Optional<Barcode> barcode = known == null ? wanted : known.barcode();
        return shelf.where() + barcode.map(value -> ", cartridge " + value).orElse("");
    }

    /** Of the cartridge that the volume is on, once it was found. Any thread. */
    Optional<Barcode> barcode() {
        Volume known = volume;
        return known == null ? Optional.empty() : known.barcode();
    }

    /** Whether who names this cartridge, or none, means this. Any thread. */
    boolean isAlsoFor(Optional<Barcode> barcode) {
        Volume known = volume;
        return wanted.equals(barcode) || known != null && (barcode.isEmpty() || barcode.equals(known.barcode()));
    }

    /** Looks for the pool's cartridge; reads it if there is one. */
    Choosing.Choice find() throws BackupException {
        for (int i = 1;; i++) {
            try {
                Choosing.Choice choice = shelf.choosing().choose(pool, wanted).orElse(null);
                if (choice != null && choice.first() instanceof First.Labelled labelled) {
                    open(choice.cartridge(), labelled);
                }
                return choice;
            } catch (BackupException e) {
                if (i == TRIES || !Trouble.isLost(e)) {
                    throw e;
                }
            }
        }
    }

    private void open(Robot.Found cartridge, First.Labelled labelled) throws BackupException {
        Volume found = new Volume(cartridge.barcode(), labelled, shelf.note(labelled.label().volume()));
        Bay bay = mounted(found);
        try {
            shelf.choosing().claim(cartridge, pool);
            if (found.isFinished()) {
                volume = found;
            } else {
                LOG.warn("{}: the labelling of cartridge {} was cut off, and begins anew", shelf.where(), cartridge.barcode().map(Barcode::value).orElse("?"));
                bay.forget();
            }
        } finally {
            bay.unlock();
        }
    }

    /** Has the volume in a drive, whose lock the caller gets; its end is proven. */
    private Bay mounted(Volume found) throws BackupException {
        Bay there = shelf.bays().of(tape);
        if (there != null) {
            return there;
        }
        for (Robot.Found cartridge : shelf.choosing().candidates(found.barcode())) {
            Loaded loaded = shelf.bays().load(cartridge);
            boolean fine = false;
            try {
                if (found.isOn(loaded.first())) {
                    room.of(loaded.bay().drive(), loaded.cartridge());
                    found.settle(loaded.bay(), at(found, loaded.bay()));
                    loaded.bay().has(tape);
                    fine = true;
                    return loaded.bay();
                }
                shelf.choosing().remember(cartridge.barcode(), loaded.first());
                if (cartridge.barcode().isPresent() && cartridge.barcode().equals(found.barcode())) {
                    throw BackupException.media("volume.foreign", where(), where() + " begins with " + loaded.first() + ", expected volume "
                            + found.id() + " of pool " + pool + "; look where that cartridge is", null);
                }
            } finally {
                if (!fine) {
                    loaded.bay().forget();
                    loaded.bay().unlock();
                }
            }
        }
        throw shelf.choosing().missing(pool, found.barcode());
    }

    private static String at(Volume found, Bay bay) {
        return found.barcode().map(value -> "cartridge " + value).orElse("the cartridge") + " in " + bay.drive().location();
    }

    /** Does this in the drive in which the volume is; again if what went wrong says that this can help. */
    <T> T onTape(Volume found, Predicate<BackupException> helps, Work<T> work) throws BackupException {
        for (int i = 1;; i++) {
            Bay bay = null;
            boolean fine = false;
            try {
                bay = mounted(found);
                T result = work.on(bay);
                fine = true;
                return result;
            } catch (BackupException e) {
                fine = bay != null && isOfMedium(e);
                if (fine) {
                    bay.moved();
                }
                if (i == TRIES || !helps.test(e)) {
                    throw Trouble.at(where(), e);
                }
                LOG.warn("{}: {}; the cartridge is looked at again", where(), e.getMessage());
            } finally {
                if (bay != null) {
                    leave(bay, fine);
                }
            }
        }
    }

    private static void leave(Bay bay, boolean fine) {
        if (!fine) {
            bay.forget();
        }
        bay.unlock();
    }

    /** Whether it says something of what lies there, and the drive itself is well. */
    private static boolean isOfMedium(BackupException e) {
        return e.failure().kind() == Failure.Kind.CORRUPT || Trouble.is(e, "media.read");
    }

    /**
     * Makes a volume with this label and what was kept for it; false if there is one.
     *
     * @throws BackupException {@code volume.missing} if there is no blank cartridge, {@code volume.quarantined}, {@code volume.label}
     */
    boolean label(First.Labelled label, Held held) throws BackupException {
        Choosing.Choice choice = find();
        if (volume != null) {
            return false;
        }
        if (choice == null || !shelf.choosing().claim(choice.cartridge(), pool)) {
            throw Trouble.missing(shelf.where(), "there is no blank cartridge for pool " + pool + "; put one in");
        }
        Loaded loaded = shelf.bays().load(choice.cartridge());
        boolean fine = false;
        try {
            boolean same = loaded.first() instanceof First.Blank
                    || choice.first() instanceof First.Labelled before && new Volume(choice.cartridge().barcode(), before, null).isOn(loaded.first());
            if (!same) {
                throw Trouble.quarantined(shelf.where() + ", cartridge " + choice.cartridge().barcode().map(Barcode::value).orElse("?"),
                        "it begins with " + loaded.first() + ", expected nothing");
            }
            room.of(loaded.bay().drive(), loaded.cartridge());
            Volume made = new Volume(choice.cartridge().barcode(), label, shelf.note(label.label().volume()));
            made.label(loaded, held, room, at(made, loaded.bay()));
            shelf.choosing().remember(choice.cartridge().barcode(), label);
            loaded.bay().has(tape);
            volume = made;
            held.clear();
            fine = true;
        } finally {
            leave(loaded.bay(), fine);
        }
        return true;
    }
}
