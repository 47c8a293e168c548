package org.azekura.storagenode.cartridge.volume;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.azekura.api.BackupException;
import org.azekura.api.VolumeId;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.Position;
import org.azekura.api.device.ReadResult;
import org.azekura.storagenode.cartridge.blob.Held;
import org.azekura.storagenode.cartridge.blob.Keys;
import org.azekura.storagenode.cartridge.blob.Trouble;
import org.azekura.storagenode.cartridge.blob.Waiting;
import org.azekura.storagenode.cartridge.drive.Bay;
import org.azekura.storagenode.cartridge.drive.First;
import org.azekura.storagenode.cartridge.drive.Loaded;
import org.azekura.storagenode.cartridge.note.Contents;
import org.azekura.storagenode.cartridge.note.Note;
import org.azekura.storagenode.cartridge.note.Noted;
import org.azekura.storagenode.cartridge.note.Tail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A volume on a cartridge: its label, and what lies behind that. What needs a drive is done by one thread at a time, in a drive that it has.
 */
public final class Volume {

    private static final Logger LOG = LoggerFactory.getLogger(Volume.class);
    /** Labelling writes no more than that: key rings and the note that it is done. */
    private static final int MOST_LABELLING = 100;
    private static final int LOOKS = 3;

    private final Optional<Barcode> barcode;
    private final First.Labelled label;
    private final Note note;
    private final Reading reading;
    private volatile Contents contents;
    private boolean finished;
    /** Objects that were found whole when it was looked through from its label on. */
    private long whole;
    /** Serial of the last that came with the label, if it was made just before. */
    private long fresh = -1;
    private volatile BackupException suspect;
    /** Whether nothing that was cut off stands behind its end; known of what is written once. */
    private boolean clear;

    public Volume(Optional<Barcode> barcode, First.Labelled label, Note note) {
        this.barcode = barcode;
        this.label = label;
        this.note = note;
        this.reading = new Reading(label.label().volume());
    }

    public Optional<Barcode> barcode() {
        return barcode;
    }

    public VolumeId id() {
        return label.label().volume();
    }

    public First.Labelled labelled() {
        return label;
    }

    /** Takes what is noted of it for what lies there, until it is looked at. Whether that is something. */
    public boolean recall() {
        Contents known = note.read();
        finished |= known != null;
        contents = known;
        return known != null;
    }

    /** Nothing is written on it any more: another one follows. */
    public void shut() {
        Contents known = contents;
        if (known != null && !known.isClosed()) {
            known.close();
            note.shut(known);
        }
    }

    /** Whether nothing lies on it but what came with its label; of one that was made just before. */
    public boolean isFresh() {
        Contents known = contents;
        return known != null && known.tail().serial() == fresh;
    }

    /** What lies on it by now says nothing of its room. */
    public void isAsFreshAsEver() {
        fresh = contents.tail().serial();
    }

    /** Why it is not written any more; null if it is. Any thread. */
    public BackupException suspect() {
        return suspect;
    }

    /** Whether it does not end where it should, or something on it could not be read when it was looked through: it may have more than is known. Any thread. */
    public boolean isDoubtful() {
        return suspect != null || note.isDamaged();
    }

    /** What lies on it; only what was settled has it. Any thread. */
    public Contents contents() {
        return contents;
    }

    public boolean isOn(First first) {
        return first instanceof First.Labelled there && there.label().volume().equals(id());
    }

    private Scan scan(Bay bay, String where) {
        return new Scan(bay, id(), label.bytes(), where);
    }

    /**
     * Proves that it ends where it should, and reads what stands behind that; the drive stands behind the label. What does not stand as it should
     * keeps it from being written, and from nothing else. One that is closed is not written anyhow.
     */
    public void settle(Bay bay, String where) throws BackupException {
        reading.forget();
        suspect = null;
        clear = false;
        Contents known = contents != null ? contents : note.read();
        if (known == null) {
            known = new Signposts(bay, id(), where).read(note, tail -> scan(bay, where).prove(tail));
        }
        finished |= known != null;
        if (known != null && known.isClosed()) {
            // Nothing is written behind it any more, and each block that is read says what it is: to go to its end takes a minute at each mount.
            bay.moved();
            contents = known;
            return;
        }
        Contents all = known != null ? known : beginning(bay, where);
        if (all == null) {
            return;
        }
        whole = 0;
        Scan scan = scan(bay, where);
        try {
            if (known != null && !bay.stoodAt(known.tail().end())) {
                scan.prove(known.tail());
            }
            if (finished && !note.isBegun()) {
                note.begin(all);
            }
            scan.forward(all.tail(), (objects, end) -> {
                if (scan.hasPassedDamage()) {
                    // It was perhaps something that counts, and the note will go on behind it.
                    note.damaged(true);
                }
                found(all, objects, end);
            });
        } catch (BackupException e) {
            if (!Trouble.is(e, "volume.suspect")) {
                throw e;
            }
            LOG.warn("volume={}: {}", label.label().name(), e.getMessage());
            suspect = e;
        }
        if (known == null && suspect == null && !scan.hasPassedDamage()) {
            note.damaged(false);
        }
        bay.moved();
        // A whole volume whose note of its labelling can't be read must not be taken for one that was never made: nothing is damaged, but cut off, there.
        finished |= suspect != null || all.tail().serial() > Math.min(whole, MOST_LABELLING) || all.tail().blocks() == 0;
        if (finished && !note.isBegun()) {
            note.begin(all);
        }
        contents = all;
    }

