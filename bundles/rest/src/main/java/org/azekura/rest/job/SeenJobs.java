package org.azekura.rest.job;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
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
    /** Of each client: who has to do with many does not need as many of each. */
    private static final int NEWEST_AT_ONCE = 500;

    public List<Job> list(boolean unendedOnly) throws BackupException {
        List<Job> seen = new ArrayList<>();
        for (Job job : all.list(unendedOnly)) {
            if (sees(job)) {
                seen.add(job);
            }
        }
        return seen;
    }

    /**
     * Those that have not ended, and so many of the newest that he sees; oldest first.
     *
     * @param client only of this one, which he sees; null: of all that he sees
     */
    List<Job> newest(int limit, ClientName client) throws BackupException {
        NavigableMap<JobId, Job> found = new TreeMap<>();
        if (client == null && !Scope.isBounded(caller)) {
            addNewest(found, limit, null);
        }
        for (ClientName each : client == null ? caller.clients() : Set.of(client)) {
            addNewest(found, limit, each);
        }
        for (Job job : all.list(true)) {
            if (sees(job)) {
                found.put(job.id(), job);
            }
        }
        return List.copyOf(found.values());
    }

    /** Backwards, until there are so many, and none that is older than these. */
    private void addNewest(NavigableMap<JobId, Job> found, int limit, ClientName client) throws BackupException {
        int atOnce = Math.min(limit, NEWEST_AT_ONCE);
        List<Job> some = all.newest(client, null, atOnce);
        while (!some.isEmpty()) {
            for (Job job : some) {
                if (sees(job)) {
                    found.put(job.id(), job);
                }
            }
            while (found.size() > limit) {
                found.pollFirstEntry();
            }
            JobId oldest = some.getFirst().id();
            some = found.size() == limit && found.firstKey().compareTo(oldest) >= 0 ? List.of() : all.newest(client, oldest, atOnce);
        }
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
