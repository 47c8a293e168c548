package org.azekura.extract;

import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.engine.seal.KeyRing;

/** The key rings of one volume. */
record KeyRings(Volume volume, Notes notes) {

    /** Adds those that can be read, newest first. */
    void read(List<KeyRing> into) throws BackupException {
        for (String name : volume.keyRings()) {
            try {
                into.add(KeyRing.parse(volume.bytes(name, KeyRing.MAX_BYTES)));
            } catch (BackupException e) {
                notes.warn(volume.at(name) + ": " + e.getMessage());
            }
        }
    }
}
