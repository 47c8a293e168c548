package org.azekura.server.job;

import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.server.job.run.JobRecord;

/** What keeps jobs from running for a while, and lets them go on by itself. Thread-safe. */
interface Hold {

    /** Why this job may not run now, the same words as long as nothing changes for it; null if it may. */
    String why(JobId job, Checked checked);

    /** Waits while this job may not run because of {@code why}; returns when that has changed. */
    void await(JobId job, Checked checked, String why) throws InterruptedException;

    /** Says in the record of a job that it waits. */
    void tell(JobRecord record, String why) throws BackupException;

    /** With which a job that runs is stopped. */
    BackupException exception(String why);
}
