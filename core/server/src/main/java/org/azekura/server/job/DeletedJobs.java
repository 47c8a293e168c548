package org.azekura.server.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Job;
import org.azekura.api.server.JobTotal;
import org.azekura.server.job.restore.RestorePoints;

/**
 * What is left of jobs whose rows were deleted: a setting for each kind and end, {@code job.deleted/KIND/STATE}, with their number, bytes and milliseconds. Figures that only grow
 * go on so.
 */
final class DeletedJobs {

    private static final String SETTING = "job.deleted/";

    private DeletedJobs() {}

    static List<JobTotal> all(CatalogView view) throws BackupException {
        List<JobTotal> all = new ArrayList<>();
        for (Map.Entry<String, String> each : view.settings(SETTING).entrySet()) {
            String[] of = each.getKey().substring(SETTING.length()).split("/");
            all.add(read(Job.Kind.valueOf(of[0]), Job.State.valueOf(of[1]), each.getValue()));
        }
        return all;
    }

    private static JobTotal read(Job.Kind kind, Job.State state, String text) {
        String[] words = text.split(" ");
        return new JobTotal(kind, state, Long.parseLong(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2]));
    }

    /** Takes a job that has ended away, with its log and with what is kept for it to go on. */
    static void delete(CatalogEdit edit, Job job) throws BackupException {
        long took = job.started() == null || job.ended() == null ? 0 : Math.max(0, Duration.between(job.started(), job.ended()).toMillis());
        JobTotal one = new JobTotal(job.kind(), job.state(), 1, job.bytes(), took);
        String name = SETTING + job.kind().name() + "/" + job.state().name();
        Optional<JobTotal> before = edit.setting(name).map(text -> read(job.kind(), job.state(), text));
        JobTotal all = before.map(one::plus).orElse(one);
        edit.putSetting(name, all.jobs() + " " + all.bytes() + " " + all.millis());
        if (job.kind() == Job.Kind.RESTORE) {
            RestorePoints.forget(edit, job.id());
        }
        edit.deleteJob(job.id());
    }
}
