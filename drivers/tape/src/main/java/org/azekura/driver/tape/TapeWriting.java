package org.azekura.driver.tape;

import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.azekura.api.BackupException;
import org.azekura.api.device.Position;
import org.azekura.api.device.WriteResult;
import org.azekura.driver.tape.scsi.Direction;
import org.azekura.driver.tape.scsi.Sense;
import org.azekura.driver.tape.scsi.Verdict;

/** How blocks and filemarks are written (SSC-3, WRITE(6) with variable blocks, WRITE FILEMARKS(6), ERASE). Nothing is ever sent twice. One thread at a time. */
final class TapeWriting {

    private static final int WRITE = 0x0a;
    private static final int WRITE_FILEMARKS = 0x10;
    private static final int ERASE = 0x19;
    private static final int IMMEDIATE = 1;
    private static final int MOST_FILEMARKS = 1000;

    private final SpcDevice device;
    private final Places places;
    private final Winding winding;
    private final Protection protection;
    /** Some drives know filemarks only that wait. */
    private boolean waitsAlways;

    TapeWriting(SpcDevice device, Places places, Winding winding, Protection protection) {
        this.device = device;
        this.places = places;
        this.winding = winding;
        this.protection = protection;
    }

    private void requireWritable(Mount mount) throws BackupException {
        if (mount.cartridge().writeProtected()) {
            throw Trouble.media("media.protected", device.location(), "the cartridge is write-protected in this drive");
        }
    }

    WriteResult write(Mount mount, ByteBuffer block, int minBlock, int maxBlock) throws BackupException {
        if (block.remaining() < minBlock || block.remaining() > maxBlock || block.remaining() == 0) {
            throw Trouble.operator("drive.block", device.location(), "a block has " + minBlock + " to " + maxBlock + " bytes, not " + block.remaining());
        }
        requireWritable(mount);
        forgetWarnings(mount);
        ByteBuffer sent = protection.isOn() ? protection.seal(block) : block.duplicate();
        Answer answer = device.once(Cdb.six(WRITE, Direction.OUT, 0, sent.remaining()), sent);
        if (answer.verdict() == Verdict.NEXT_TAPE) {
            return WriteResult.FULL;
        }
        if (!answer.isDone()) {
            throw device.refused(answer, Doing.WRITING);
        }
        block.position(block.limit());
        mount.unwritten(true);
        mount.track().cut();
        mount.track().passedBlock();
        places.decide(mount);
        return warned(mount, answer.verdict());
    }

    WriteResult writeFilemarks(Mount mount, int count, boolean immediate) throws BackupException {
        if (count < 0 || count > MOST_FILEMARKS) {
            throw Trouble.operator("drive.block", device.location(), "0 to " + MOST_FILEMARKS + " filemarks are written at once, not " + count);
        }
        // One that writes none would end the data here in some drives; what there is to wait for only we know.
        if (count == 0 && (immediate || !mount.isUnwritten())) {
            return mount.warned();
        }
        if (count > 0) {
            requireWritable(mount);
            forgetWarnings(mount);
        }
        boolean waits = !immediate || waitsAlways;
        Answer answer = device.once(Cdb.six(WRITE_FILEMARKS, Direction.NONE, waits ? 0 : IMMEDIATE, count), null);
        if (!waits && answer.verdict() == Verdict.UNSUPPORTED) {
            waitsAlways = true;
            waits = true;
            answer = device.once(Cdb.six(WRITE_FILEMARKS, Direction.NONE, 0, count), null);
        }
        if (answer.verdict() == Verdict.NEXT_TAPE) {
            unfinished(mount, answer, count);
            return WriteResult.FULL;
        }
        if (!answer.isDone()) {
            throw device.refused(answer, Doing.WRITING);
        }
        mount.unwritten(!waits);
        written(mount, count);
        places.decide(mount);
        return warned(mount, answer.verdict());
    }

    private static void written(Mount mount, long filemarks) {
        if (filemarks > 0) {
            mount.track().cut();
        }
        for (long i = 0; i < filemarks; i++) {
            mount.track().passedFilemark();
        }
    }

    /** Some were written, and some not; a drive that does not say how many has lost its place if it has no other way to tell. */
    private static void unfinished(Mount mount, Answer answer, int count) {
        long left = answer.sense().map(Sense::information).orElse(OptionalLong.empty()).orElse(count <= 1 ? count : -1);
        if (left >= 0 && left <= count) {
            written(mount, count - left);
        } else if (mount.form() == Mount.Form.COUNTED) {
            mount.lost(true);
        } else {
            mount.track().unknown(-1);
        }
    }

    /** What was warned of before counts no more in front of the place where it came. */
    private void forgetWarnings(Mount mount) throws BackupException {
        mount.located(-1);
        if (mount.takeMoved() && mount.warned() != WriteResult.WRITTEN && places.position(mount).object() < mount.warnedAt()) {
            mount.warned(WriteResult.WRITTEN, 0);
        }
    }

    /** Some drives warn once, at the place itself; the caller is warned from there on. */
    private WriteResult warned(Mount mount, Verdict verdict) throws BackupException {
        WriteResult result = switch (verdict) {
            case EARLY_WARNING -> WriteResult.EARLY_WARNING;
            case PROGRAMMED_WARNING -> WriteResult.PROGRAMMED_WARNING;
            default -> WriteResult.WRITTEN;
        };
        if (result.compareTo(mount.warned()) > 0) {
            mount.warned(result, places.position(mount).object());
        }
        return mount.warned();
    }

    /** Drives may take the short form and do nothing; so what lies here is looked at. */
    void erase(Mount mount, boolean whole) throws BackupException {
        requireWritable(mount);
        Position here = places.position(mount);
        Answer answer = device.once(Cdb.six(ERASE, Direction.NONE, whole ? 1 : 0, 0), null);
        if (!answer.isDone()) {
            throw device.refused(answer, Doing.WRITING);
        }
        if (!whole && winding.skip(mount) != Winding.Met.END_OF_DATA) {
            places.locate(mount, here);
            throw Trouble.unsupported(device.location(), "this drive makes no end of data without erasing all of the tape");
        }
        mount.track().cut();
        mount.unwritten(false);
    }
}
