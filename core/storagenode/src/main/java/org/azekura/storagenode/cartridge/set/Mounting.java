package org.azekura.storagenode.cartridge.set;

import java.util.function.IntSupplier;
import java.util.function.Predicate;
import org.azekura.api.BackupException;
import org.azekura.api.Failure;
import org.azekura.api.PoolName;
import org.azekura.storagenode.cartridge.blob.Lane;
import org.azekura.storagenode.cartridge.blob.Trouble;
import org.azekura.storagenode.cartridge.drive.Bay;
import org.azekura.storagenode.cartridge.drive.Bays;
import org.azekura.storagenode.cartridge.drive.First;
import org.azekura.storagenode.cartridge.drive.Loaded;
import org.azekura.storagenode.cartridge.drive.Robot;
import org.azekura.storagenode.cartridge.volume.Room;
import org.azekura.storagenode.cartridge.volume.Volume;
import org.azekura.storagenode.lease.MountRequest.Purpose;
import org.azekura.storagenode.lease.Turn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gets a volume into a drive, wherever its cartridge is, and lets one after the other work with it there. Safe for any number of threads. */
final class Mounting {

    /** Resets come in groups. */
    private static final int TRIES = 3;
    private static final Logger LOG = LoggerFactory.getLogger(Mounting.class);

    private final Tape tape;
    private final Shelf shelf;
    private final PoolName pool;
    private final Volume volume;
    private final Room room;
    private final Lane lane;

    Mounting(Tape tape, Shelf shelf, PoolName pool, Volume volume, Room room) {
        this.tape = tape;
        this.shelf = shelf;
        this.pool = pool;
        this.volume = volume;
        this.room = room;
        this.lane = new Lane(shelf.bays()::steps);
    }

    /** Something that is done in the drive in which the volume is. */
    interface Work<T> {
        T on(Bay bay) throws BackupException;
    }

    /** For people. */
    String where() {
        return shelf.where() + volume.barcode().map(value -> ", cartridge " + value).orElse("");
    }

    /** For people: which cartridge in which drive. */
    String at(Bay bay) {
        return volume.barcode().map(value -> "cartridge " + value).orElse("the cartridge") + " in " + bay.drive().location();
    }

    /** Has it loaded and looked at. Whether all that belongs to its label was written. */
    boolean open() throws BackupException {
        Bay bay = mounted(Purpose.READ);
        boolean fine = false;
        try {
            fine = volume.isFinished();
            return fine;
        } finally {
            end(bay, fine);
        }
    }

    /** Has the volume in a drive, in a turn with it: the caller gets lane and lock, and {@link #end ends} all three. Its end is proven. */
    private Bay mounted(Purpose purpose) throws BackupException {
        for (int i = 0; i < Bays.TRIES; i++) {
            Bay there = shelf.bays().with(tape);
            if (there == null || shelf.bays().isOut(there)) {
                break;
            }
            Bay bay = taken(shelf.bays().enter(purpose, there));
            if (bay.tape() == tape) {
                return bay;
            }
            end(bay, true);
        }
        for (Robot.Found cartridge : shelf.choosing().candidates(volume.barcode())) {
            requireKnown(cartridge);
            Bay bay = fetched(purpose, cartridge);
            if (bay != null) {
                return bay;
            }
        }
        throw shelf.choosing().missing(pool, volume);
    }

    /** The drive of a turn. Who waits for a drive must not keep the lane: others may have the volume in one. */
    private Bay taken(Turn turn) throws BackupException {
        boolean laned = false;
        boolean locked = false;
        try {
            lane.lock(where());
            laned = true;
            Bay bay = shelf.bays().locked(turn);
            locked = true;
            return bay;
        } finally {
            if (!locked) {
                turn.close();
                if (laned) {
                    lane.unlock();
                }
            }
        }
    }

    /** Null if it is another one. */
    private Bay fetched(Purpose purpose, Robot.Found cartridge) throws BackupException {
        Robot.Found there = cartridge;
        for (int i = 0; i < Bays.TRIES && there != null; i++) {
            Bay bay = taken(shelf.bays().enter(purpose, there, true));
            boolean fine = false;
            try {
                // who waited, too, and came first has brought it
                fine = bay.tape() == tape;
                Loaded loaded = fine ? null : shelf.bays().load(bay, there);
                if (loaded != null) {
                    fine = isThis(loaded, cartridge);
                }
                if (fine || loaded != null) {
                    return fine ? bay : null;
                }
            } finally {
                if (!fine) {
                    end(bay, false);
                }
            }
            there = shelf.robot().again(cartridge);
        }
        throw shelf.bays().moved(cartridge);
    }

    private boolean isThis(Loaded loaded, Robot.Found cartridge) throws BackupException {
        if (volume.isOn(loaded.first())) {
            shelf.owners().met(cartridge.barcode(), volume.labelled());
            room.of(loaded.bay().drive(), loaded.cartridge());
            volume.settle(loaded.bay(), at(loaded.bay()));
            loaded.bay().has(tape);
            return true;
        }
        shelf.owners().remember(cartridge.barcode(), loaded.first());
        if (cartridge.barcode().isPresent() && cartridge.barcode().equals(volume.barcode())) {
            shelf.strangers().met(cartridge.barcode().get(), loaded.first());
            throw stranger(loaded.first());
        }
        return false;
    }

    /** One that was met before is another one still; to whoever knows another volume by its barcode it may be the right one. */
    private void requireKnown(Robot.Found cartridge) throws BackupException {
        First met = cartridge.barcode().equals(volume.barcode()) ? cartridge.barcode().map(shelf.strangers()::first).orElse(null) : null;
        if (met != null && !volume.isOn(met)) {
            throw stranger(met);
        }
    }

    private BackupException stranger(First met) {
        return BackupException.media("volume.foreign", where(), where() + " begins with " + met + ", expected " + volume.labelled()
                + "; take it out, and put the right one in its place", null);
    }

    /** Does this, which needs no drive, when nobody is at the volume. */
    void whenFree(Runnable work) throws BackupException {
        lane.take(where(), () -> {
            work.run();
            return null;
        });
    }

    /** Does this, which needs no drive, if nobody is at the volume; else it is not done. */
    int inBetween(IntSupplier work, int otherwise) {
        if (!lane.tryLock()) {
            return otherwise;
        }
        try {
            return work.getAsInt();
        } finally {
            lane.unlock();
        }
    }

    /** Does this in the drive in which the volume is; again if what went wrong says that this can help. */
    <T> T onTape(Purpose purpose, Predicate<BackupException> helps, Work<T> work) throws BackupException {
        for (int i = 1;; i++) {
            Bay bay = null;
            boolean fine = false;
            try {
                bay = mounted(purpose);
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
                    end(bay, fine);
                }
            }
        }
    }

    private void end(Bay bay, boolean fine) {
        leave(bay, fine);
        lane.unlock();
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
