package org.azekura.driver.simulator;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.azekura.api.BackupException;
import org.azekura.api.device.WriteResult;

/** How a drive writes on the cartridge that is loaded, and erases it. One thread at a time. */
final class TapeWriting {

    private static final int MOST_FILEMARKS = 1000;

    private final String where;
    private final Setup setup;
    private final DriveClock clock;
    private final DriveBuffer buffer;
    private final Complaints complaints;

    TapeWriting(String where, Setup setup, DriveClock clock, DriveBuffer buffer, Complaints complaints) {
        this.where = where;
        this.setup = setup;
        this.clock = clock;
        this.buffer = buffer;
        this.complaints = complaints;
    }

    /** What must be so before anything is written or erased here. */
    private void requireWritable(Mount mount) throws BackupException, IOException {
        buffer.requireKnown(mount);
        if (mount.cartridge().writeProtected()) {
            complaints.raise(9);
            throw Trouble.media("media.protected", where, "cartridge " + mount.lying().barcode() + " is write-protected in this drive");
        }
        if (mount.cartridge().writeOnce() && mount.at() < mount.end()) {
            complaints.raise(60);
            throw Trouble.media("media.protected", where, "cartridge " + mount.lying().barcode() + " is written once: it takes data at its end only");
        }
    }

    WriteResult write(Mount mount, ByteBuffer block, DriveSettings settings, Effect effect) throws BackupException, IOException {
        buffer.requireKnown(mount);
        if (block.remaining() < 1 || block.remaining() > SimulatedDrive.MAX_BLOCK) {
            throw Trouble.operator("drive.block", where, "a block has 1 to " + SimulatedDrive.MAX_BLOCK + " bytes, not " + block.remaining());
        }
        requireWritable(mount);
        if (effect instanceof Effect.FalseGood) {
            block.position(block.limit());
            return room(mount, settings);
        }
        Piece piece = spoiled(Piece.block(block, settings.compressing(), settings.seal().orElse(null)), effect);
        WriteResult result = put(mount, piece, settings, effect);
        if (result.isWritten()) {
            block.position(block.limit());
        }
        return result;
    }

    private static Piece spoiled(Piece piece, Effect effect) {
        return switch (effect) {
            case Effect.DeferredError error -> piece.spoiled();
            case Effect.Flip flip -> piece.flipped(flip.bit(), flip.unreadable());
            case null, default -> piece;
        };
    }

    private WriteResult put(Mount mount, Piece piece, DriveSettings settings, Effect effect) throws BackupException, IOException {
        if (effect instanceof Effect.MediumError) {
            buffer.flush(mount);
            complaints.writeFailed();
            throw buffer.unwritten(mount);
        }
        buffer.settle(mount);
        if (effect instanceof Effect.Full || mount.used() + piece.tape() > mount.reel().capacity()) {
            return WriteResult.FULL;
        }
        if (mount.at() < mount.end()) {
            buffer.flush(mount);
            mount.reel().cut(mount.at());
        }
        clock.write(piece.tape());
        buffer.settle(mount);
        mount.add(piece);
        if (effect instanceof Effect.EarlyWarning) {
            mount.warn(WriteResult.EARLY_WARNING);
        } else if (effect instanceof Effect.ProgrammedWarning) {
            mount.warn(WriteResult.PROGRAMMED_WARNING);
        }
        return room(mount, settings);
    }

    private WriteResult room(Mount mount, DriveSettings settings) throws IOException, BackupException {
        long left = mount.reel().capacity() - mount.used() - setup.earlyWarning();
        WriteResult byRoom = left < 0 ? WriteResult.EARLY_WARNING : left < settings.programmed() ? WriteResult.PROGRAMMED_WARNING : WriteResult.WRITTEN;
        return byRoom.compareTo(mount.warned()) < 0 ? mount.warned() : byRoom;
    }

    WriteResult writeFilemarks(Mount mount, int count, boolean immediate, DriveSettings settings, Effect effect) throws BackupException, IOException {
        buffer.requireKnown(mount);
        if (count < 0 || count > MOST_FILEMARKS) {
            throw Trouble.operator("drive.block", where, "0 to " + MOST_FILEMARKS + " filemarks are written at once, not " + count);
        }
        if (count > 0) {
            requireWritable(mount);
        }
        if (effect instanceof Effect.Full) {
            return WriteResult.FULL;
        }
        if (effect instanceof Effect.MediumError) {
            buffer.flush(mount);
            complaints.writeFailed();
            throw buffer.unwritten(mount);
        }
        WriteResult result = room(mount, settings);
        for (int i = 0; i < count && result.isWritten(); i++) {
            result = put(mount, spoiled(Piece.filemark(), effect), settings, effect);
        }
        if (result.isWritten() && !immediate && !(effect instanceof Effect.FalseGood)) {
            buffer.sync(mount);
        }
        return result;
    }

    void erase(Mount mount, boolean whole) throws BackupException, IOException {
        requireWritable(mount);
        buffer.flush(mount);
        mount.reel().cut(mount.at());
        mount.reel().sync();
        if (whole) {
            clock.wind((mount.reel().capacity() - mount.used()) * 1.0 / setup.speed());
        }
    }
}
