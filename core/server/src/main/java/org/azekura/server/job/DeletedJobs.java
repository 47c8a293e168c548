package org.azekura.server.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Job;
import org.azekura.api.server.JobTotal;
import org.azekura.api.server.PastJobs;
import org.azekura.server.job.restore.RestorePoints;
import org.azekura.server.retention.Unpruned;

/**
 * What is left of jobs whose rows were deleted: a setting for each kind and end, {@code job.deleted/KIND/STATE}, with their number, bytes and milliseconds, so that figures that only
 * grow go on; and which of them was ordered last, {@code job.deleted.last}.
 */
final class DeletedJobs {

    private static final String SETTING = "job.deleted/";
    private static final String LAST = "job.deleted.last";

    private DeletedJobs() {}

    static PastJobs all(CatalogView view) throws BackupException {
        List<JobTotal> all = new ArrayList<>();
        for (Map.Entry<String, String> each : view.settings(SETTING).entrySet()) {
            String[] of = each.getKey().substring(SETTING.length()).split("/");
            all.add(read(Job.Kind.valueOf(of[0]), Job.State.valueOf(of[1]), each.getValue()));
        }
        return new PastJobs(all, last(view));
    }

    private static JobId last(CatalogView view) throws BackupException {
        return view.setting(LAST).map(JobId::parse).orElse(null);
    }

    private static JobTotal read(Job.Kind kind, Job.State state, String text) {
        String[] words = text.split(" ");
        return new JobTotal(kind, state, Long.parseLong(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2]));
    }

    /** These are deleted in the same transaction: adds them up, and takes away what is kept for them to go on and what waits for their end. */
    static void note(CatalogEdit edit, List<Job> deleted) throws BackupException {
        Map<String, JobTotal> totals = new HashMap<>();
        JobId last = last(edit);
        for (Job job : deleted) {
            long took = job.started() == null || job.ended() == null ? 0 : Math.max(0, Duration.between(job.started(), job.ended()).toMillis());
            totals.merge(SETTING + job.kind().name() + "/" + job.state().name(), new JobTotal(job.kind(), job.state(), 1, job.bytes(), took), JobTotal::plus);
            last = last == null || job.id().compareTo(last) > 0 ? job.id() : last;
            if (job.kind() == Job.Kind.RESTORE) {
                RestorePoints.forget(edit, job.id());
            }
            if (job.kind() == Job.Kind.PRUNE) {
                Unpruned.forget(edit, job);
            }
        }
        for (Map.Entry<String, JobTotal> each : totals.entrySet()) {
            JobTotal now = each.getValue();
            JobTotal all = edit.setting(each.getKey()).map(text -> read(now.kind(), now.state(), text)).map(now::plus).orElse(now);
            edit.putSetting(each.getKey(), all.jobs() + " " + all.bytes() + " " + all.millis());
        }
        if (last != null) {
            edit.putSetting(LAST, last.toString());
        }
    }
}
