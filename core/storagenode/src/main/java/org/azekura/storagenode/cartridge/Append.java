package org.azekura.storagenode.cartridge;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private final Contents contents;
    private final String where;
    private final int payload;
    private final List<Noted> objects = new ArrayList<>();
    private final List<Waiting> written = new ArrayList<>();
    /** Whether there is a blob of that name, as far as this batch changes it. */
    private final Map<String, Boolean> changed = new HashMap<>();
    private Tail tail;
    private WriteResult worst = WriteResult.WRITTEN;

    Append(Bay bay, VolumeId volume, Scan scan, Contents contents, String where) throws BackupException {
        this.bay = bay;
        this.volume = volume;
        this.scan = scan;
        this.contents = contents;
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

    /** The worst that the drive has said of the room that is left. */
    WriteResult worst() {
        return worst;
    }

    /**
     * Writes all of them, and brings them to the tape with one sync. Those for which there is no room, or whose name is taken, fail; the others are
     * written once {@link #written} is called.
     *
     * @throws BackupException nothing is known of any of them
     */
    void write(List<Waiting> all) throws BackupException {
        for (Waiting one : all) {
            if (!one.isDone()) {
                write(one);
            }
        }
        if (!written.isEmpty()) {
            WriteResult result = bay.sync();
            note(result);
            if (!result.isWritten()) {
                throw Trouble.full(where, "no room for the last that was written");
            }
        }
    }

    /** Tells those who wait. */
    void done() {
        written.forEach(Waiting::written);
    }

    private void write(Waiting one) throws BackupException {
        boolean there = changed.getOrDefault(one.key(), contents.get(one.key()) != null);
        if (one.hasBegun() && there != one.isDeletion()) {
            // The drive lost its place, and what was written before that was found on the tape.
            written.add(one);
            return;
        }
        if (one.isDeletion() != there && !one.isMark()) {
            if (one.isDeletion()) {
                one.written();
            } else {
                one.failed(BackupException.operator("blob.exists", one.key(), where + " has a blob \"" + one.key() + "\" already"));
            }
            return;
        }
        if (!object(one)) {
            bay.moved();
            one.failed(Trouble.full(where, "there is no room for \"" + one.key() + "\" of " + one.size() + " bytes"));
            return;
        }
        changed.put(one.key(), !one.isDeletion());
        written.add(one);
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
        worst = result.compareTo(worst) > 0 ? result : worst;
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
