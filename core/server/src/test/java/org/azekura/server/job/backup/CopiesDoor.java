package org.azekura.server.job.backup;

import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.server.JobResult;

/** The copies that a backup orders with its snapshot, for tests of the queue. */
public record CopiesDoor(List<Job> jobs, List<JobResult.OrderedCopy> told) {

    public static CopiesDoor put(CatalogEdit edit, Snapshot snapshot, List<PoolName> to) throws BackupException {
        OrderedCopies copies = OrderedCopies.put(edit, snapshot, to);
        return new CopiesDoor(copies.jobs(), copies.told());
    }
}
