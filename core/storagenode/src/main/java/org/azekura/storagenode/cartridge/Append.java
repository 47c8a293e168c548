package org.azekura.storagenode.cartridge;

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
import org.azekura.engine.tape.BlobHead;
import org.azekura.engine.tape.TapeBlock;

/** Writes objects behind a volume's end, all that wait at once. In a drive that the caller has; used once. */
final class Append {

    private final Bay bay;
    private final VolumeId volume;
    private final Scan scan;
    private final Predicate<String> taken;
    private final Room room;
    private final String where;
    private final int payload;
    private final List<Noted> objects = new ArrayList<>();
    private final List<Waiting> written = new ArrayList<>();
    /** Whether there is a blob of that name, as far as this batch changes it. */
    private final Map<String, Boolean> changed = new HashMap<>();
    private Tail tail;

    /**
     * @param taken whether the pool has a blob of that name
     * @param room  is told what the drive says of it
     */
    Append(Bay bay, VolumeId volume, Scan scan, Contents contents, Predicate<String> taken, Room room, String where) throws BackupException {
        this.bay = bay;
        this.volume = volume;
        this.scan = scan;
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

    /**
     * Writes them in their order, up to the first for which there is no room, and brings them to the tape with one sync. Those whose name is taken fail; the
     * others are written once {@link #done} is called.
     *
     * @throws BackupException nothing is known of any of them; {@code media.end}: there is no room for what the drive had taken already
     */
    void write(List<Waiting> all) throws BackupException {
        for (Waiting one : all) {
            if (!one.isDone() && !write(one)) {
                break;
            }
        }
        if (!written.isEmpty() && !note(bay.sync())) {
            throw Trouble.end(where);
        }
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
                one.failed(BackupException.operator("blob.exists", one.key(), where + " has a blob \"" + one.key() + "\" already"));
            }
            return true;
        }
        if (room.isShort(one.size())) {
            return false;
        }
        if (!object(one)) {
            bay.moved();
            return false;
        }
        changed.put(one.key(), !one.isDeletion());
        written.add(one);
        return true;
    }

    /** False if there is no room for it. */
    private boolean object(Waiting one) throws BackupException {
        stand();
        one.begin();
        Noted object = new Noted(one.key(), one.isDeletion(), tail.serial() + 1, tail.number(), payload, one.size(), tail.end());
        for (int i = 0; i < object.blocks(); i++) {
            if (!note(bay.drive().write(block(object, i, one.content())))) {
                return false;
            }
        }
        if (!note(bay.drive().writeFilemarks(1, true))) {
            return false;
        }
        Position end = bay.drive().position();
        if (end.compareTo(tail.end()) <= 0) {
            bay.forget();
            throw Trouble.suspect(where, "it was moved by somebody else: written from " + tail.end() + " on, the drive stands at " + end, null);
        }
        objects.add(object);
        tail = object.tail(tail, end);
        bay.provenAt(end);
        return true;
    }

    /** At the end. A place that was proven just before is only asked for, once for all that are written together. */
    private void stand() throws BackupException {
        boolean believed = bay.standsAt(tail.end()) && (!objects.isEmpty() || bay.drive().position().equals(tail.end()));
        if (!believed) {
            scan.prove(tail);
        }
    }

    private boolean note(WriteResult result) {
        room.said(result);
        return result.isWritten();
    }

    private ByteBuffer block(Noted object, int index, Content content) throws BackupException {
        BlobHead head = object.head();
        int length = object.content(index) + (index == 0 ? head.length() : 0);
        ByteBuffer block = bay.buffer().limit(TapeBlock.HEADER + length).position(TapeBlock.HEADER);
        if (index == 0) {
            head.write(block);
        }
        if (content != null) {
            content.read(object.offset(index), block);
        }
        new TapeBlock(volume, object.number() + index, object.serial(), index, index == object.blocks() - 1, object.deletion(), length).seal(block);
        return block;
    }
}
