package org.azekura.storagenode.cartridge;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.device.BlobStore.Space;
import org.azekura.api.device.Position;

/** A cartridge of a pool: its volume, which gets into a drive when it is wanted there. Safe for any number of threads. */
final class Tape {

    /** Name of the blob that is the label. */
    static final String LABEL = "azekura-label";

    private final Shelf shelf;
    private final Volume volume;
    private final Room room = new Room();
    private final Mounting mounting;
    private final BooleanSupplier written;
    private final Lane lane = new Lane();

    /** @param written whether blobs of the pool are in the making */
    Tape(Shelf shelf, PoolName pool, Volume volume, BooleanSupplier written) {
        this.shelf = shelf;
        this.volume = volume;
        this.written = written;
        this.mounting = new Mounting(this, shelf, pool, volume, room);
    }

    Volume volume() {
        return volume;
    }

    /** What lies on it; only what was opened has it. */
    Contents contents() {
        return volume.contents();
    }

    Room room() {
        return room;
    }

    /** For people. */
    String where() {
        return mounting.where();
    }

    /** Whether blobs that go to it are in the making. */
    boolean isWritten() {
        return written.getAsBoolean();
    }

    /** Looks what lies on it. Whether all that belongs to its label was written. */
    boolean open() throws BackupException {
        return lane.take(where(), mounting::open);
    }

    /** Makes its volume on a cartridge that is blank, in a drive that the caller has. */
    void label(Loaded loaded, Held held) throws BackupException {
        room.of(loaded.bay().drive(), loaded.cartridge());
        volume.label(loaded, held, room, mounting.at(loaded.bay()));
        loaded.bay().has(this);
    }

    /** The label, from memory, once the drive has said that the cartridge is there still. */
    byte[] label() throws BackupException {
        return lane.take(where(), () -> mounting.onTape(Trouble::isUnanswered, volume::label));
    }

    /** Fills the buffer from a blob of it, as far as that goes. */
    int read(Noted blob, long offset, ByteBuffer into) throws BackupException {
        return lane.take(where(), () -> {
            if (offset >= blob.size() || !into.hasRemaining()) {
                return 0;
            }
            int again = volume.again(blob, offset, into);
            return again >= 0 ? again : mounting.onTape(Trouble::isUnanswered, bay -> volume.read(bay, blob, offset, into, where()));
        });
    }

    /** Brings places on it into the order in which they are read best, from where it stands in a drive. */
    List<Position> order(List<Position> places) throws BackupException {
        return lane.take(where(), () -> mounting.onTape(Trouble::isUnanswered, bay -> RecallOrder.of(bay.drive(), places, null)));
    }

    /** Writes what waits, as {@link Append#write}. */
    void write(List<Waiting> batch) throws BackupException {
        lane.take(where(), () -> mounting.onTape(Trouble::isLost, bay -> {
            shelf.requireOpen();
            volume.write(bay, batch, room, where());
            return null;
        }));
    }

    Space space() {
        return room.space(contents().tail().bytes());
    }

    void close() {
        volume.close();
    }
}
