package org.azekura.storagenode.cartridge;

import java.time.Duration;
import org.azekura.api.BackupException;

/**
 * A store that has packs wait on a disk before they get to tape, many at once. Who has to wait for it asks again and again: so he can be called off, and
 * another store can take this one's place meanwhile, which goes on with what it has left. Safe for any number of threads.
 */
public interface Buffered {

    /** Begins to write what an earlier run has left. */
    void begin() throws BackupException;

    /** For {@link #isOnTape}: whatever is durable now. */
    long mark() throws BackupException;

    /**
     * Whether everything is on tape that was durable when this was the {@link #mark}; has it written there, and waits for a while.
     *
     * @throws BackupException why it can't be written at the moment
     */
    boolean isOnTape(long mark, Duration atMost) throws BackupException;

    /**
     * Whether there is room for another pack; has some made if not, and waits for a while. A pack for which nobody asked finds room, too, as long as the
     * disk has it.
     *
     * @throws BackupException why none can be made at the moment
     */
    boolean hasRoom(Duration atMost) throws BackupException;

    /** A number that changes as long as something is done. */
    long progress();
}
