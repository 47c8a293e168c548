package org.azekura.storagenode.cartridge.drive;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.azekura.api.BackupException;
import org.azekura.api.device.Position;
import org.azekura.api.device.ReadResult;
import org.azekura.api.device.SpaceResult;
import org.azekura.api.device.WriteResult;
import org.azekura.engine.tape.TapeBlock;
import org.azekura.storagenode.cartridge.blob.Trouble;
import org.azekura.storagenode.cartridge.note.Noted;
import org.azekura.storagenode.lease.Turn;

/** A drive, what is known of the cartridge in it, and where it stands. All under its lock, but for what says else. Who locks it has a {@link Turn} for it. */
public final class Bay {

    /** A place that was proven is believed for so long. */
    private static final long BELIEVED = TimeUnit.SECONDS.toNanos(5);

    private static final long WAIT = 240;

    private final ReentrantLock lock = new ReentrantLock();
    private final TellingDrive drive;
    private final int place;
    private final LongSupplier clock;
    private final ByteBuffer buffer = ByteBuffer.allocate(TapeBlock.MAX);
    private volatile MountedVolume tape;
    private volatile boolean answering = true;
    private volatile long steps;
    /** What it was taken for, by who has the lock. */
    private Turn turn;
    private boolean gaveWay;
    private boolean empty;
    private volatile long used;
    private volatile long putIn;
    /** Of what is in it, as it is asked for. */
    private volatile String holds = "";
    /** In front of which block of which object it stands; a serial of 0 if that is not known. */
    private long serial;
    private int index;
    /** Number of that block on the volume; of use only where the object is known. */
    private long number;
    private final ReadingOn readingOn = new ReadingOn();
    /** The end at which it stands, since when; null if it does not. */
    private Position end;
    private long since;

    Bay(TellingDrive drive, int number, LongSupplier clock) {
        this.drive = drive;
        this.place = number;
        this.clock = clock;
        this.putIn = clock.getAsLong() - Bays.IN_USE;
    }

    public TellingDrive drive() {
        return drive;
    }

    public int number() {
        return place;
    }

    /** Has what the drive has to say told, if it has said nothing for so long and nobody uses it. Any thread. */
    public void hear(long nanos) {
        // No turn: that would let nobody else have it, and nothing is moved. Whoever has the turn waits for a moment.
        if (answering && drive.isDue(nanos) && lock.tryLock()) {
            try {
                drive.tell(null);
            } finally {
                lock.unlock();
            }
        }
    }

    /** The volume that was found in it, and has not been lost since; null if none. Any thread. */
    public MountedVolume tape() {
        return tape;
    }

    /** The cartridge that was brought there last, as it is asked for. Any thread. */
    String holds() {
        return holds;
    }

    void holds(String cartridge) {
        holds = cartridge;
    }

    /** As if nobody had used it for a while. Any thread. */
    void rest() {
        used = clock.getAsLong() - Bays.IN_USE;
    }

    /** When it was used last. Any thread. */
    long used() {
        return used;
    }

    /** Whether nothing lay in it when it was looked. */
    boolean isEmpty() {
        return empty;
    }

    void empty(boolean is) {
        if (empty && !is) {
            putIn = clock.getAsLong();
        }
        empty = is;
    }

    /** When something was found in it for the first time after nothing lay there; long ago if it was never empty. Any thread. */
    long putIn() {
        return putIn;
    }

    /** Whether somebody uses it now. Any thread. */
    public boolean isLocked() {
        return lock.isLocked();
    }

    /** A number that changes as long as the drive does something. Any thread. */
    long steps() {
        return steps;
    }

    /** It has done something. */
    void step() {
        steps++;
    }

    /** Whether it did when it was tried last. Any thread. */
    boolean isAnswering() {
        return answering;
    }

    void answers(boolean does) {
        answering = does;
    }

