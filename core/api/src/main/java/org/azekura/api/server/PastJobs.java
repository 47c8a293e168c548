package org.azekura.api.server;

import java.util.List;
import org.azekura.api.JobId;

/**
 * What is known of jobs whose rows were deleted.
 *
 * @param totals by kind and end
 * @param last   the one with the largest number; null if none was deleted
 */
public record PastJobs(List<JobTotal> totals, JobId last) {

    public PastJobs {
        totals = List.copyOf(totals);
    }
}
