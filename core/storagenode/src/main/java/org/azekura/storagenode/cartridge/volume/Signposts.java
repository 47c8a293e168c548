package org.azekura.storagenode.cartridge.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.azekura.api.BackupException;
import org.azekura.api.VolumeId;
import org.azekura.api.device.Drive;
import org.azekura.api.device.Position;
import org.azekura.api.device.ReadResult;
import org.azekura.engine.tape.BlobHead;
import org.azekura.engine.tape.TapeBlock;
import org.azekura.storagenode.cartridge.blob.Keys;
import org.azekura.storagenode.cartridge.drive.Bay;
import org.azekura.storagenode.cartridge.note.Contents;
import org.azekura.storagenode.cartridge.note.Note;
import org.azekura.storagenode.cartridge.note.Noted;
import org.azekura.storagenode.cartridge.note.Tail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where on a cartridge its own note lies, as its memory says it: who has lost the note is spared reading the cartridge through. It is a hint. It counts if there lies what
 * should, of this volume, which says all up to itself, and what it says to be the end is proven as always; what was written since is read. In a drive that the
 * caller has.
 */
record Signposts(Bay bay, VolumeId volume, String where) {

    private static final long MOST = 1 << 30;
    private static final Logger LOG = LoggerFactory.getLogger(Signposts.class);

    /** Proves that a volume ended here. */
    interface Proof {
        void prove(Tail tail) throws BackupException;
    }

    void write(Noted note) {
        try {
            Drive drive = bay.drive();
            if (note.at().token().isEmpty() && drive.capabilities().describe()) {
                drive.signpost(new Drive.Signpost(volume.toString(), note.at().object()));
            }
        } catch (BackupException e) {
            // It may have cost the drive its place.
            bay.moved();
            LOG.info("{}: where its note lies is not written into the memory of the cartridge: {}", where, e.getMessage());
        }
    }

    /** What the cartridge says lies on it, which is noted then, and where it stands at the end of that; null if it says nothing that can be believed. */
    Contents read(Note note, Proof proof) throws BackupException {
        try {
            Drive.Signpost post = bay.drive().signpost().filter(found -> found.of().equals(volume.toString())).orElse(null);
            Noted blob = post == null ? null : blob(Position.of(post.object()));
            if (blob == null || !take(note, blob)) {
                return null;
            }
            Contents told = note.read();
            proof.prove(told.tail());
            LOG.info("{} tells what lies on it up to {}", where, blob.at());
            return told;
        } catch (IOException e) {
            LOG.warn("{}: what it says of itself can't be kept, so it is read through: {}", where, e.toString());
        } catch (BackupException e) {
            if (!isOfWhatLiesThere(e)) {
                throw e;
            }
            LOG.info("{}: what its memory says of it is not so, and it is read through: {}", where, e.getMessage());
        }
        forget(note);
        return null;
    }

    private void forget(Note note) {
        try {
            note.delete();
        } catch (IOException e) {
            LOG.warn("{}: a note that is not to be believed can't be deleted: {}", where, e.toString());
        }
    }

    /** Whether it says all that stands before it. */
    private static boolean isAllBefore(Noted blob, Note note) {
        Contents told = note.read();
        return told != null && !told.isClosed() && told.tail().end().equals(blob.at()) && told.tail().serial() == blob.serial() - 1;
    }

    private static boolean isOfWhatLiesThere(BackupException e) {
        String code = e.failure().code();
        return code.equals(TapeBlock.CORRUPT) || code.equals("blob.corrupt") || code.equals("volume.suspect") || code.startsWith("media.") && !code.equals("media.key");
    }

    /** The note that begins there; null if none does. */
    private Noted blob(Position at) throws BackupException {
        if (!bay.goTo(at, 0) || !(bay.read() instanceof ReadResult.Block)) {
            return null;
        }
        ByteBuffer bytes = bay.block();
        TapeBlock first = TapeBlock.parse(bytes, where);
        if (!first.volume().equals(volume) || !first.first() || first.deletion()) {
            return null;
        }
        BlobHead head = BlobHead.read(bytes, where);
        Noted blob = new Noted(head.key(), false, first.serial(), first.number(), first.length(), head.size(), at);
        return head.key().equals(Keys.CARRIED + volume) && head.size() <= MOST && blob.isPossible() ? blob : null;
    }

    private boolean take(Note note, Noted blob) throws IOException, BackupException {
        Reading reading = new Reading(volume);
        return note.take((at, piece) -> {
            int before = piece.position();
            while (piece.hasRemaining() && at + piece.position() - before < blob.size()) {
                long next = at + piece.position() - before;
                if (!reading.again(blob, next, piece)) {
                    reading.block(bay, blob, next, where);
                }
            }
            return piece.position() - before;
        }, blob.size(), taken -> isAllBefore(blob, taken));
    }
}