    /**
     * Has it for a call, in its turn, which ends with the lock.
     *
     * @throws BackupException {@code device.busy}, {@code device.interrupted}; then the turn has ended
     */
    void lock(Turn of) throws BackupException {
        boolean locked = false;
        try {
            locked = lock.tryLock(WAIT, TimeUnit.SECONDS);
            if (!locked) {
                throw Trouble.busy(drive.location(), "another call has had this drive for " + WAIT + " s");
            }
            turn = of;
            gaveWay = false;
        } catch (InterruptedException e) {
            throw Trouble.interrupted(drive.location(), e);
        } finally {
            if (!locked) {
                of.close();
            }
        }
    }

    public void unlock() {
        used = clock.getAsLong();
        Turn ends = turn;
        turn = null;
        lock.unlock();
        ends.close();
    }

    /** Whether somebody waits for it who comes first; who writes stops then, once all that was written is on the tape. */
    public boolean givesWay() {
        gaveWay = turn.isWanted();
        return gaveWay;
    }

    /** Whether it did in this call. */
    public boolean gaveWay() {
        return gaveWay;
    }

    /** This is in it. */
    public void has(MountedVolume found) {
        tape = found;
        moved();
    }

    /** Nobody knows what is in it, or where it stands. */
    public void forget() {
        has(null);
    }

    /** It stands nobody knows where, for the time being. */
    public void moved() {
        serial = 0;
        end = null;
    }

    public boolean standsBefore(Noted object, int block) {
        return serial == object.serial() && index == block;
    }

    public void standsBehind(Noted object, int block) {
        serial = object.serial();
        index = block + 1;
        number = object.number() + index;
        end = null;
    }

    /**
     * Reads on to this block of an object, if it stands somewhere before it and that takes no longer than to locate it. Whether it stands there now.
     */
    public boolean readOn(Noted object, int block) throws BackupException {
        long wanted = object.number() + block;
        if (serial == 0 || wanted < number || !readingOn.isWorth((wanted - number) * object.payload())) {
            return false;
        }
        long at = number;
        moved();
        try {
            while (at < wanted) {
                switch (read()) {
                    case ReadResult.Block passed -> at++;
                    case ReadResult.Filemark mark -> { }
                    case ReadResult.EndOfData nothing -> {
                        return false;
                    }
                    case ReadResult.TooLong other -> {
                        return false;
                    }
                }
            }
            // Each object begins behind a filemark, and nowhere else is one.
            return block > 0 || read() instanceof ReadResult.Filemark;
        } catch (BackupException e) {
            // What lies between is nobody's concern here.
            if (Trouble.is(e, "media.read")) {
                return false;
            }
            throw e;
        }
    }

    /** Whether it was proven that it stands at this end, and nothing was done with it here since. */
    public boolean stoodAt(Position place) {
        return place.equals(end);
    }

    /** The same, just before. */
    public boolean standsAt(Position place) {
        return stoodAt(place) && clock.getAsLong() - since < BELIEVED;
    }

    public void provenAt(Position place) {
        serial = 0;
        end = place;
        since = clock.getAsLong();
    }

    /** A buffer for one block; empty. */
    public ByteBuffer buffer() {
        return buffer.clear();
    }

    /** Reads what lies here; a block is in the {@link #read buffer} then, from position to limit. */
    public ReadResult read() throws BackupException {
        long begun = clock.getAsLong();
        ReadResult result = drive.read(buffer.clear());
        step();
        if (result instanceof ReadResult.Block block) {
            readingOn.read(block.length(), clock.getAsLong() - begun);
            buffer.position(0).limit(block.length());
        }
        return result;
    }

    /** What was read. */
    public ByteBuffer block() {
        return buffer;
    }

    /** Goes to this block of an object; whether there are so many. */
    public boolean goTo(Position object, int block) throws BackupException {
        moved();
        drive.locate(object);
        step();
        return block == 0 || skip(block);
    }

    /** Goes over so many blocks; whether there are so many. */
    public boolean skip(int blocks) throws BackupException {
        SpaceResult went = drive.spaceBlocks(blocks);
        return went.passed() == Math.abs(blocks) && went.stop() == SpaceResult.Stop.COUNT;
    }

    /** Whether the cartridge is there still. */
    public Void ask() throws BackupException {
        drive.position();
        return null;
    }

    /** Brings all that was written to the tape. */
    public WriteResult sync() throws BackupException {
        return drive.writeFilemarks(0, false);
    }
}
