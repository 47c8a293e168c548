package org.azekura.storagenode.cartridge.volume;

import org.azekura.api.BackupException;
import org.azekura.api.device.Position;
import org.azekura.storagenode.cartridge.drive.Bay;
import org.azekura.storagenode.cartridge.note.Tail;

/**
 * What was cut off behind the end of a cartridge that is written once: it can't be overwritten, and stays. A filemark ends it, and what comes next has the
 * number that it had: so whoever reads knows that nothing is missing there.
 */
final class Torn {

    private Torn() {}

    /**
     * Goes behind it, in a drive that the caller has.
     *
     * @return where the volume ends now; the same tail if nothing is there, or no filemark fits behind it
     */
    static Tail end(Bay bay, Tail tail) throws BackupException {
        bay.moved();
        bay.drive().spaceToEnd();
        Position torn = bay.drive().position();
        if (torn.compareTo(tail.end()) <= 0 || !bay.drive().writeFilemarks(1, false).isWritten()) {
            return tail;
        }
        return tail.behindDamage(tail.end(), bay.drive().position());
    }
}
