package org.azekura.driver.tape;

import java.nio.ByteBuffer;
import org.azekura.api.BackupException;
import org.azekura.driver.tape.scsi.Direction;
import org.azekura.driver.tape.scsi.Verdict;

/**
 * How the tape is moved by what any drive has: rewind, filemarks, and reading over blocks. Blocks are read over because two of three peers walk over filemarks
 * when they are told to space over blocks, and one miscounts at the beginning. Keeps our own count. One thread at a time.
 */
final class Winding {

    /** What the drive went over. */
    enum Met { BLOCK, FILEMARK, END_OF_DATA }

    private static final int READ = 0x08;
    private static final int REWIND = 0x01;
    private static final int SPACE = 0x11;
    private static final int FILEMARKS = 1;
    private static final int END_OF_DATA = 3;
    private static final int MOST_IN_ONE = 0x7fffff;
    private static final int SHORT = 4096;

    private final SpcDevice device;
    private final ByteBuffer beginning = ByteBuffer.allocate(SHORT);

    Winding(SpcDevice device) {
        this.device = device;
    }

    void rewindAnew() throws BackupException {
        device.require(Cdb.six(REWIND, Direction.NONE, 0, 0), null, Doing.READING);
    }

    void rewind(Mount mount) throws BackupException {
        rewindAnew();
        mount.located(-1);
        mount.track().beginning();
        mount.lost(false);
    }

    /** Goes over one object. Only the beginning of a block comes over the wire. */
    Met skip(Mount mount) throws BackupException {
        Answer answer = device.once(Cdb.six(READ, Direction.IN, 0, SHORT), beginning.clear());
        mount.moved();
        switch (answer.verdict()) {
            case FILEMARK -> {
                mount.track().passedFilemark();
                return Met.FILEMARK;
            }
            case END_OF_DATA -> {
                return Met.END_OF_DATA;
            }
            // A key is not needed to go over a block.
            case DONE, NOTE, CLEAN, EARLY_WARNING, PROGRAMMED_WARNING -> {
                mount.track().passedBlock();
                return Met.BLOCK;
            }
            default -> throw device.refused(answer, Doing.READING);
        }
    }

    /** Goes over filemarks, forwards: some drives do not stop where they should when they go back. False at the end of data. */
    private boolean space(Mount mount, long count) throws BackupException {
        mount.moved();
        mount.located(-1);
        for (long left = count; left > 0;) {
            int now = (int) Math.min(left, MOST_IN_ONE);
            Answer answer = device.once(Cdb.six(SPACE, Direction.NONE, FILEMARKS, now), null);
            if (answer.verdict() == Verdict.END_OF_DATA) {
                return false;
            }
            if (!answer.isDone() && answer.verdict() != Verdict.FILEMARK) {
                throw device.refused(answer, Doing.READING);
            }
            left -= now;
        }
        return true;
    }

    /**
     * Goes over one filemark forwards; false at the end of data, where it is then: not every drive that finds no more filemarks goes there. The track knows behind
     * how many filemarks it stood.
     */
    boolean nextFile(Mount mount) throws BackupException {
        long file = mount.track().file();
        if (!space(mount, 1)) {
            mount.track().endOfData(file);
            Met met;
            do {
                met = skip(mount);
            } while (met == Met.BLOCK);
            if (met == Met.END_OF_DATA) {
                return false;
            }
        }
        mount.track().startOf(file + 1);
        return true;
    }

    /** Goes to in front of a filemark that lies before; they are numbered from 0. */
    void backTo(Mount mount, long filemark) throws BackupException {
        long blocks = mount.track().length(filemark);
        if (blocks < 0) {
            toStartOf(mount, filemark);
            while (skip(mount) == Met.BLOCK) {
                blocks = mount.track().block();
            }
            blocks = Math.max(0, blocks);
        }
        goTo(mount, filemark, blocks);
    }

    /** Goes to the beginning of a file that is there. */
    private void toStartOf(Mount mount, long file) throws BackupException {
        Track track = mount.track();
        boolean ahead = !mount.isLost() && track.file() >= 0 && (track.file() < file || track.file() == file && track.block() == 0);
        if (!ahead) {
            rewind(mount);
        }
        if (track.file() < file) {
            if (!space(mount, file - track.file())) {
                track.unknown(-1);
                throw Trouble.media("media.position", device.location(), "the cartridge has less than " + file + " filemarks");
            }
            track.startOf(file);
        }
    }

    /**
     * Goes behind so many filemarks and then so many blocks.
     *
     * @throws BackupException {@code media.position} if the data end before; the drive stands at their end
     */
    void goTo(Mount mount, long file, long block) throws BackupException {
        Track track = mount.track();
        boolean ahead = !mount.isLost() && track.isKnown() && track.file() == file && track.block() <= block;
        try {
            if (!ahead) {
                toStartOf(mount, file);
            }
            mount.lost(false);
            while (track.block() < block) {
                if (skip(mount) != Met.BLOCK) {
                    throw Trouble.media("media.position", device.location(), "file " + file + " of the cartridge has less than " + block + " blocks");
                }
            }
        } catch (BackupException e) {
            if (Trouble.is(e, "media.position")) {
                toEnd(mount);
            }
            throw e;
        }
    }

    /** Goes to an object by going over all before it; the data may end before, as in {@link #goTo}. */
    void walk(Mount mount, long object) throws BackupException {
        rewind(mount);
        for (long at = 0; at < object; at++) {
            if (skip(mount) == Met.END_OF_DATA) {
                throw Trouble.media("media.position", device.location(), "the data of the cartridge end at object " + at + ", before " + object);
            }
        }
    }

    /** Goes to the end of data by going over all before it: one peer has other names for places it has spaced to. */
    void walkToEnd(Mount mount) throws BackupException {
        rewind(mount);
        while (skip(mount) != Met.END_OF_DATA) {
            // What lies there is counted by the track.
        }
    }

    /** Goes to the end of data, and knows then how many filemarks lie before. */
    void toEnd(Mount mount) throws BackupException {
        if (mount.isLost() || mount.track().file() < 0) {
            rewind(mount);
        }
        while (nextFile(mount)) {
            mount.lost(false);
        }
        mount.lost(false);
    }

    /** Goes to the end of data in one go; nothing is known of the way then. */
    void spaceToEnd(Mount mount) throws BackupException {
        Answer answer = device.once(Cdb.six(SPACE, Direction.NONE, END_OF_DATA, 0), null);
        if (!answer.isDone() && answer.verdict() != Verdict.END_OF_DATA) {
            throw device.refused(answer, Doing.READING);
        }
        mount.track().unknown(-1);
        mount.lost(false);
        mount.located(-1);
    }

    /** Finds out how many blocks lie between the last filemark and here, if that is the end of data. */
    void resolve(Mount mount) throws BackupException {
        Track track = mount.track();
        if (track.isKnown()) {
            return;
        }
        if (track.file() < 0) {
            throw Trouble.lost(device.location());
        }
        toStartOf(mount, track.file());
        while (skip(mount) != Met.END_OF_DATA) {
            // What lies there is counted by the track.
        }
    }
}
