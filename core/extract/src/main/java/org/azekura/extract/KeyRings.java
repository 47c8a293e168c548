package org.azekura.extract;

import java.nio.file.Path;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.engine.seal.KeyRing;

/** The key rings of one volume. */
record KeyRings(Volume volume, Notes notes) {

    /** Adds those that can be read, newest first. */
    void read(List<KeyRing> into) throws BackupException {
        for (Path file : volume.keyRings()) {
            try {
                into.add(KeyRing.parse(Volume.bytes(file, KeyRing.MAX_BYTES)));
            } catch (BackupException e) {
                notes.warn(file + ": " + e.getMessage());
            }
        }
    }
}
