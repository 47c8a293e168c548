package org.azekura.rest.job;

import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.access.Caller;
import org.azekura.api.catalog.Job;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.Jobs;
import org.azekura.rest.call.Names;
import org.azekura.rest.call.Scope;

/**
 * The jobs that are there for a caller: if he does not see every client, those of his clients, and of these no restore of what is another's. One that is not there
 * for him is answered as one that does not exist, in the same words.
 */
public record SeenJobs(Jobs all, Caller caller) {

    public List<Job> list(boolean unendedOnly) throws BackupException {
        List<Job> seen = new ArrayList<>();
        for (Job job : all.list(unendedOnly)) {
            if (sees(job)) {
                seen.add(job);
            }
        }
        return seen;
    }

    public Job get(JobId id) throws BackupException {
        if (!Scope.isBounded(caller)) {
            return all.get(id);
        }
        Job found = find(id);
        if (found == null || !sees(found)) {
            throw Names.unknown("job", id.toString());
        }
        return found;
    }

    private Job find(JobId id) throws BackupException {
        try {
            return all.get(id);
        } catch (BackupException e) {
            if (e.failure().code().equals("job.unknown")) {
                return null;
            }
            throw e;
        }
    }

    private boolean sees(Job job) throws BackupException {
        if (!Scope.isBounded(caller)) {
            return true;
        }
        if (job.client() == null || !caller.sees(job.client())) {
            return false;
        }
        // what was restored names paths of whose data it is
        return job.kind() != Job.Kind.RESTORE || !(all.order(job.id()) instanceof JobOrder.Restore restore)
                || restore.from() == null || caller.sees(restore.from());
    }
}
