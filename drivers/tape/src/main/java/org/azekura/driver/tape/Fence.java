package org.azekura.driver.tape;

import java.nio.ByteBuffer;
import org.azekura.api.BackupException;
import org.azekura.driver.tape.scsi.Direction;
import org.azekura.driver.tape.scsi.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps others away from a drive while it is in use: by PERSISTENT RESERVE, else RESERVE(6), else RESERVE(10), else by nothing, which is said once; and keeps
 * hands away from the cartridge (PREVENT MEDIUM REMOVAL). One thread at a time.
 *
 * <p>The key of a persistent reservation names the host in its upper half and the start of the host in its lower: what an earlier run of ours has left
 * behind is taken over, what somebody else holds is not.
 */
final class Fence {

    private static final Logger LOG = LoggerFactory.getLogger(Fence.class);
    private static final int PERSISTENT_IN = 0x5e;
    private static final int PERSISTENT_OUT = 0x5f;
    private static final int READ_RESERVATION = 1;
    private static final int REGISTER = 0;
    private static final int RESERVE = 1;
    private static final int PREEMPT = 4;
    private static final int REGISTER_ANYWAY = 6;
    private static final int EXCLUSIVE = 3;
    private static final int LENGTH = 24;
    private static final int PREVENT = 0x1e;

    private enum Way { NONE, PERSISTENT, SIX, TEN }

    private final SpcDevice device;
    private final long key;
    private Way way = Way.NONE;
    private boolean warned;
    private boolean prevented;

    Fence(SpcDevice device, long key) {
        this.device = device;
        this.key = key;
    }

    /** What was held is held no more: the device was reset, or the way to it is another. */
    void forget() {
        way = Way.NONE;
        prevented = false;
    }

    /**
     * Keeps other hosts away. While one of them does, a device refuses nearly everything else: so this comes first.
     *
     * @throws BackupException {@code device.reserved}
     */
    void reserve() throws BackupException {
        if (way == Way.NONE) {
            way = persistent() ? Way.PERSISTENT : simple(Cdb.six(0x16, Direction.NONE, 0, 0)) ? Way.SIX
                    : simple(Cdb.of(10, 0x56, Direction.NONE)) ? Way.TEN : Way.NONE;
            if (way == Way.NONE && !warned) {
                warned = true;
                LOG.warn("{}: the drive can't be reserved; see that no other host uses it", device.location());
            }
        }
    }

    /**
     * Keeps hosts and hands away.
     *
     * @throws BackupException {@code device.reserved}
     */
    void close() throws BackupException {
        reserve();
        if (!prevented) {
            prevented = simple(Cdb.six(PREVENT, Direction.NONE, 0, 1));
        }
    }

    private boolean simple(Cdb cdb) throws BackupException {
        if (device.lacks(cdb)) {
            return false;
        }
        Answer answer = device.ask(cdb, null);
        device.note(cdb, answer);
        return answer.isDone();
    }

    private Cdb out(int action) {
        return Cdb.of(10, PERSISTENT_OUT, Direction.OUT).with(2, EXCLUSIVE).with32(5, LENGTH).service(action);
    }

    private static ByteBuffer keys(long own, long other) {
        return ByteBuffer.allocate(LENGTH).putLong(0, own).putLong(8, other);
    }

    private boolean persistent() throws BackupException {
        Cdb register = out(REGISTER_ANYWAY);
        if (device.lacks(register)) {
            return false;
        }
        Answer registered = device.ask(register, keys(0, key));
        device.note(register, registered);
        if (!registered.isDone()) {
            if (registered.verdict() != Verdict.UNSUPPORTED) {
                throw device.refused(registered, Doing.ASKING);
            }
            return false;
        }
        try {
            if (device.once(out(RESERVE), keys(key, 0)).isDone()) {
                return true;
            }
        } catch (BackupException e) {
            if (!Trouble.is(e, "device.reserved")) {
                throw e;
            }
            takeOver(e);
            return true;
        }
        device.once(out(REGISTER), keys(key, 0));
        return false;
    }

    private void takeOver(BackupException conflict) throws BackupException {
        byte[] holder = device.optional(Cdb.of(10, PERSISTENT_IN, Direction.IN).with16(7, LENGTH).service(READ_RESERVATION), LENGTH).orElse(new byte[0]);
        long other = holder.length >= 16 ? ByteBuffer.wrap(holder).getLong(8) : 0;
        if (other >>> 32 == key >>> 32 && device.once(out(PREEMPT), keys(key, other)).isDone()) {
            LOG.info("{}: a reservation that an earlier run of this host had left was taken over", device.location());
            return;
        }
        device.once(out(REGISTER), keys(key, 0));
        throw conflict;
    }

    /** Lets others in again. What fails here holds nobody up: a reservation ends with the session. */
    void open() throws BackupException {
        if (prevented) {
            prevented = false;
            device.ask(Cdb.six(PREVENT, Direction.NONE, 0, 0), null);
        }
    }

    void release() throws BackupException {
        Way held = way;
        way = Way.NONE;
        switch (held) {
            case PERSISTENT -> device.once(out(REGISTER), keys(key, 0));
            case SIX -> device.ask(Cdb.six(0x17, Direction.NONE, 0, 0), null);
            case TEN -> device.ask(Cdb.of(10, 0x57, Direction.NONE), null);
            case NONE -> { }
        }
    }
}
