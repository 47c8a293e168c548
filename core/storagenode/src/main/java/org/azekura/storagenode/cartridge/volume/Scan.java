package org.azekura.storagenode.cartridge.volume;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.VolumeId;
import org.azekura.api.device.Position;
import org.azekura.api.device.ReadResult;
import org.azekura.api.device.SpaceResult;
import org.azekura.engine.tape.BlobHead;
import org.azekura.engine.tape.TapeBlock;
import org.azekura.storagenode.cartridge.blob.Trouble;
import org.azekura.storagenode.cartridge.drive.Bay;
import org.azekura.storagenode.cartridge.drive.Bays;
import org.azekura.storagenode.cartridge.note.Noted;
import org.azekura.storagenode.cartridge.note.Tail;

/** Proves where a volume ends, and reads what stands behind that. In a drive that the caller has. */
final class Scan {

    /** What was found is told after so many objects. */
    private static final int STEP = 256;

    private final Bay bay;
    private final VolumeId volume;
    private final byte[] label;
    private final String where;
    private final List<Noted> found = new ArrayList<>();
    /** Whether what was read last could be read, and is nothing that we write. */
    private boolean foreign;
    private boolean passed;
    /** The same of what was gone over last, as long as nobody knows what comes behind it. */
    private boolean passing;

    /** Takes what was found, in order, and where it ends. */
    interface Sink {
        void take(List<Noted> objects, Tail end) throws BackupException;
    }

    /** How what begins here goes on. */
    private enum Kind { WHOLE, DAMAGED, ENDS }

    Scan(Bay bay, VolumeId volume, byte[] label, String where) {
        this.bay = bay;
        this.volume = volume;
        this.label = label;
        this.where = where;
    }

    /**
     * Goes to the end, by way of what must stand before it.
     *
     * @throws BackupException {@code volume.suspect} if it does not stand there
     */
    void prove(Tail tail) throws BackupException {
        try {
            look(tail);
        } catch (BackupException e) {
            if (!Trouble.is(e, "volume.suspect")) {
                throw e;
            }
            // Somebody may have moved the tape in between.
            look(tail);
        }
    }

    private void look(Tail tail) throws BackupException {
        String problem;
        try {
            problem = problem(tail);
        } catch (BackupException e) {
            String code = e.failure().code();
            if (code.equals(TapeBlock.CORRUPT) || code.startsWith("media.") && !code.equals("media.key")) {
                throw Trouble.suspect(where, "before its end at " + tail.end() + " stands not what was written there: " + e.getMessage(), e);
            }
            throw e;
        }
        if (problem == null) {
            Position at = bay.drive().position();
            problem = at.equals(tail.end()) ? null : "the drive stands at " + at;
        }
        if (problem != null) {
            throw Trouble.suspect(where, "at its end, expected at " + tail.end() + " behind object " + tail.serial() + ", " + problem, null);
        }
        bay.provenAt(tail.end());
    }

    private String problem(Tail tail) throws BackupException {
        if (tail.blocks() == 0) {
            bay.goTo(tail.end(), 0);
            return null;
        }
        if (tail.serial() == 0) {
            return Bays.isLabel(bay, label) ? null : "the label is not there";
        }
        if (!bay.goTo(tail.last(), tail.blocks() - 1) || !(bay.read() instanceof ReadResult.Block)) {
            return "there is no block";
        }
        TapeBlock block = TapeBlock.parse(bay.block(), where);
        if (!block.volume().equals(volume) || block.serial() != tail.serial() || block.index() != tail.blocks() - 1 || !block.last()
                || block.number() != tail.number() - 1) {
            return "there is " + block;
        }
        return bay.read() instanceof ReadResult.Filemark ? null : "there is no filemark";
    }

    /**
     * Reads on from the end, where the drive stands, to that of the data.
     *
     * @return where the volume ends
     * @throws BackupException {@code volume.suspect} if somebody else's data begin there
     */
    Tail forward(Tail from, Sink sink) throws BackupException {
        Tail tail = from;
        for (;;) {
            Position at = bay.drive().position();
            int before = found.size();
            boolean afterDamage = tail.blocks() == 0;
            Kind kind = object(tail, at, afterDamage);
            if (kind != Kind.WHOLE) {
                // Somebody may have moved the tape: what is at the right place is said by a second look only.
                bay.drive().locate(at);
                kind = object(tail, at, afterDamage);
            }
            if (kind == Kind.DAMAGED) {
                kind = pass(at);
            }
            if (kind == Kind.ENDS) {
                sink.take(List.copyOf(found), tail);
                if (foreign) {
                    throw Trouble.suspect(where, "behind its end at " + at + " begins something that is not ours", null);
                }
                return tail;
            }
            if (afterDamage && kind == Kind.WHOLE) {
                // Where no number is missing, nothing is: it was cut off, on a cartridge that is written once.
                passed |= passing && found.getLast().number() != tail.number();
                passing = false;
            }
            Position end = bay.drive().position();
            tail = found.size() > before ? found.getLast().tail(tail, end) : tail.behindDamage(at, end);
            if (found.size() >= STEP) {
                sink.take(List.copyOf(found), tail);
                found.clear();
            }
        }
    }