    private void found(Contents all, List<Noted> objects, Tail end) {
        boolean isFresh = all.tail().serial() == fresh && objects.stream().allMatch(object -> object.key().startsWith(Keys.CARRIED));
        all.add(objects, end);
        if (isFresh) {
            // Cut off, and it says nothing of the room: a drive that can't write must not use up one cartridge after the other.
            fresh = all.tail().serial();
        }
        whole += objects.size();
        finished |= objects.stream().anyMatch(object -> object.deletion() && object.key().equals(Keys.LABEL));
        if (note.isBegun()) {
            note.add(objects, end);
            note.relieve(all);
        } else if (finished) {
            note.begin(all);
        }
    }

    /** Goes behind the label and its filemark, until two looks say the same; null if the data end before that. */
    private Contents beginning(Bay bay, String where) throws BackupException {
        Tail first = look(bay, where);
        for (int i = 0; i < LOOKS; i++) {
            Tail again = look(bay, where);
            if (Objects.equals(first, again)) {
                return again == null ? null : new Contents(again);
            }
            first = again;
        }
        throw Trouble.busy(where, "somebody else moves the tape");
    }

    private Tail look(Bay bay, String where) throws BackupException {
        bay.drive().rewind();
        Position begin = bay.drive().position();
        if (!(bay.read() instanceof ReadResult.Block)) {
            throw Trouble.busy(where, "the label was there, and is not any more");
        }
        return switch (bay.read()) {
            case ReadResult.EndOfData end -> null;
            case ReadResult.Filemark mark -> Tail.ofLabel(begin, bay.drive().position());
            case ReadResult.Block block -> throw noFilemark(where);
            case ReadResult.TooLong tooLong -> throw noFilemark(where);
        };
    }

    private static BackupException noFilemark(String where) {
        return Trouble.quarantined(where, "behind its label stands something else than a filemark");
    }

    /** Whether all that belongs to its label was written. */
    public boolean isFinished() {
        return finished;
    }

    /** @throws BackupException {@code volume.suspect} */
    public void requireSound() throws BackupException {
        BackupException why = suspect;
        if (why != null) {
            throw new BackupException(why.failure(), why);
        }
    }

    /** Makes it, on a cartridge that is blank. */
    public void label(Loaded loaded, Held held, Room room, String where) throws BackupException {
        contents = Labelling.write(loaded, label, held, room, where);
        finished = true;
        fresh = contents.tail().serial();
        note.begin(contents);
    }

    /**
     * Writes what waits, as {@link Append#write}.
     *
     * @return what lies on it now, and did not before
     */
    public List<Noted> write(Bay bay, List<Waiting> batch, Predicate<String> taken, Room room, String where) throws BackupException {
        requireSound();
        List<Noted> written = new ArrayList<>();
        try {
            while (append(bay, batch, taken, room, where, written)) {
                LOG.info("{}: what waits is written behind something that could not be read to its end", where);
            }
        } catch (BackupException e) {
            suspect = Trouble.is(e, "volume.suspect") ? e : suspect;
            throw e;
        }
        return written;
    }

    /** Whether it ended early, because of one that has failed. */
    private boolean append(Bay bay, List<Waiting> batch, Predicate<String> taken, Room room, String where, List<Noted> written) throws BackupException {
        if (room.isWrittenOnce() && !clear) {
            Torn.pass(bay, contents.tail(), scan(bay, where), room, where, (objects, end) -> found(contents, objects, end));
        }
        // Until it is known what became of it.
        clear = false;
        Append append = new Append(bay, id(), scan(bay, where), contents, taken, room, where);
        append.write(batch);
        note.add(append.objects(), append.tail());
        contents.add(append.objects(), append.tail());
        note.relieve(contents);
        clear = !append.isTorn();
        append.done();
        written.addAll(append.objects());
        return append.isCut();
    }

    /** Has the memory of its cartridge say where this note of it lies: the last of several, which have one name. */
    public void point(Bay bay, Noted note, String where) {
        new Signposts(bay, id(), where).write(note);
    }

    /** Fills the buffer from the blob, as far as that goes. After a failure nothing is in it, so that whoever tries again reads nothing twice. */
    public int read(Bay bay, Noted blob, long offset, ByteBuffer into, String where) throws BackupException {
        int before = into.position();
        boolean fine = false;
        try {
            for (long at = offset; into.hasRemaining() && at < blob.size(); at = offset + into.position() - before) {
                if (!reading.again(blob, at, into)) {
                    reading.block(bay, blob, at, where);
                }
            }
            fine = true;
            return into.position() - before;
        } finally {
            if (!fine) {
                into.position(before);
            }
        }
    }

    /** The same from what was read last, without a drive; -1 if that has not all of it. */
    public int again(Noted blob, long offset, ByteBuffer into) {
        int before = into.position();
        boolean all = reading.again(blob, offset, into) && (!into.hasRemaining() || offset + into.position() - before == blob.size());
        if (!all) {
            into.position(before);
        }
        return all ? into.position() - before : -1;
    }

    /**
     * Reads all of a blob, and keeps nothing of it.
     *
     * @return false if it was not read to its end: somebody waits for the drive
     * @throws BackupException {@code blob.corrupt}, {@code media.read}
     */
    public boolean look(Bay bay, Noted blob, String where) throws BackupException {
        Reading passing = new Reading(id());
        for (int block = 0; block < blob.blocks(); block++) {
            if (bay.givesWay()) {
                return false;
            }
            passing.block(bay, blob, blob.offset(block), where);
        }
        return true;
    }

    public void close() {
        note.close();
    }
}
