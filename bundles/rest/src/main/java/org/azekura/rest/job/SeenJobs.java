package org.azekura.rest.job;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
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

    private static final int AT_ONCE = 2_000;

    public List<Job> list(boolean unendedOnly) throws BackupException {
        List<Job> seen = new ArrayList<>();
        for (Job job : all.list(unendedOnly)) {
            if (sees(job)) {
                seen.add(job);
            }
        }
        return seen;
    }

    /** Those that have not ended, and so many of the newest at most; oldest first. */
    List<Job> newest(int limit) throws BackupException {
        SortedMap<JobId, Job> found = new TreeMap<>();
        for (List<Job> some : List.of(all.list(true), all.newest(null, null, limit))) {
            for (Job job : some) {
                if (sees(job)) {
                    found.put(job.id(), job);
                }
            }
        }
        return List.copyOf(found.values());
    }

    /**
     * Read a few at a time: nobody has all there are in memory for a page.
     *
     * @param behind only those with a larger number; null: from the first on
     * @param limit  of those that are taken
     */
    List<Job> behind(JobId behind, int limit, Predicate<Job> taken) throws BackupException {
        List<Job> found = new ArrayList<>();
        List<Job> some = all.behind(behind, AT_ONCE);
        while (!some.isEmpty() && found.size() < limit) {
            for (Job job : some) {
                if (found.size() < limit && taken.test(job) && sees(job)) {
                    found.add(job);
                }
            }
            some = all.behind(some.getLast().id(), AT_ONCE);
        }
        return found;
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