    /** Goes over what is left of an object. */
    private Kind pass(Position at) throws BackupException {
        bay.drive().locate(at);
        boolean goesOn = bay.drive().spaceFilemarks(1).stop() == SpaceResult.Stop.COUNT;
        passing |= goesOn;
        return goesOn ? Kind.DAMAGED : Kind.ENDS;
    }

    /** Whether it went over an object of which it is not known what it is. */
    boolean hasPassedDamage() {
        return passed || passing;
    }

    private Kind object(Tail tail, Position at, boolean afterDamage) throws BackupException {
        foreign = false;
        try {
            return switch (bay.read()) {
                case ReadResult.EndOfData end -> Kind.ENDS;
                case ReadResult.Filemark mark -> Kind.DAMAGED;
                case ReadResult.TooLong tooLong -> {
                    foreign = true;
                    yield Kind.DAMAGED;
                }
                case ReadResult.Block block -> object(tail, at, afterDamage, bay.block());
            };
        } catch (BackupException e) {
            if (Trouble.is(e, TapeBlock.CORRUPT) || Trouble.is(e, "media.read")) {
                return Kind.DAMAGED;
            }
            throw e;
        }
    }

    private Kind object(Tail tail, Position at, boolean afterDamage, ByteBuffer bytes) throws BackupException {
        foreign = true;
        TapeBlock first = TapeBlock.parse(bytes, where);
        foreign = !first.volume().equals(volume);
        boolean follows = afterDamage ? first.serial() > tail.serial() && first.number() >= tail.number()
                : first.serial() == tail.serial() + 1 && first.number() == tail.number();
        if (foreign || !first.first() || !follows) {
            return Kind.DAMAGED;
        }
        BlobHead head = BlobHead.read(bytes, where);
        Noted object = new Noted(head.key(), first.deletion(), first.serial(), first.number(), first.length(), head.size(), at);
        if (!object.isPossible() || first.last() != (object.blocks() == 1)) {
            return Kind.DAMAGED;
        }
        Kind rest = object.blocks() == 1 ? Kind.WHOLE : rest(object);
        return rest == Kind.WHOLE ? mark(object) : rest;
    }

    /** Goes to the last block and reads it: a pack is read through sooner than a drive finds its end. */
    private Kind rest(Noted object) throws BackupException {
        int last = object.blocks() - 1;
        bay.standsBehind(object, 0);
        boolean there = last == 1 || bay.readOn(object, last);
        boolean strayed = !there && !bay.standsBefore(object, 1);
        bay.moved();
        if (strayed) {
            bay.goTo(object.at(), 1);
        }
        SpaceResult went = there ? new SpaceResult(0, SpaceResult.Stop.COUNT) : bay.drive().spaceBlocks(last - 1);
        if (went.stop() == SpaceResult.Stop.END_OF_DATA) {
            return Kind.ENDS;
        }
        if (went.stop() != SpaceResult.Stop.COUNT) {
            return Kind.DAMAGED;
        }
        return switch (bay.read()) {
            case ReadResult.EndOfData end -> Kind.ENDS;
            case ReadResult.Filemark mark -> Kind.DAMAGED;
            case ReadResult.TooLong tooLong -> Kind.DAMAGED;
            case ReadResult.Block block -> object.isBlock(volume, last, TapeBlock.parse(bay.block(), where)) ? Kind.WHOLE : Kind.DAMAGED;
        };
    }

    private boolean isNext(Noted object) throws BackupException {
        TapeBlock next = TapeBlock.parse(bay.block(), where);
        return next.volume().equals(volume) && next.first() && next.serial() == object.serial() + 1;
    }

    private Kind mark(Noted object) throws BackupException {
        Kind kind = switch (bay.read()) {
            case ReadResult.EndOfData end -> Kind.ENDS;
            case ReadResult.Filemark mark -> Kind.WHOLE;
            case ReadResult.TooLong tooLong -> Kind.DAMAGED;
            // A drive that loses a filemark, and says nothing, has not lost the object before it.
            case ReadResult.Block block -> isNext(object) && bay.skip(-1) ? Kind.WHOLE : Kind.DAMAGED;
        };
        if (kind == Kind.WHOLE) {
            found.add(object);
        }
        return kind;
    }
}
