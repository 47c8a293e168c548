package org.azekura.storagenode.cartridge.set;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.device.Position;
import org.azekura.engine.volume.Label;
import org.azekura.storagenode.cartridge.blob.Held;
import org.azekura.storagenode.cartridge.blob.Trouble;
import org.azekura.storagenode.cartridge.blob.Waiting;
import org.azekura.storagenode.cartridge.drive.Bay;
import org.azekura.storagenode.cartridge.drive.Loaded;
import org.azekura.storagenode.cartridge.drive.MountedVolume;
import org.azekura.storagenode.cartridge.drive.RecallOrder;
import org.azekura.storagenode.cartridge.note.Contents;
import org.azekura.storagenode.cartridge.note.Noted;
import org.azekura.storagenode.cartridge.volume.CartridgeKey;
import org.azekura.storagenode.cartridge.volume.CartridgeText;
import org.azekura.storagenode.cartridge.volume.Room;
import org.azekura.storagenode.cartridge.volume.Volume;
import org.azekura.storagenode.lease.MountRequest.Purpose;
import org.azekura.storagenode.lease.Pass;

/** A cartridge of a pool: its volume, which gets into a drive when it is wanted there. Safe for any number of threads. */
public final class Tape implements MountedVolume {

    private final Shelf shelf;
    private final Volume volume;
    private final CartridgeKey key;
    private final Room room;
    private final Mounting mounting;
    private final BooleanSupplier written;
    private final AtomicInteger expected = new AtomicInteger();
    private final AtomicLong writing = new AtomicLong();
    private final Pass pass;
    private volatile boolean told;

    /** @param written whether blobs of the pool are in the making */
    Tape(Shelf shelf, PoolName pool, Volume volume, BooleanSupplier written) {
        this.shelf = shelf;
        this.volume = volume;
        this.written = written;
        this.key = new CartridgeKey(pool, volume.id(), () -> shelf.sealing(pool));
        this.room = new Room(key);
        this.pass = shelf.bays().pass();
        this.mounting = new Mounting(this, shelf, pool, volume, room);
    }

    public Volume volume() {
        return volume;
    }

    @Override
    public Label label() {
        return volume.labelled().label();
    }

    /** What lies on it; null if that is not known. */
    public Contents contents() {
        return volume.contents();
    }

    Room room() {
        return room;
    }

    /** For people. */
    public String where() {
        return mounting.where();
    }

    @Override
    public boolean isClosed() {
        Contents known = contents();
        return known == null || known.isClosed();
    }

    @Override
    public boolean isWritten() {
        return !isClosed() && written.getAsBoolean();
    }

    /** Somebody will read more of it. */
    public void expect() {
        expected.incrementAndGet();
    }

    /** He will not any more. */
    public void expectNoMore() {
        expected.decrementAndGet();
    }

    @Override
    public boolean isExpected() {
        return expected.get() > 0;
    }

    /** Whether the supply knows of it since the library is served. */
    boolean isTold() {
        return told;
    }

    /** @throws BackupException what the supply said; then it is told again */
    void tell(PoolName pool) throws BackupException {
        shelf.supply().labelled(new Supply.Labelled(pool, volume.id(), label().number(), label().name(), volume.barcode(), where(), room.capacity()));
        told = true;
    }

    /** Looks what lies on it. Whether all that belongs to its label was written. */
    boolean open() throws BackupException {
        try {
            return mounting.open();
        } catch (BackupException e) {
            throw Trouble.is(e, "media.key") ? Trouble.at(where(), e) : e;
        }
    }

    /** Makes its volume on a cartridge that is blank, in a drive that the caller has. */
    void label(Loaded loaded, Held held) throws BackupException {
        key.require(loaded.bay().drive());
        room.of(loaded.bay().drive(), loaded.cartridge());
        CartridgeText.write(loaded.bay().drive(), loaded.cartridge(), label(), volume.barcode());
        key.take(loaded.bay().drive());
        volume.label(loaded, held, room, mounting.at(loaded.bay()));
        key.give(loaded.bay().drive());
        loaded.bay().has(this);
    }

    /**
     * Nothing is written on it any more: another one follows. Waits for whoever is at it, and needs no drive.
     *
     * @throws BackupException {@code device.busy}, {@code device.interrupted}; then it is as it was
     */
    void shut() throws BackupException {
        mounting.whenFree(volume::shut);
    }

    /** Has it in a drive, and the drive say that it is there. */
    void require() throws BackupException {
        mounting.onTape(Purpose.READ, Trouble::isToldByTape, Bay::ask);
    }

    /** Fills the buffer from a blob of it, as far as that goes. */
    int read(Noted blob, long offset, ByteBuffer into) throws BackupException {
        if (offset >= blob.size() || !into.hasRemaining()) {
            return 0;
        }
        int again = mounting.inBetween(() -> volume.again(blob, offset, into), -1);
        return again >= 0 ? again : asked(bay -> volume.read(bay, blob, offset, into, where()));
    }

    /** Who reads it next, of several. */
    public Pass pass() {
        return pass;
    }

    /**
     * Brings places on it into the order in which they are read best, from where it stands in a drive.
     *
     * @param joins whether others read here meanwhile, and their places are among these
     */
    public Pass.Plan plan(List<Position> places, boolean joins) throws BackupException {
        return asked(bay -> RecallOrder.plan(bay.drive(), places, joins));
    }

    /** Who can't have it asks people for it: they must be able to put it in. */
    private <T> T asked(Mounting.Work<T> work) throws BackupException {
        try {
            return mounting.onTape(Purpose.READ, Trouble::isToldByTape, work);
        } catch (BackupException e) {
            if (Trouble.is(e, "volume.missing")) {
                shelf.choosing().makeWay();
            }
            throw e;
        }
    }

    /**
     * Writes what waits up to what does not fit, as {@link Volume#write}.
     *
     * @return whether it ended before that, for somebody comes first who waits for the drive
     */
    boolean write(List<Waiting> batch, Predicate<String> taken) throws BackupException {
        return mounting.onTape(Purpose.WRITE, Trouble::isToldByTape, bay -> {
            write(bay, batch, taken);
            return bay.gaveWay();
        });
    }

    private List<Noted> write(Bay bay, List<Waiting> batch, Predicate<String> taken) throws BackupException {
        shelf.requireOpen();
        key.require(bay.drive());
        long begun = System.nanoTime();
        try {
            return volume.write(bay, batch, taken, room, where());
        } finally {
            writing.addAndGet(System.nanoTime() - begun);
        }
    }

    /**
     * Writes a note of what lies on it, if nobody comes first, and has the memory of its cartridge say where that is. Not near its end: what is left there is for what
     * counts, and the next cartridge gets a note of this one anyhow.
     */
    void sumUp(Waiting note) throws BackupException {
        if (room.isEnding()) {
            return;
        }
        mounting.onTape(Purpose.WRITE, Trouble::isToldByTape, bay -> {
            for (Noted written : write(bay, List.of(note), key -> false)) {
                volume.point(bay, written, where());
            }
            return null;
        });
    }

    /** For so many nanoseconds a drive has written here, since this library is served. */
    long writing() {
        return writing.get();
    }

    /** Bytes up to its end; -1 if that is not known. */
    long used() {
        Contents known = contents();
        return known == null ? -1 : known.tail().bytes();
    }

    void close() {
        volume.close();
    }
}
