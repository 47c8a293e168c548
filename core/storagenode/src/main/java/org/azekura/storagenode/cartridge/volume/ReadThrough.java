package org.azekura.storagenode.cartridge.volume;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.azekura.api.BackupException;
import org.azekura.api.VolumeId;
import org.azekura.api.device.Position;
import org.azekura.api.device.ReadResult;
import org.azekura.api.device.SpaceResult;
import org.azekura.api.message.LibraryAnswer;
import org.azekura.engine.tape.BlobHead;
import org.azekura.engine.tape.TapeBlock;
import org.azekura.storagenode.cartridge.blob.Keys;
import org.azekura.storagenode.cartridge.blob.Trouble;
import org.azekura.storagenode.cartridge.drive.Bay;

/**
 * Reads a volume block by block, and tells what it met; believes no note. In a drive that the caller has. A block that can't be read, or is not what it
 * should be, is looked for once more before that is said, and those behind it are read all the same; but for those of an object of which many can't be read, or
 * in which the time for a stretch has passed.
 */
public final class ReadThrough {

    private static final int MOST_OBJECTS = 2048;
    private static final int MOST_DAMAGE = 200;
    /** Who can't read so many of one object goes to the next. */
    private static final int MOST_UNREADABLE = 64;
    /** How many blocks the object before has is not known: the next one says its number. */
    private static final long UNKNOWN = -1;

    private final Bay bay;
    private final VolumeId volume;
    private final String where;
    private final LongSupplier clock;
    private final List<LibraryAnswer.OnTape> found = new ArrayList<>();
    private final List<String> damage = new ArrayList<>();
    private long unreadable;
    private long gaps;
    private long bytes;
    private long serial;
    private long number;
    private long begun;
    private Duration most;
    /** Of an object that is not whole: it was cut off if the next one has its number. Null: none. */
    private String cut;
    private long cutNumber;

    public ReadThrough(Bay bay, VolumeId volume, String where, LongSupplier clock) {
        this.bay = bay;
        this.volume = volume;
        this.where = where;
        this.clock = clock;
    }

    /**
     * Goes on for about so long: not longer than that by more than it takes to read one object, or to try one block that can't be read.
     *
     * @param from null: behind the label, where the drive stands in front of the filemark
     */
    public LibraryAnswer.PassedThrough run(LibraryAnswer.Reached from, Duration atMost) throws BackupException {
        begun = clock.getAsLong();
        most = atMost;
        Position at;
        if (from == null) {
            bay.moved();
            bay.drive().rewind();
            bay.read();
            if (!(bay.read() instanceof ReadResult.Filemark)) {
                damage.add("behind the label is no filemark");
            }
            at = bay.drive().position();
            serial = 1;
            number = 1;
        } else {
            at = from.at();
            serial = from.serial();
            number = from.number();
            bay.moved();
            bay.drive().locate(at);
        }
        while (at != null && (cut != null || found.size() < MOST_OBJECTS && damage.size() < MOST_DAMAGE && !isOver())) {
            at = object(at) ? bay.drive().position() : null;
        }
        settleCut(false);
        return new LibraryAnswer.PassedThrough(List.copyOf(found), List.copyOf(damage), unreadable, gaps, bytes, at == null ? null : new LibraryAnswer.Reached(serial, number, at));
    }

    private boolean isOver() {
        return clock.getAsLong() - begun >= most.toNanos();
    }

    /** What is met of an object while its blocks pass. */
    private static final class Passing {

        private BlobHead head;
        private boolean deletion;
        private int index;
        private boolean whole = true;
        private boolean ended;
        private int bad;

        String name(long serial) {
            return head == null ? "object " + serial : "\"" + head.key() + "\"";
        }
    }

    /** Whether another one may follow. */
    private boolean object(Position at) throws BackupException {
        Passing passing = new Passing();
        for (;;) {
            ReadResult result = read(at, passing);
            switch (result) {
                case null -> { }
                case ReadResult.Block block -> block(at, passing);
                case ReadResult.TooLong tooLong -> bad(at, passing, "a block that is longer than ours");
                case ReadResult.Filemark mark -> {
                    return ended(passing, true);
                }
                case ReadResult.EndOfData end -> {
                    return passing.index > 0 && ended(passing, false);
                }
            }
            boolean gone = passing.bad > MOST_UNREADABLE || passing.bad > 0 && isOver();
            if (gone || result == null && !bay.goTo(at, passing.index)) {
                return left(passing, isFollowed(at));
            }
        }
    }

