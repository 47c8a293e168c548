package org.azekura.storagenode.cartridge.volume;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.azekura.api.BackupException;
import org.azekura.api.VolumeId;
import org.azekura.api.device.Drive;
import org.azekura.api.device.Position;
import org.azekura.api.device.WriteResult;
import org.azekura.engine.tape.TapeBlock;
import org.azekura.storagenode.cartridge.blob.Trouble;
import org.azekura.storagenode.cartridge.blob.Waiting;
import org.azekura.storagenode.cartridge.drive.Bay;
import org.azekura.storagenode.cartridge.note.Contents;
import org.azekura.storagenode.cartridge.note.Noted;
import org.azekura.storagenode.cartridge.note.Tail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes objects behind a volume's end, all that wait at once. In a drive that the caller has; used once. */
final class Append {

    private static final Logger LOG = LoggerFactory.getLogger(Append.class);

    private final Bay bay;
    private final VolumeId volume;
    private final Footing footing;
    private final Predicate<String> taken;
    private final Room room;
    private final String where;
    private final int payload;
    private final List<Noted> objects = new ArrayList<>();
    private final List<Waiting> written = new ArrayList<>();
    /** Whether there is a blob of that name, as far as this batch changes it. */
    private final Map<String, Boolean> changed = new HashMap<>();
    private Tail tail;
    /** Whether an object was begun behind the others, and is not whole. */
    private boolean torn;
    /** Whether it ended because of that, though there may be room. */
    private boolean cut;
    /** Null where little is to be written. */
    private Feed feed;

    /**
     * @param taken whether the pool has a blob of that name
     * @param room  is told what the drive says of it
     */
    Append(Bay bay, VolumeId volume, Scan scan, Contents contents, Predicate<String> taken, Room room, String where) throws BackupException {
        this.bay = bay;
        this.volume = volume;
        this.footing = new Footing(bay, scan, volume, where);
        this.taken = taken;
        this.room = room;
        this.where = where;
        this.tail = contents.tail();
        this.payload = payload(bay.drive());
    }

    private static int payload(Drive drive) throws BackupException {
        Drive.Capabilities can = drive.capabilities();
        int most = Math.min(TapeBlock.MAX, can.maxBlock()) - TapeBlock.HEADER;
        if (can.minBlock() > TapeBlock.HEADER || most < 4096) {
            throw BackupException.device("device.unsupported", drive.location(), drive.location() + " takes blocks of " + can.minBlock() + " to " + can.maxBlock()
                    + " bytes; a volume needs some of " + TapeBlock.HEADER + " and some of 8192", null);
        }
        return most;
    }

    /** What is on the tape now, and was not before. */
    List<Noted> objects() {
        return objects;
    }

    Tail tail() {
        return tail;
    }

    /** Whether something of an object stands behind the end. */
    boolean isTorn() {
        return torn;
    }

    /** Whether it ended early because of one that could not be read: that stays where nothing can be overwritten, and what comes next goes behind it. */
    boolean isCut() {
        return cut;
    }

    /**
     * Writes them in their order, up to the first for which there is no room, or until somebody comes first who waits for the drive, and brings them to the tape
     * with one sync. Those whose name is taken fail; the
     * others are written once {@link #done} is called.
     *
     * @throws BackupException nothing is known of any of them; {@code media.end}: there is no room for what the drive had taken already
     */
    void write(List<Waiting> all) throws BackupException {
        // What is there already is not read for nothing.
        try (Feed reading = Feed.of(all.stream().filter(one -> !taken.test(one.key())).toList(), payload)) {
            feed = reading;
            for (Waiting one : all) {
                if (!one.isDone() && (!written.isEmpty() && bay.givesWay() || !write(one))) {
                    break;
                }
            }
        } finally {
            feed = null;
        }
        if (!written.isEmpty()) {
            sync();
            if (!isOnTape()) {
                LOG.warn("{}: the drive said that all is on the tape, and then that it is not; it is told once more", where);
                sync();
                if (!isOnTape()) {
                    throw BackupException.media("media.write", where, where + ": the drive says that all is on the tape, and that it ends at "
                            + bay.drive().onTape() + ", expected " + tail.end() + "; try another drive, or another cartridge", null);
                }
            }
        }
    }

