package org.azekura.engine.plan;

import org.azekura.api.BackupException;

/** How far whoever gets the batches of a plan is with them. Asked by the thread that sends them. */
public interface Intake {

    /** Of who needs nothing any more once a batch was sent. */
    Intake AT_ONCE = new Intake() {
        @Override
        public long sent() {
            return 0;
        }

        @Override
        public boolean isThrough(long batch) {
            return true;
        }

        @Override
        public void await(long batch) {}
    };

    /** The number of the batch that was sent last. */
    long sent();

    /** Whether all up to this one was read, and is where it belongs. Never blocks. */
    boolean isThrough(long batch) throws BackupException;

    /** Returns when it is. */
    void await(long batch) throws BackupException;
}
