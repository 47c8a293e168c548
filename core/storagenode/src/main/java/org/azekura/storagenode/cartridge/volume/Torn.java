package org.azekura.storagenode.cartridge.volume;

import org.azekura.api.BackupException;
import org.azekura.api.device.WriteResult;
import org.azekura.storagenode.cartridge.blob.Trouble;
import org.azekura.storagenode.cartridge.drive.Bay;
import org.azekura.storagenode.cartridge.note.Tail;

/**
 * What was cut off behind the end of a cartridge that is written once: it can't be overwritten, and stays. A filemark ends it. Of what had some of its blocks the
 * next object has the number: so whoever reads knows that nothing is missing there. What had all of them is whole with the filemark, and counts as any other.
 */
final class Torn {

    private Torn() {}

    /**
     * Goes behind it, in a drive that the caller has; does nothing if nothing is there.
     *
     * @param room is told what the drive says of it
     * @param sink takes what is whole by now, and where the volume ends
     * @throws BackupException {@code media.end}: no filemark fits behind it, and so nothing else; {@code volume.suspect}, as {@link Scan} has it
     */
    static void pass(Bay bay, Tail tail, Scan scan, Room room, String where, Scan.Sink sink) throws BackupException {
        bay.moved();
        bay.drive().spaceToEnd();
        if (bay.drive().position().compareTo(tail.end()) <= 0) {
            return;
        }
        WriteResult mark = bay.drive().writeFilemarks(1, false);
        room.said(mark);
        if (!mark.isWritten()) {
            throw Trouble.end(where);
        }
        scan.prove(tail);
        scan.forward(tail, sink);
        bay.moved();
    }
}
