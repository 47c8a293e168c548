package org.azekura.server.job.errand;

import org.azekura.api.BackupException;
import org.azekura.api.NodeName;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.server.Drivers;
import org.azekura.api.server.JobOrder;

/** Changes drivers, one node at a time, for the jobs that do. Thread-safe. */
public interface DriverWork {

    /** What a job tells of a node, and whether it may go on there. */
    interface Story {

        void line(JobLine.Level level, String text);

        /** @param sent bytes of the package that have gone there */
        void phase(String phase, long sent);

        /** @throws BackupException if the node shall be left out; asked as long as nothing is begun there */
        void check() throws BackupException;
    }

    /**
     * Has a node do its part, or, where an earlier run of the server took the order up, looks what became of it. Waits for the end, minutes perhaps, and may
     * be interrupted.
     *
     * @return how it ended, which may be a failure
     */
    Drivers.Part change(JobOrder.Driver order, NodeName node, Story story);

    /** The job has nothing more to do: its package is needed no more. Twice is no error. */
    void forget(JobOrder.Driver order);
}