    private void sync() throws BackupException {
        if (!note(bay.sync())) {
            throw Trouble.end(where);
        }
    }

    /** As far as the drive can tell, which stands behind what was written here. */
    private boolean isOnTape() throws BackupException {
        // a drive that has names of its own for places does not count objects in them
        return objects.isEmpty() || !tail.end().token().isEmpty() || !bay.drive().capabilities().onTape() || bay.drive().onTape().compareTo(tail.end()) >= 0;
    }

    /** Tells those who wait. */
    void done() {
        written.forEach(Waiting::written);
    }

    /** False if there is no room for it. */
    private boolean write(Waiting one) throws BackupException {
        boolean there = changed.getOrDefault(one.key(), taken.test(one.key()));
        if (one.hasBegun() && there != one.isDeletion()) {
            // The drive lost its place, and what was written before that was found on the tape.
            written.add(one);
            return true;
        }
        if (one.isDeletion() != there && !one.isMark()) {
            if (one.isDeletion()) {
                one.written();
            } else {
                one.failed(Trouble.taken(where, one.key()));
            }
            return true;
        }
        if (room.isShort(one.size())) {
            return false;
        }
        if (!object(one)) {
            bay.moved();
            // One that could not be read has failed; that says nothing of the room.
            cut = one.isDone() && torn && room.isWrittenOnce();
            return one.isDone() && !cut;
        }
        changed.put(one.key(), !one.isDeletion());
        written.add(one);
        return true;
    }

    /** False if there is no room for it. */
    private boolean object(Waiting one) throws BackupException {
        footing.atEnd(tail, objects.isEmpty());
        one.begin();
        Noted object = new Noted(one.key(), one.isDeletion(), tail.serial() + 1, tail.number(), payload, one.size(), tail.end());
        for (int i = 0; i < object.blocks(); i++) {
            ByteBuffer block = content(object, i, one);
            if (block == null) {
                return false;
            }
            footing.before(object, i, tail);
            torn = true;
            if (!note(bay.drive().write(seal(object, i, block)))) {
                return false;
            }
        }
        footing.before(object, object.blocks(), tail);
        if (!note(bay.drive().writeFilemarks(1, true))) {
            return false;
        }
        Position end = bay.drive().position();
        if (end.compareTo(tail.end()) <= 0) {
            bay.forget();
            throw Trouble.suspect(where, "it was moved by somebody else: written from " + tail.end() + " on, the drive stands at " + end, null);
        }
        footing.behind(object, end);
        objects.add(object);
        tail = object.tail(tail, end);
        torn = false;
        return true;
    }

    private boolean note(WriteResult result) {
        room.said(result);
        return result.isWritten();
    }

    /** A block without its header; null if the blob can't be read, which is nobody's fault but its own. */
    private ByteBuffer content(Noted object, int index, Waiting one) throws BackupException {
        int length = object.content(index) + (index == 0 ? object.head().length() : 0);
        try {
            if (feed != null && feed.reads(one)) {
                return feed.take(one, index);
            }
            ByteBuffer block = bay.outgoing().limit(TapeBlock.HEADER + length);
            if (!one.isDeletion()) {
                one.content().read(object.offset(index), block.position(TapeBlock.HEADER + length - object.content(index)));
            }
            return block;
        } catch (BackupException e) {
            one.failed(e);
            return null;
        }
    }

    private ByteBuffer seal(Noted object, int index, ByteBuffer block) {
        if (index == 0) {
            object.head().write(block.position(TapeBlock.HEADER));
        }
        int length = block.limit() - TapeBlock.HEADER;
        new TapeBlock(volume, object.number() + index, object.serial(), index, index == object.blocks() - 1, object.deletion(), length).seal(block);
        return block;
    }
}
