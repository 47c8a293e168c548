package org.azekura.storagenode.cartridge;

import java.util.function.Predicate;
import org.azekura.api.BackupException;
import org.azekura.api.Failure;
import org.azekura.api.PoolName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gets a volume into a drive, wherever its cartridge is. One thread at a time, but for what says else. */
final class Mounting {

    /** Resets come in groups. */
    private static final int TRIES = 3;
    private static final Logger LOG = LoggerFactory.getLogger(Mounting.class);

    private final Tape tape;
    private final Shelf shelf;
    private final PoolName pool;
    private final Volume volume;
    private final Room room;

    Mounting(Tape tape, Shelf shelf, PoolName pool, Volume volume, Room room) {
        this.tape = tape;
        this.shelf = shelf;
        this.pool = pool;
        this.volume = volume;
        this.room = room;
    }

    /** Something that is done in the drive in which the volume is. */
    interface Work<T> {
        T on(Bay bay) throws BackupException;
    }

    /** For people. Any thread. */
    String where() {
        return shelf.where() + volume.barcode().map(value -> ", cartridge " + value).orElse("");
    }

    /** For people: which cartridge in which drive. */
    String at(Bay bay) {
        return volume.barcode().map(value -> "cartridge " + value).orElse("the cartridge") + " in " + bay.drive().location();
    }

    /** Has it loaded and looked at. Whether all that belongs to its label was written. */
    boolean open() throws BackupException {
        Bay bay = mounted();
        try {
            if (!volume.isFinished()) {
                bay.forget();
            }
            return volume.isFinished();
        } finally {
            bay.unlock();
        }
    }

    /** Has the volume in a drive, whose lock the caller gets; its end is proven. */
    private Bay mounted() throws BackupException {
        Bay there = shelf.bays().of(tape);
        if (there != null) {
            return there;
        }
        for (Robot.Found cartridge : shelf.choosing().candidates(volume.barcode())) {
            Loaded loaded = shelf.bays().load(cartridge);
            boolean fine = false;
            try {
                if (volume.isOn(loaded.first())) {
                    room.of(loaded.bay().drive(), loaded.cartridge());
                    volume.settle(loaded.bay(), at(loaded.bay()));
                    loaded.bay().has(tape);
                    fine = true;
                    return loaded.bay();
                }
                shelf.choosing().remember(cartridge.barcode(), loaded.first());
                if (cartridge.barcode().isPresent() && cartridge.barcode().equals(volume.barcode())) {
                    throw BackupException.media("volume.foreign", where(), where() + " begins with " + loaded.first() + ", expected volume "
                            + volume.id() + " of pool " + pool + "; look where that cartridge is", null);
                }
            } finally {
                if (!fine) {
                    leave(loaded.bay(), false);
                }
            }
        }
        throw shelf.choosing().missing(pool, volume);
    }

    /** Does this in the drive in which the volume is; again if what went wrong says that this can help. */
    <T> T onTape(Predicate<BackupException> helps, Work<T> work) throws BackupException {
        for (int i = 1;; i++) {
            Bay bay = null;
            boolean fine = false;
            try {
                bay = mounted();
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

    /** Lets go of a drive; what is in it, and where it stands, is believed if all went well. */
    static void leave(Bay bay, boolean fine) {
        if (!fine) {
            bay.forget();
        }
        bay.unlock();
    }

    /** Whether it says something of what lies there, and the drive itself is well. */
    private static boolean isOfMedium(BackupException e) {
        return e.failure().kind() == Failure.Kind.CORRUPT || Trouble.is(e, "media.read");
    }
}
