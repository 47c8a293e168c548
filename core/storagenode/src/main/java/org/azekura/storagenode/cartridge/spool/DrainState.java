package org.azekura.storagenode.cartridge.spool;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.azekura.api.BackupException;

/** What those who wait for a {@link Drain} and the thread that writes for them know of each other. All of it under its lock, but for what is safe by itself. */
final class DrainState {

    final ReentrantLock lock = new ReentrantLock();
    final Condition changed = lock.newCondition();
    final SpoolDoor door;
    final Losses losses;
    final Fences fences;
    /** That which writes; null if nothing is to be written. */
    Thread thread;
    /** Somebody wants all that is there written. */
    boolean demanded;
    /** How often it has ended writing, and what came of the last time; null: all was written. */
    long ends;
    BackupException problem;
    long endedAt;

    DrainState(SpoolDoor door, Losses losses) {
        this.door = door;
        this.losses = losses;
        this.fences = new Fences(losses);
    }

    /** Once somebody has asked for them. */
    Journal packs() {
        return door.opened();
    }
}
