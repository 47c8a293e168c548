package org.azekura.api.catalog;

import java.time.Instant;
import org.azekura.api.JobId;

/** One line of a job's log. */
public record JobLine(JobId job, Instant at, Level level, String text) {

    /** How much a line needs attention. */
    public enum Level { INFO, WARN, ERROR }
}
