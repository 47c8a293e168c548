package org.azekura.storagenode.cartridge;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.azekura.api.BackupException;
import org.azekura.api.device.Drive;
import org.azekura.api.device.Position;
import org.azekura.api.device.ReadResult;
import org.azekura.api.device.SpaceResult;
import org.azekura.api.device.WriteResult;
import org.azekura.engine.tape.TapeBlock;

/** A drive, what is known of the cartridge in it, and where it stands. All but {@link #tape} under its lock. */
final class Bay {

    /** A place that was proven is believed for so long. */
    private static final long BELIEVED = TimeUnit.SECONDS.toNanos(5);

    private final ReentrantLock lock = new ReentrantLock();
    private final Drive drive;
    private final int number;
    private final LongSupplier clock;
    private final ByteBuffer buffer = ByteBuffer.allocate(TapeBlock.MAX);
    private volatile Tape tape;
    private volatile long used;
    /** In front of which block of which object it stands; a serial of 0 if that is not known. */
    private long serial;
    private int index;
    /** The end at which it stands, since when; null if it does not. */
    private Position end;
    private long since;

    Bay(Drive drive, int number, LongSupplier clock) {
        this.drive = drive;
        this.number = number;
        this.clock = clock;
    }

    Drive drive() {
        return drive;
    }

    int number() {
        return number;
    }

    /** The volume that was found in it, and has not been lost since; null if none. Any thread. */
    Tape tape() {
        return tape;
    }

    /** When it was used last. Any thread. */
    long used() {
        return used;
    }

    /** Whether somebody uses it now. Any thread. */
    boolean isLocked() {
        return lock.isLocked();
    }

    boolean tryLock() {
        return lock.tryLock();
    }

    /** @throws BackupException {@code device.busy}, {@code device.interrupted} */
    void lock(long seconds) throws BackupException {
        try {
            if (!lock.tryLock(seconds, TimeUnit.SECONDS)) {
                throw Trouble.busy(drive.location(), "another call has had this drive for " + seconds + " s");
            }
        } catch (InterruptedException e) {
            throw Trouble.interrupted(drive.location(), e);
        }
    }

    void unlock() {
        used = clock.getAsLong();
        lock.unlock();
    }

    /** This is in it. */
    void has(Tape found) {
        tape = found;
        moved();
    }

    /** Nobody knows what is in it, or where it stands. */
    void forget() {
        has(null);
    }

    /** It stands nobody knows where, for the time being. */
    void moved() {
        serial = 0;
        end = null;
    }

    boolean standsBefore(Noted object, int block) {
        return serial == object.serial() && index == block;
    }

    void standsBehind(long object, int block) {
        serial = object;
        index = block + 1;
        end = null;
    }

    /** Whether it was proven just before that it stands at this end. */
    boolean standsAt(Position place) {
        return place.equals(end) && clock.getAsLong() - since < BELIEVED;
    }

    void provenAt(Position place) {
        serial = 0;
        end = place;
        since = clock.getAsLong();
    }

    /** A buffer for one block; empty. */
    ByteBuffer buffer() {
        return buffer.clear();
    }

    /** Reads what lies here; a block is in the {@link #read buffer} then, from position to limit. */
    ReadResult read() throws BackupException {
        ReadResult result = drive.read(buffer.clear());
        if (result instanceof ReadResult.Block block) {
            buffer.position(0).limit(block.length());
        }
        return result;
    }

    /** What was read. */
    ByteBuffer block() {
        return buffer;
    }

    /** Goes to this block of an object; whether there are so many. */
    boolean goTo(Position object, int block) throws BackupException {
        moved();
        drive.locate(object);
        return block == 0 || skip(block);
    }

    /** Goes over so many blocks; whether there are so many. */
    boolean skip(int blocks) throws BackupException {
        SpaceResult went = drive.spaceBlocks(blocks);
        return went.passed() == Math.abs(blocks) && went.stop() == SpaceResult.Stop.COUNT;
    }

    /** Whether the cartridge is there still. */
    Void ask() throws BackupException {
        drive.position();
        return null;
    }

    /** Brings all that was written to the tape. */
    WriteResult sync() throws BackupException {
        return drive.writeFilemarks(0, false);
    }
}
