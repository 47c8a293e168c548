package org.azekura.api.catalog;

import java.time.Instant;
import org.azekura.api.JobId;

/** Something that happened and that somebody may have to be told. The catalog notes it in the transaction in which it happens. */
public sealed interface Happening {

    /** Later ones have higher numbers; none is given twice. */
    long number();

    Instant time();

    /**
     * A job has ended, or waits for something.
     *
     * @param state {@link Job.State#PARKED}, or one of an end
     * @param error as the job had it then; null without one
     */
    record OfJob(long number, Instant time, JobId job, Job.State state, String error) implements Happening {}

    /**
     * An alert came or went.
     *
     * @param came else it went, and the alert is as it was
     */
    record OfAlert(long number, Instant time, Alert alert, boolean came) implements Happening {}
}
