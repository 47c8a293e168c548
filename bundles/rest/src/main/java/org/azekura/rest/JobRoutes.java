package org.azekura.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.NodeName;
import org.azekura.api.RawPath;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobProgress;
import org.azekura.api.server.JobResult;
import org.azekura.api.server.Jobs;
import org.azekura.api.server.Snapshots;

/** Jobs: ordered, watched, cancelled. */
final class JobRoutes {

    private final Jobs jobs;
    private final OrderReader orders;

    JobRoutes(Jobs jobs, Snapshots snapshots) {
        this.jobs = jobs;
        this.orders = new OrderReader(snapshots);
    }

    List<Route> routes() {
        return List.of(
                Route.get("jobs", Set.of("running"), call -> Reply.ok(list(call.flag("running")))),
                Route.post("jobs", this::submit),
                Route.get("jobs/*", call -> Reply.ok(one(id(call)))),
                Route.get("jobs/*/log", call -> Reply.ok(jobs.log(id(call)).stream().map(JobRoutes::line).toList())),
                Route.get("jobs/*/progress", call -> Reply.ok(Progress.of(jobs.progress(id(call))))),
                Route.get("jobs/*/result", this::result),
                Route.post("jobs/*/cancel", call -> Reply.ok(row(jobs.cancel(id(call))))),
                Route.post("jobs/*/resume", call -> Reply.ok(row(jobs.resume(id(call))))));
    }

    private Reply submit(Call call) throws BackupException, Refusal {
        return begun(jobs.submit(orders.read(call.body())));
    }

    /** What is answered where a job has been ordered. */
    static Reply begun(Job job) {
        return Reply.made(202, ApiServlet.ROOT + "/jobs/" + job.id(), row(job));
    }

    private Reply result(Call call) throws BackupException {
        Job job = jobs.get(id(call));
        JobResult result = jobs.result(job.id()).orElseThrow(() -> BackupException.operator("result.unknown", job.id().toString(),
                "job " + job.id() + " has no result: it is " + job.state().word()));
        return Reply.ok(ResultView.of(job.id(), result));
    }

    private List<Row> list(boolean unendedOnly) throws BackupException {
        List<Row> rows = new ArrayList<>();
        for (Job job : jobs.list(unendedOnly)) {
            rows.add(now(job));
        }
        return rows;
    }

    /** The catalog has figures of jobs that have ended only. */
    private Row now(Job job) throws BackupException {
        if (job.state().ended()) {
            return row(job);
        }
        JobProgress progress = jobs.progress(job.id());
        Row row = row(job);
        return new Row(row.id, row.kind, row.state, row.client, row.pool, row.started, row.ended, progress.files(), progress.bytes(), row.error);
    }

    private One one(JobId id) throws BackupException {
        Row row = now(jobs.get(id));
        String saveSet = null;
        String via = null;
        String from = null;
        Driver driver = null;
        List<String> paths = List.of();
        switch (jobs.order(id)) {
            case JobOrder.Backup backup -> {
                saveSet = backup.saveSet().name().value();
                via = text(backup.via());
                paths = paths(backup);
            }
            case JobOrder.Restore restore -> {
                from = text(restore.from());
                paths = percent(restore.paths());
            }
            case JobOrder.Driver order -> driver = new Driver(order.kind().word(), order.driver(), order.version(), order.nodes().stream().map(NodeName::value).toList());
            case JobOrder.Copy _, JobOrder.Verify _, JobOrder.Prune _, JobOrder.Expire _, JobOrder.Rebuild _, JobOrder.OfLibrary _ -> { }
        }
        return new One(row.id, row.kind, row.state, row.client, row.pool, row.started, row.ended, row.files, row.bytes, row.error, saveSet, paths,
                jobs.get(id).detour(), via, from, driver);
    }

    private static List<String> paths(JobOrder.Backup backup) {
        if (backup.stream() != null) {
            return List.of("/" + backup.stream().name().toPercent());
        }
        return backup.hooks().dump() != null ? List.of("/" + backup.hooks().dump()) : percent(backup.saveSet().roots());
    }

    private static String text(ClientName client) {
        return client == null ? null : client.value();
    }

    private static List<String> percent(List<RawPath> paths) {
        return paths.stream().map(RawPath::toPercent).toList();
    }

    private static JobId id(Call call) throws BackupException {
        return Names.job(call.name());
    }

    private static Row row(Job job) {
        return new Row(job.id().value(), job.kind().word(), job.state().word(), job.client() == null ? null : job.client().value(),
                job.pool() == null ? null : job.pool().value(), Json.time(job.started()), Json.time(job.ended()), job.files(), job.bytes(),
                job.error());
    }

    private static Line line(JobLine line) {
        return new Line(Json.time(line.at()), line.level().name().toLowerCase(Locale.ROOT), line.text());
    }

    private record Row(long id, String kind, String state, String client, String pool, String started, String ended, long files,
            long bytes, String error) {}

    /**
     * @param saveSet of a backup, else null
     * @param paths   of a backup or a restore, in percent form; none: all
     * @param detour  why a backup goes to another pool than it was meant for, null if it does not
     * @param via     the client that collects if it is not {@code client}, else null
     * @param from    whose data a restore brings to {@code client}, else null
     * @param driver  that is changed; only there if one is
     */
    private record One(long id, String kind, String state, String client, String pool, String started, String ended, long files,
            long bytes, String error, String saveSet, List<String> paths, String detour, String via, String from, @JsonInclude(JsonInclude.Include.NON_NULL) Driver driver) {}

    /**
     * @param change  install, update or remove
     * @param name    as the package says, null if it says none
     * @param version that it brings; null if it says none, and of a removal
     */
    private record Driver(String change, String name, String version, List<String> nodes) {}

    private record Line(String time, String level, String text) {}

    /** How far a job is, as it is also sent with each event. */
    record Progress(long job, String state, String phase, long files, long bytes, long stored) {

        static Progress of(JobProgress progress) {
            return new Progress(progress.job().value(), progress.state().word(), progress.phase(), progress.files(), progress.bytes(),
                    progress.stored());
        }
    }
}
