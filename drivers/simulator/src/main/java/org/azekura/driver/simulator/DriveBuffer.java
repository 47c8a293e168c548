package org.azekura.driver.simulator;

import java.io.IOException;
import org.azekura.api.BackupException;
import org.azekura.api.device.Position;

/** How what was written gets from a drive's buffer to the tape. One thread at a time. */
final class DriveBuffer {

    private static final double UNLOAD_s = 20;

    private final String where;
    private final DriveClock clock;
    private final Complaints complaints;

    DriveBuffer(String where, DriveClock clock, Complaints complaints) {
        this.where = where;
        this.clock = clock;
        this.complaints = complaints;
    }

    void requireKnown(Mount mount) throws BackupException {
        if (mount.isLost()) {
            throw Trouble.lost(where);
        }
    }

    /** Lets what time has emptied from the buffer be on the tape, and tells what was found bad thereby. */
    void settle(Mount mount) throws IOException, BackupException {
        mount.drain(clock.level());
        if (mount.takeFailure()) {
            clock.drop();
            mount.at(mount.reel().objects());
            complaints.writeFailed();
            throw unwritten(mount);
        }
    }

    BackupException unwritten(Mount mount) {
        return Trouble.media("media.write", where, "cartridge " + mount.lying().barcode() + " took no more than its first " + mount.reel().objects()
                + " objects");
    }

    /** Empties the buffer. */
    void flush(Mount mount) throws IOException, BackupException {
        clock.flush();
        settle(mount);
    }

    void sync(Mount mount) throws IOException, BackupException {
        flush(mount);
        mount.reel().sync();
    }

    void movedBehindOurBack(Mount mount, long object) throws IOException, BackupException {
        flush(mount);
        mount.at(Math.min(object, mount.end()));
    }

    /** On the tape is what a power loss of the machine leaves there, too. */
    Position onTape(Mount mount) throws IOException {
        mount.drain(clock.level());
        mount.reel().sync();
        return Position.of(mount.isLost() || !mount.isBufferEmpty() ? mount.reel().objects() : Math.min(mount.at(), mount.reel().objects()));
    }

    void unload(Mount mount, Effect effect) throws IOException, BackupException {
        if (effect instanceof Effect.MediumError) {
            throw unwritten(mount);
        }
        sync(mount);
        clock.wind(mount.geometry().seconds(mount.used(), 0) + UNLOAD_s);
    }
}
