package org.azekura.storagenode.cartridge.set;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;
import org.azekura.api.BackupException;
import org.azekura.api.Failure;
import org.azekura.storagenode.cartridge.blob.Lane;
import org.azekura.storagenode.cartridge.blob.Spooled;
import org.azekura.storagenode.cartridge.blob.Trouble;
import org.azekura.storagenode.cartridge.blob.Waiting;
import org.azekura.storagenode.cartridge.note.Noted;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies blobs from one cartridge of a set to that which is written, through files of the spool, and reads them there again. One thread at a time.
 */
final class Copying implements AutoCloseable {

    /** With the lock of the set for as long as a batch of that size takes; others write in between. */
    private static final long BATCH = 4L << 30;
    private static final int BUFFER = 1 << 20;
    private static final Logger LOG = LoggerFactory.getLogger(Copying.class);

    private final Shelf shelf;
    private final Finding finding;
    private final Spanning spanning;
    private final Lane lane;
    private final Tape from;
    private final List<Copy> copies = new ArrayList<>();
    /** Copies that are not what they should be: one on a later cartridge is to take their place. */
    private final Set<Union.Lying> bad = new HashSet<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);

    /** @param crc CRC-32C of its content */
    private record Copy(Noted blob, Spooled content, int crc) {}

    Copying(Shelf shelf, Finding finding, Spanning spanning, Lane lane, Tape from) {
        this.shelf = shelf;
        this.finding = finding;
        this.spanning = spanning;
        this.lane = lane;
        this.from = from;
    }

    /** Whether a failure says that what lies there can't be read, and not that it can't be read now. */
    static boolean isDamage(BackupException e) {
        return e.failure().kind() == Failure.Kind.CORRUPT || Trouble.is(e, "media.read");
    }

    private Union union() {
        return new Union(finding.tapes());
    }

    /** Reads it into the spool. False if it can't be read. */
    boolean take(Noted blob) throws BackupException {
        Spooled content = shelf.spool().begin();
        boolean fine = false;
        try {
            int crc = read(from, blob, content);
            copies.add(new Copy(blob, content, crc));
            fine = true;
        } catch (BackupException e) {
            if (!isDamage(e)) {
                throw e;
            }
            LOG.warn("{}: \"{}\" can't be read: {}", from.where(), blob.key(), e.getMessage());
        } finally {
            if (!fine) {
                content.close();
            }
        }
        return fine;
    }

    /** @param into null: it is only read */
    private int read(Tape tape, Noted blob, Spooled into) throws BackupException {
        CRC32C crc = new CRC32C();
        for (long at = 0; at < blob.size();) {
            shelf.requireOpen();
            int got = tape.read(blob, at, buffer.clear());
            if (got <= 0) {
                throw Trouble.corrupt(tape.where(), "\"" + blob.key() + "\" ends at " + at + ", expected " + blob.size() + " bytes");
            }
            at += got;
            crc.update(buffer.flip());
            if (into != null) {
                into.write(buffer.flip());
            }
        }
        return (int) crc.getValue();
    }

    /** Whether a copy, wherever it lies, can be read as a whole; one that can't is to be replaced. True if there is none any more. */
    boolean isSound(Noted blob) throws BackupException {
        Union.Lying found = union().find(blob.key());
        if (found == null) {
            return true;
        }
        try {
            read(found.tape(), found.blob(), null);
            return true;
        } catch (BackupException e) {
            if (!isDamage(e)) {
                throw e;
            }
            LOG.warn("{}: the copy of \"{}\" can't be read: {}", found.tape().where(), blob.key(), e.getMessage());
            bad.add(found);
            return false;
        }
    }

    /**
     * Writes all that was taken, and reads it again. What is not read as it was written is written once more, on the next cartridge.
     *
     * @throws BackupException {@code media.write}: that is not read as it was written either. Then the cartridges stay as they are
     */
    void write() throws BackupException {
        List<Copy> due = copies;
        if (!bad.isEmpty()) {
            leaveBad();
        }
        for (int i = 0; i < 2; i++) {
            writeAll(due);
            due = notSound(due);
            if (due.isEmpty()) {
                return;
            }
            leaveBad();
        }
        throw BackupException.media("media.write", due.getFirst().blob().key(), from.where() + ": two copies of \"" + due.getFirst().blob().key()
                + "\" on two cartridges were not read as they were written; look at the drive", null);
    }

    /** The one that is written has copies that can't be read: it is written no more. */
    private void leaveBad() throws BackupException {
        lane.take(from.where(), () -> {
            Tape last = finding.tapes().getLast();
            if (bad.stream().anyMatch(lying -> lying.tape() == last)) {
                spanning.giveUp(last, Trouble.suspect(last.where(), "a copy on it was not read as it was written", null));
            }
            return null;
        });
    }

    private void writeAll(List<Copy> all) throws BackupException {
        for (int from = 0; from < all.size();) {
            List<Waiting> batch = new ArrayList<>();
            for (long bytes = 0; from < all.size() && (batch.isEmpty() || bytes + all.get(from).blob().size() <= BATCH); from++) {
                bytes += all.get(from).blob().size();
                batch.add(Waiting.again(all.get(from).blob().key(), all.get(from).content()));
            }
            lane.take(this.from.where(), () -> {
                shelf.requireOpen();
                spanning.write(batch, key -> !isDue(key));
                return null;
            });
            for (Waiting one : batch) {
                one.result();
            }
        }
    }

    /** Whether it is to be written: not if it was deleted meanwhile, or lies elsewhere already. With the lock of the set. */
    private boolean isDue(String key) {
        Union.Lying found = union().find(key);
        return found != null && (found.tape() == from || bad.contains(found));
    }

    private List<Copy> notSound(List<Copy> all) throws BackupException {
        List<Copy> not = new ArrayList<>();
        for (Copy copy : all) {
            Union.Lying found = union().find(copy.blob().key());
            if (found != null && (found.tape() == from || !isSame(found, copy))) {
                not.add(copy);
            }
        }
        return not;
    }

    private boolean isSame(Union.Lying found, Copy copy) throws BackupException {
        String what;
        try {
            boolean same = found.blob().size() == copy.blob().size() && read(found.tape(), found.blob(), null) == copy.crc();
            what = same ? null : "it has other bytes";
        } catch (BackupException e) {
            if (!isDamage(e)) {
                throw e;
            }
            what = e.getMessage();
        }
        if (what != null) {
            LOG.warn("{}: the copy of \"{}\" is not what was written: {}", found.tape().where(), copy.blob().key(), what);
            bad.add(found);
        }
        return what == null;
    }

    @Override
    public void close() {
        copies.forEach(copy -> copy.content().close());
    }
}
