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

/** The volume of a pool, on its cartridge. Safe for any number of threads. */
final class Tape {

    /** Name of the blob that is the label. */
    static final String LABEL = "azekura-label";

    private final Shelf shelf;
    private final Mounting mounting;
    private final Turns turns = new Turns();
    private final AtomicInteger writers = new AtomicInteger();
    private final Held held = new Held();
    private final Room room = new Room();

    Tape(Shelf shelf, PoolName pool, Optional<Barcode> wanted) {
        this.shelf = shelf;
        this.mounting = new Mounting(this, shelf, pool, wanted, room);
    }

    /** For people. */
    String where() {
        return mounting.where();
    }

    /** Of the cartridge that the volume is on, once it was found. Any thread. */
    Optional<Barcode> barcode() {
        return mounting.barcode();
    }

    /** Whether who names this cartridge, or none, means this. Any thread. */
    boolean isAlsoFor(Optional<Barcode> barcode) {
        return mounting.isAlsoFor(barcode);
    }

    /** Whether blobs are in the making. */
    boolean isWritten() {
        return writers.get() > 0;
    }

    /** How many wait to be written. */
    int waiting() {
        return turns.waiting();
    }

    void begun() {
        writers.incrementAndGet();
    }

    void ended() {
        writers.decrementAndGet();
    }

    /** What is known to lie on it; null if there is no volume of the pool yet. */
    private Volume volume() throws BackupException {
        shelf.requireOpen();
        Volume known = mounting.volume();
        return known != null ? known : turns.take(where(), () -> {
            if (mounting.volume() == null) {
                mounting.find();
            }
            return mounting.volume();
        });
    }

    long size(String key) throws BackupException {
        Volume known = volume();
        if (known == null) {
            return turns.take(where(), () -> {
                byte[] content = held.get(key);
                return content == null ? -1L : content.length;
            });
        }
        if (key.equals(LABEL)) {
            return Label.BYTES;
        }
        Noted blob = known.contents().get(key);
        return blob == null ? -1 : blob.size();
    }

    void list(String prefix, Consumer<Blob> each) throws BackupException {
        Volume known = volume();
        if (known == null) {
            turns.take(where(), () -> {
                held.list(prefix, each);
                return null;
            });
            return;
        }
        if (LABEL.startsWith(prefix)) {
            each.accept(new Blob(LABEL, Label.BYTES));
        }
        known.contents().list(prefix, each);
    }

    int read(String key, long offset, ByteBuffer into) throws BackupException {
        volume();
        return turns.take(where(), () -> {
            Volume volume = mounting.volume();
            if (volume == null) {
                return copy(held.get(key), key, offset, into);
            }
            if (key.equals(LABEL)) {
                // Who reads the label wants to know whether the cartridge is there.
                return copy(mounting.onTape(volume, Trouble::isUnanswered, bay -> volume.label(bay)), key, offset, into);
            }
            Noted blob = volume.contents().get(key);
            if (blob == null) {
                throw absent(key);
            }
            if (offset >= blob.size() || !into.hasRemaining()) {
                return 0;
            }
            int again = volume.again(blob, offset, into);
            return again >= 0 ? again : mounting.onTape(volume, Trouble::isUnanswered, bay -> volume.read(bay, blob, offset, into, where()));
        });
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

    /** @throws BackupException {@code blob.exists}; {@code volume.suspect} and {@code device.full} if nothing can be written */
    void requireFree(String key) throws BackupException {
        if (size(key) >= 0) {
            throw taken(key);
        }
        Volume known = mounting.volume();
        if (known != null) {
            known.requireSound();
        }
    }

    private BackupException taken(String key) {
        return BackupException.operator("blob.exists", key, where() + " has a blob \"" + key + "\" already");
    }

    void requireRoom(String key, long size) throws BackupException {
        shelf.requireOpen();
        room.require(where(), key, size);
    }

    private void label(Spooled content) throws BackupException {
        if (content.size() != Label.BYTES) {
            throw Trouble.quarantined(where(), "a label of " + content.size() + " bytes, expected " + Label.BYTES);
        }
        ByteBuffer bytes = ByteBuffer.allocate(Label.BYTES);
        content.read(0, bytes);
        First.Labelled label = new First.Labelled(Label.parse(bytes.array()), bytes.array());
        if (!mounting.label(label, held)) {
            throw taken(LABEL);
        }
    }

    void commit(String key, Spooled content) throws BackupException {
        requireRoom(key, content.size());
        if (volume() == null && turns.take(where(), () -> isKept(key, content))) {
            return;
        }
        if (key.equals(LABEL)) {
            throw taken(key);
        }
        turns.write(where(), new Waiting(key, content), this::write);
    }

    /** Makes the volume, or keeps this until there is one; false if there is. */
    private boolean isKept(String key, Spooled content) throws BackupException {
        if (mounting.volume() != null) {
            return false;
        }
        if (key.equals(LABEL)) {
            label(content);
        } else {
            held.add(key, content, where());
        }
        return true;
    }

    void delete(String key) throws BackupException {
        if (volume() == null) {
            turns.take(where(), () -> {
                held.remove(key);
                return null;
            });
        } else if (key.equals(LABEL)) {
            throw BackupException.operator("device.unsupported", where(), where() + ": the label of a cartridge can't be deleted");
        } else if (size(key) >= 0) {
            turns.write(where(), new Waiting(key, null), this::write);
        }
    }

    private void write(List<Waiting> batch) throws BackupException {
        shelf.requireOpen();
        Volume volume = mounting.volume();
        mounting.onTape(volume, Trouble::isLost, bay -> {
            volume.write(bay, batch, room, where());
            return null;
        });
    }

    /** The library is not served any more. */
    void close() {
        Volume known = mounting.volume();
        if (known != null) {
            known.close();
        }
    }

    Space space() throws BackupException {
        Volume known = volume();
        return known == null ? new Space(-1, -1) : room.space(known.contents().tail().bytes());
    }
}
