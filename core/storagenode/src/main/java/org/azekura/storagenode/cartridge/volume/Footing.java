package org.azekura.storagenode.cartridge.volume;

import org.azekura.api.BackupException;
import org.azekura.api.VolumeId;
import org.azekura.api.device.Position;
import org.azekura.api.device.ReadResult;
import org.azekura.engine.tape.TapeBlock;
import org.azekura.storagenode.cartridge.blob.Trouble;
import org.azekura.storagenode.cartridge.drive.Bay;
import org.azekura.storagenode.cartridge.note.Noted;
import org.azekura.storagenode.cartridge.note.Tail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a drive stands where its writer believes. A process may be stopped at any moment, in the middle of a call, too, while another host winds the tape: what is written
 * then would lie over what is there. So the place is made sure of after each pause: by a question where the drive numbers what lies on the tape, for to prove it would
 * stop the tape each time that somebody was slow; else by what stands there, for such a drive, or its driver, only counts what it was told. In a drive that the caller
 * has; used for one batch.
 */
final class Footing {

    private static final Logger LOG = LoggerFactory.getLogger(Footing.class);

    private final Bay bay;
    private final Scan scan;
    private final VolumeId volume;
    private final String where;
    /** When something was sent to the drive last. */
    private long sent;

    Footing(Bay bay, Scan scan, VolumeId volume, String where) {
        this.bay = bay;
        this.scan = scan;
        this.volume = volume;
        this.where = where;
        this.sent = bay.now();
    }

    private static boolean isNumbered(Position place) {
        return place.token().isEmpty();
    }

    /**
     * At the volume's end, before an object is written there.
     *
     * @param begins it is the first of its batch
     * @throws BackupException {@code volume.suspect}
     */
    void atEnd(Tail tail, boolean begins) throws BackupException {
        boolean proven = begins || !isNumbered(tail.end()) ? bay.standsAt(tail.end()) : bay.stoodAt(tail.end());
        boolean asked = !begins && bay.standsAt(tail.end());
        if (!proven || !asked && !bay.drive().position().equals(tail.end())) {
            scan.prove(tail);
        }
        sent = bay.now();
    }

    /**
     * Before this block of an object is written at the volume's end, or the filemark behind all of them.
     *
     * @throws BackupException {@code volume.suspect}; {@code drive.lost} if what was written of it before is not there
     */
    void before(Noted object, int index, Tail tail) throws BackupException {
        boolean paused = bay.now() - sent >= Bay.BELIEVED;
        if (paused && !isAsked(object, index)) {
            LOG.info("{}: after a pause the drive is sent back to where block {} of \"{}\" goes", where, index, object.key());
            goBack(object, index, tail);
        }
        sent = bay.now();
    }

    private boolean isAsked(Noted object, int index) throws BackupException {
        return isNumbered(object.at()) && bay.drive().position().equals(Position.of(object.at().object() + index));
    }

    /** Behind what must stand before it, which is read. */
    private void goBack(Noted object, int index, Tail tail) throws BackupException {
        if (index == 0) {
            scan.prove(tail);
        } else if (!isThere(object, index - 1)) {
            bay.forget();
            throw BackupException.device("drive.lost", where, where + ": somebody else has moved the tape while \"" + object.key() + "\" was written", null);
        }
    }

    private boolean isThere(Noted object, int index) throws BackupException {
        try {
            return bay.goTo(object.at(), index) && bay.read() instanceof ReadResult.Block && object.isBlock(volume, index, TapeBlock.parse(bay.block(), where));
        } catch (BackupException e) {
            if (Trouble.is(e, TapeBlock.CORRUPT) || Trouble.is(e, "media.read") || Trouble.is(e, "media.position")) {
                return false;
            }
            throw e;
        }
    }

    /**
     * Behind an object, where the drive says that it stands. One that has lost a block and says nothing stands before where it should.
     *
     * @throws BackupException {@code volume.suspect}; {@code drive.lost} if somebody else has moved it from there
     */
    void behind(Noted object, Position end) throws BackupException {
        Position expected = Position.of(object.at().object() + object.blocks() + 1);
        if (isNumbered(end) && !end.equals(expected)) {
            // Somebody may have moved the tape in between: it is looked twice.
            if (!isThere(object, object.blocks() - 1) && !isThere(object, object.blocks() - 1)) {
                throw Trouble.suspect(where, "behind \"" + object.key() + "\" the drive stands at " + end + ", expected at " + expected + ": it has not written all that it said",
                        null);
            }
            // A filemark that is missing costs nothing; whatever else it is, the object does not end there.
            if (!end.equals(Position.of(expected.object() - 1))) {
                bay.forget();
                throw BackupException.device("drive.lost", where, where + ": behind \"" + object.key() + "\" the drive stands at " + end + ", expected at " + expected
                        + ", and all of it is there: somebody else has moved the tape", null);
            }
            bay.goTo(end, 0);
        }
        bay.provenAt(end);
        if (!isNumbered(end) && bay.now() - sent >= Bay.BELIEVED) {
            bay.moved();
        }
    }
}