    /** What is left of it was not looked at. Whether another one may follow. */
    private boolean left(Passing passing, boolean followed) {
        ended(passing, followed);
        number = UNKNOWN;
        return followed;
    }

    /** Goes over what is left of it. */
    private boolean isFollowed(Position at) throws BackupException {
        bay.drive().locate(at);
        return bay.drive().spaceFilemarks(1).stop() == SpaceResult.Stop.COUNT;
    }

    /** Null if it can't be read, also not when that is tried again. */
    private ReadResult read(Position at, Passing passing) throws BackupException {
        for (int i = 0;; i++) {
            try {
                return bay.read();
            } catch (BackupException e) {
                if (!Trouble.is(e, "media.read")) {
                    throw e;
                }
                if (i > 0 || !bay.goTo(at, passing.index)) {
                    bad(at, passing, "it can't be read (" + e.getMessage() + ")");
                    return null;
                }
            }
        }
    }

    private void block(Position at, Passing passing) throws BackupException {
        TapeBlock block;
        try {
            block = parsed(passing);
        } catch (BackupException first) {
            if (!Trouble.is(first, TapeBlock.CORRUPT) || !bay.goTo(at, passing.index) || !(bay.read() instanceof ReadResult.Block)) {
                bad(at, passing, first.getMessage());
                return;
            }
            try {
                block = parsed(passing);
            } catch (BackupException again) {
                bad(at, passing, again.getMessage());
                return;
            }
        }
        settleCut(block.first() && block.serial() == serial && block.number() == cutNumber);
        follows(block, passing, at);
        bytes += TapeBlock.HEADER + block.length();
        passing.deletion |= block.deletion();
        passing.ended = block.last();
        passing.index++;
    }

    private TapeBlock parsed(Passing passing) throws BackupException {
        TapeBlock block = TapeBlock.parse(bay.block(), where);
        if (!block.volume().equals(volume)) {
            throw BackupException.corrupt(TapeBlock.CORRUPT, where, "it is of volume " + block.volume());
        }
        if (passing.index == 0 && block.first()) {
            passing.head = BlobHead.read(bay.block(), where);
        }
        return block;
    }

    /** Whether it has the numbers that come next. */
    private void follows(TapeBlock block, Passing passing, Position at) {
        if (number == UNKNOWN) {
            number = block.number() - block.index();
        }
        if (block.serial() != serial || block.index() != passing.index || block.number() != number + passing.index) {
            gaps++;
            passing.whole &= block.index() == passing.index;
            damage.add("at " + at + " stands block " + block.number() + ", number " + block.index() + " of object " + block.serial() + "; expected block "
                    + (number + passing.index) + ", number " + passing.index + " of object " + serial);
            serial = block.serial();
            number = block.number() - passing.index;
        }
    }

    /** Says that an object is not whole, unless it was cut off on a cartridge that is written once: what follows has its number then. */
    private void settleCut(boolean off) {
        if (cut != null && off) {
            number = cutNumber;
            found.removeLast();
        } else if (cut != null) {
            damage.add(cut);
        }
        cut = null;
    }

    private void bad(Position at, Passing passing, String what) {
        unreadable++;
        passing.bad++;
        passing.whole = false;
        damage.add("block " + passing.index + " of " + passing.name(serial) + " at " + at + ": " + what);
        passing.index++;
    }

    /** @param followed whether something may come behind it */
    private boolean ended(Passing passing, boolean followed) {
        if (passing.index == 0) {
            damage.add("a filemark stands where object " + serial + " should begin");
            return followed;
        }
        boolean whole = passing.whole && passing.ended && passing.head != null;
        if (!whole && passing.bad == 0) {
            cut = passing.name(serial) + " ends behind " + passing.index + " blocks, and is not whole";
            cutNumber = number;
        }
        found.add(passing.head == null ? new LibraryAnswer.OnTape(passing.name(serial), null, false, whole)
                : new LibraryAnswer.OnTape(passing.head.key(), passing.deletion ? null : Keys.pack(passing.head.key()), passing.deletion, whole));
        serial++;
        number = number == UNKNOWN ? UNKNOWN : number + passing.index;
        return followed;
    }
}
