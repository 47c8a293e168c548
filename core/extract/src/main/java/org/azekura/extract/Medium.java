package org.azekura.extract;

import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.engine.pack.PackSource;
import org.azekura.engine.volume.Label;

/** Where the blobs of a volume lie; only read. Safe for any number of threads. */
interface Medium {

    /** One blob. */
    interface Blob extends PackSource, AutoCloseable {

        @Override
        void close() throws BackupException;
    }

    /** For people. */
    String where();

    /** The names that begin so, in the order in which they are read best. */
    List<String> names(String prefix) throws BackupException;

    /** Whether there is such a blob. */
    boolean has(String name) throws BackupException;

    /** @throws BackupException {@code volume.unreadable}, {@code blob.missing}, or what the device says */
    Blob open(String name) throws BackupException;

    /**
     * What its volume begins with; null if it has none.
     *
     * @throws BackupException {@code volume.quarantined}, and what {@link #open} throws
     */
    default Label label() throws BackupException {
        return has(Volume.LABEL) ? Label.parse(Volume.bytes(this, Volume.LABEL, Label.BYTES)) : null;
    }

    /** Where whole volumes of other pools may lie within it, for copies. */
    List<Medium> copies() throws BackupException;

    /** Whether it lies on tape: several who read at once get in each other's way, and somebody may have to fetch a cartridge. */
    boolean isTape();
}
