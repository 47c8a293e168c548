package org.azekura.storagenode.cartridge.spool;

import java.time.Duration;
import org.azekura.api.BackupException;

/**
 * A store that has packs wait on a disk before they get to tape, many at once. Who has to wait for it asks again and again: so he can be called off, and
 * another store can take this one's place meanwhile, which goes on with what it has left. Safe for any number of threads.
 */
public interface Buffered {

    /** Begins to write what an earlier run has left. */
    void begin() throws BackupException;

    /**
     * Whatever is durable at a moment.
     *
     * @param number of the last pack
     * @param losses packs that were found damaged before
     * @param of     the store's; another one that took its place knows of no losses before
     */
    record Mark(long number, long losses, Object of) {}

    /** For {@link #isOnTape}. */
    Mark mark() throws BackupException;

    /**
     * Whether everything is on tape that was durable when this was the {@link #mark}; has it written there, and waits for a while.
     *
     * @throws BackupException why it can't be written at the moment; {@code spool.corrupt}: some of it is not what it was, since then
     */
    boolean isOnTape(Mark mark, Duration atMost) throws BackupException;

    /**
     * Whether there is room for another pack; has some made if not, and waits for a while. A pack for which nobody asked finds room, too, as long as the
     * disk has it.
     *
     * @throws BackupException why none can be made at the moment
     */
    boolean hasRoom(Duration atMost) throws BackupException;

    /** Whether what is read under this key waits to take the place of what lies on tape. */
    boolean replaces(String key) throws BackupException;

    /** A number that changes as long as something is done. */
    long progress();
}
