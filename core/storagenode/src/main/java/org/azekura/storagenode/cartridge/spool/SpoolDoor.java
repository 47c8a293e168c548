package org.azekura.storagenode.cartridge.spool;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.azekura.api.BackupException;
import org.azekura.storagenode.cartridge.blob.Trouble;
import org.azekura.storagenode.cartridge.set.MediaSet;

/** Where the packs of a pool wait: opened when the pool has a volume, for then it is known whose packs those are. Safe for any number of threads. */
final class SpoolDoor {

    private final MediaSet set;
    private final LongSupplier clock;
    private final Consumer<String> lost;
    private final ReentrantLock opening = new ReentrantLock();
    /** Whether packs wait there, or are to. */
    private final boolean used;
    private volatile SpoolPlace place;
    private volatile Journal journal;
    private volatile boolean closed;

    /** @param lost told of packs that are not what they were */
    SpoolDoor(MediaSet set, SpoolPlace place, LongSupplier clock, Consumer<String> lost) {
        this.set = set;
        this.place = place;
        this.used = place.bytes() != 0 || place.isThere();
        this.clock = clock;
        this.lost = lost;
    }

    /** Its size is decided once it is open. */
    SpoolPlace place() {
        return place;
    }

    /** The packs that wait; null while the pool has no volume, and where none wait and none are to. */
    Journal open() throws BackupException {
        return used ? made() : journal;
    }

    /** The same, but there is a place for some then. */
    Journal made() throws BackupException {
        if (journal == null && set.id() != null) {
            opening.lock();
            try {
                requireOpen();
                if (journal == null) {
                    place = place.decided();
                    journal = Journal.open(place, set.id(), clock, lost);
                }
            } finally {
                opening.unlock();
            }
        }
        return journal;
    }

    /** The same; null, too, if nobody has asked for it yet. Never blocks. */
    Journal opened() {
        return journal;
    }

    boolean isClosed() {
        return closed;
    }

    /** @throws BackupException {@code device.closed} */
    void requireOpen() throws BackupException {
        if (closed) {
            throw Trouble.closed(set.where());
        }
    }

    void close() {
        closed = true;
    }
}
