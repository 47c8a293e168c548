package org.azekura.server.job.errand;

import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult;

/** Does what is to be done with the cartridges of libraries, for the jobs that do. Thread-safe. */
public interface LibraryWork {

    /** What a job tells while it goes on, and whether it may. */
    interface Story {

        void line(JobLine.Level level, String text);

        /** @param done cartridges that it is through with */
        void phase(String phase, int done);

        /** What became of one more cartridge. */
        void fate(JobResult.Cartridge cartridge);

        /** @throws BackupException if the job is to end; asked between two cartridges */
        void check() throws BackupException;
    }

    /**
     * @return the pool that the order is about, null if none
     * @throws BackupException naming what does not exist, or is not there now
     */
    PoolName check(JobOrder.OfLibrary order) throws BackupException;

    /**
     * Does it, and waits for the end; may be interrupted. What goes wrong with one cartridge of several is told as its fate.
     *
     * @throws BackupException if nothing more can be done
     */
    void carryOut(JobOrder.OfLibrary order, Story story) throws BackupException;
}
