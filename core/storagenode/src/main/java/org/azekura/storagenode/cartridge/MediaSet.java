package org.azekura.storagenode.cartridge;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.BlobStore.Blob;
import org.azekura.api.device.BlobStore.Space;
import org.azekura.engine.volume.Label;

/**
 * The cartridges of a pool, as one place for its blobs. Safe for any number of threads: batches are written one after the other, what is listed needs no
 * drive, and reading waits only for the cartridge that it is about.
 */
final class MediaSet {

    private final Shelf shelf;
    private final Finding finding;
    private final Lane lane = new Lane();
    private final AtomicInteger writers = new AtomicInteger();
    private final Held held = new Held();

    MediaSet(Shelf shelf, PoolName pool, Optional<Barcode> wanted) {
        this.shelf = shelf;
        this.finding = new Finding(shelf, pool, wanted, () -> writers.get() > 0);
    }

    /** For people. */
    String where() {
        return finding.where();
    }

    /** Of the cartridge that is written, once it was found. */
    Optional<Barcode> barcode() {
        return finding.barcode();
    }

    /** Whether who names this cartridge, or none, means this. */
    boolean isAlsoFor(Optional<Barcode> barcode) {
        return finding.isAlsoFor(barcode);
    }

    /** A blob is in the making. */
    void begun() {
        writers.incrementAndGet();
    }

    /** It is not any more. */
    void ended() {
        writers.decrementAndGet();
    }

    /** The cartridge of the pool, with what lies on it; null if there is none yet. */
    private Tape tape() throws BackupException {
        shelf.requireOpen();
        Tape known = finding.tape();
        return known != null ? known : lane.take(where(), () -> {
            if (finding.tape() == null) {
                finding.find();
            }
            return finding.tape();
        });
    }

    /** In bytes; -1 if there is no such blob. */
    long size(String key) throws BackupException {
        Tape known = tape();
        if (known == null) {
            return lane.take(where(), () -> {
                byte[] content = held.get(key);
                return content == null ? -1L : content.length;
            });
        }
        if (key.equals(Tape.LABEL)) {
            return Label.BYTES;
        }
        Noted blob = known.contents().get(key);
        return blob == null ? -1 : blob.size();
    }

    void list(String prefix, Consumer<Blob> each) throws BackupException {
        Tape known = tape();
        if (known == null) {
            lane.take(where(), () -> {
                held.list(prefix, each);
                return null;
            });
            return;
        }
        if (Tape.LABEL.startsWith(prefix)) {
            each.accept(new Blob(Tape.LABEL, Label.BYTES));
        }
        known.contents().list(prefix, each);
    }

    /** The cartridges of the pool, by number; none if there is none yet. */
    List<Tape> tapes() throws BackupException {
        Tape known = tape();
        return known == null ? List.of() : List.of(known);
    }

    /** Where a blob lies; empty if there is none, or it waits for a label. */
    Optional<BlobPlace> place(String key) throws BackupException {
        Tape known = tape();
        Noted blob = known == null ? null : known.contents().get(key);
        return blob == null ? Optional.empty() : Optional.of(new BlobPlace(known.volume().id(), known.volume().barcode(), blob.at()));
    }

    /** Fills the buffer from the blob, as far as that goes. */
    int read(String key, long offset, ByteBuffer into) throws BackupException {
        Tape known = tape();
        if (known == null) {
            return lane.take(where(), () -> copy(held.get(key), key, offset, into));
        }
        if (key.equals(Tape.LABEL)) {
            // Who reads the label wants to know whether the cartridge is there.
            return copy(known.label(), key, offset, into);
        }
        Noted blob = known.contents().get(key);
        if (blob == null) {
            throw absent(key);
        }
        return known.read(blob, offset, into);
    }

    private BackupException absent(String key) {
        return BackupException.media("blob.missing", key, "there is no blob \"" + key + "\" in " + where(), null);
    }

    private int copy(byte[] content, String key, long offset, ByteBuffer into) throws BackupException {
        if (content == null) {
            throw absent(key);
        }
        int length = Math.clamp(content.length - offset, 0, into.remaining());
        into.put(content, (int) Math.min(offset, content.length), length);
        return length;
    }

    /** @throws BackupException {@code blob.exists}; {@code volume.suspect} if nothing can be written */
    void requireFree(String key) throws BackupException {
        if (size(key) >= 0) {
            throw taken(key);
        }
        Tape known = finding.tape();
        if (known != null) {
            known.volume().requireSound();
        }
    }

    private BackupException taken(String key) {
        return BackupException.operator("blob.exists", key, where() + " has a blob \"" + key + "\" already");
    }

    /** @throws BackupException {@code device.full} if there is no room for a blob of this size, or a larger one */
    void requireRoom(String key, long size) throws BackupException {
        shelf.requireOpen();
        Tape known = finding.tape();
        if (known != null) {
            known.room().require(where(), key, size);
        }
    }

    /**
     * Writes all of these, in this order: blobs, deletions, and the label, before which the others wait in memory. Each is done at return, or has failed, if
     * no exception says that nothing is known of those that are not done. One batch at a time.
     */
    void write(List<Waiting> batch) throws BackupException {
        shelf.requireOpen();
        if (tape() == null) {
            lane.take(where(), () -> {
                if (finding.tape() == null) {
                    batch.forEach(this::keep);
                }
                return null;
            });
        }
        batch.stream().filter(one -> !one.isDone() && one.key().equals(Tape.LABEL)).forEach(one -> one.failed(labelStays(one)));
        if (batch.stream().anyMatch(one -> !one.isDone())) {
            lane.take(where(), () -> {
                finding.tape().write(batch);
                return null;
            });
        }
    }

    private BackupException labelStays(Waiting one) {
        return one.isDeletion() ? BackupException.operator("device.unsupported", where(), where() + ": the label of a cartridge can't be deleted")
                : taken(Tape.LABEL);
    }

    /** Makes the volume, or keeps this until there is one. What comes behind the label goes to the tape. */
    private void keep(Waiting one) {
        if (finding.tape() != null) {
            return;
        }
        try {
            if (one.isDeletion()) {
                held.remove(one.key());
            } else if (one.key().equals(Tape.LABEL)) {
                label(one.content());
            } else {
                held.add(one.key(), one.content(), where());
            }
            one.written();
        } catch (BackupException e) {
            one.failed(e);
        }
    }

    private void label(Content content) throws BackupException {
        if (content.size() != Label.BYTES) {
            throw Trouble.quarantined(where(), "a label of " + content.size() + " bytes, expected " + Label.BYTES);
        }
        ByteBuffer bytes = ByteBuffer.allocate(Label.BYTES);
        content.read(0, bytes);
        if (!finding.label(new First.Labelled(Label.parse(bytes.array()), bytes.array()), held)) {
            throw taken(Tape.LABEL);
        }
    }

    Space space() throws BackupException {
        Tape known = tape();
        return known == null ? new Space(-1, -1) : known.space();
    }

    /** The library is not served any more. */
    void close() {
        Tape known = finding.tape();
        if (known != null) {
            known.close();
        }
    }
}
