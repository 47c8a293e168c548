package org.azekura.server.job.run;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Job;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Jobs that this one has put into the catalog with its end, and that begin behind it; those that have begun are none any more. They are no reason for anything to fail: where the catalog can't be read
 * there are none.
 *
 * @param job that has ended
 */
public record Followers(CatalogStore catalog, JobId job) {

    private static final Logger log = LoggerFactory.getLogger(Followers.class);
    private static final Set<Job.Kind> KINDS = EnumSet.of(Job.Kind.COPY, Job.Kind.LOCK, Job.Kind.HEAL);

    /** As whoever put them names them. */
    public List<Job> named(List<JobId> ids) {
        return read(view -> queued(view, ids));
    }

    /** Where whoever put them can't name them any more. Others that wait may be among them: who has one under way already is not disturbed. */
    public List<Job> found() {
        return read(view -> queued(view, view.jobs(true).stream().filter(each -> KINDS.contains(each.kind()) && each.id().value() > job.value()).map(Job::id).toList()));
    }

    private List<Job> read(CatalogStore.Query<List<Job>> query) {
        try {
            return catalog.read(query);
        } catch (BackupException | RuntimeException e) {
            log.warn("job={} what follows it waits for the next start of this server: {}", job, e.getMessage());
            return List.of();
        }
    }

    /** A list has no orders. */
    private static List<Job> queued(CatalogView view, List<JobId> ids) throws BackupException {
        List<Job> jobs = new ArrayList<>();
        for (JobId id : ids) {
            view.job(id).filter(each -> each.state() == Job.State.QUEUED).ifPresent(jobs::add);
        }
        return jobs;
    }
}
