package org.azekura.rest.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.access.Right;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult;
import org.azekura.api.server.Jobs;
import org.azekura.api.server.Snapshots;
import org.azekura.rest.call.Call;
import org.azekura.rest.call.Json;
import org.azekura.rest.call.Names;
import org.azekura.rest.call.Pages;
import org.azekura.rest.call.Refusal;
import org.azekura.rest.call.Reply;
import org.azekura.rest.call.Route;
import org.azekura.rest.call.Scope;

/** Jobs: ordered, watched, cancelled. */
public final class JobRoutes {

    /** Kinds of jobs that give somebody what was saved. */
    private static final Set<String> READING = Set.of("restore", "drill", "mount");
    /** A job's place in pages: in the order of texts as in that of numbers. */
    private static final String PLACE = "%019d";

    private final Jobs jobs;
    private final Snapshots snapshots;

    public JobRoutes(Jobs jobs, Snapshots snapshots) {
        this.jobs = jobs;
        this.snapshots = snapshots;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("jobs").needs(Right.READ, Right.RESTORE).says("Jobs, oldest first, with how far those are that run").pages(JobRow.class)
                        .asks(JobFilter.PARAMETERS).by(this::list),
                Route.post("jobs").needs(Right.OPERATE, Right.RESTORE).says("Orders a job").scoped().answers(202, JobRow.class)
                        .dangerousIf(new GivingUp(jobs, this::read)).takesKinds("kind", OrderReader.KINDS, this::submit),
                Route.get("jobs/{job}").needs(Right.READ, Right.RESTORE).says("One job, and what was ordered").answers(JobView.class).by(call -> Reply.ok(one(job(call)))),
                Route.get("jobs/{job}/log").needs(Right.READ, Right.RESTORE).says("What a job wrote down").lists(Line.class)
                        .by(call -> Reply.ok(jobs.log(job(call).id()).stream().map(JobRoutes::line).toList())),
                Route.get("jobs/{job}/progress").needs(Right.READ, Right.RESTORE).says("How far a job is").answers(ProgressView.class)
                        .by(call -> Reply.ok(ProgressView.of(jobs.progress(job(call).id())))),
                Route.get("jobs/{job}/result").needs(Right.READ, Right.RESTORE).says("What came of a job that has ended").answers(ResultView.class).by(this::result),
                Route.post("jobs/{job}/cancel").needs(Right.OPERATE, Right.RESTORE).says("Ends a job").scoped().answers(JobRow.class)
                        .by(call -> Reply.ok(JobRow.of(jobs.cancel(own(call))))),
                Route.post("jobs/{job}/resume").needs(Right.OPERATE, Right.RESTORE).says("Has a job go on that ended before its time, or waits").scoped().answers(JobRow.class)
                        .by(call -> Reply.ok(JobRow.of(jobs.resume(own(call))))));
    }

    private Reply submit(Call call, ObjectNode body) throws BackupException, Refusal {
        return JobRow.begun(jobs.submit(read(call)));
    }

    private JobOrder read(Call call) throws BackupException, Refusal {
        require(call, call.body().path("kind").asText());
        JobOrder order = new OrderReader(snapshots, call.caller()).read(call.body());
        if (!isOfOneClient(order)) {
            Scope.requireUnbounded(call.caller());
        }
        return order;
    }

    private static void require(Call call, String kind) throws Refusal {
        Right right = READING.contains(kind) ? Right.RESTORE : Right.OPERATE;
        if (!call.caller().role().may(right)) {
            throw Refusal.denied(call.caller(), EnumSet.of(right));
        }
    }

    /** Of one that is named, and so is there for who orders. */
    private static boolean isOfOneClient(JobOrder order) {
        return switch (order) {
            case JobOrder.Backup backup -> backup.client() != null;
            case JobOrder.Restore _, JobOrder.Drill _, JobOrder.Download _ -> true;
            case JobOrder.Mount mount -> mount.client() != null;
            case JobOrder.Copy copy -> copy.snapshot() != null;
            case JobOrder.Verify verify -> verify.snapshot() != null;
            case JobOrder.Heal _, JobOrder.Lock _, JobOrder.Prune _, JobOrder.Expire _, JobOrder.Rebuild _, JobOrder.Driver _, JobOrder.OfLibrary _ -> false;
        };
    }

    private Reply result(Call call) throws BackupException {
        Job job = job(call);
        JobResult result = jobs.result(job.id()).orElseThrow(() -> BackupException.operator("result.unknown", job.id().toString(),
                "job " + job.id() + " has no result: it is " + job.state().word()));
        return Reply.ok(ResultView.of(job.id(), result));
    }

    private Reply list(Call call) throws BackupException, Refusal {
        JobFilter filter = JobFilter.of(call);
        Pages.Page<Job> page = Pages.of(call, found(call, filter), job -> String.format(PLACE, job.id().value()));
        List<JobRow> rows = new ArrayList<>();
        for (Job job : page.rows()) {
            rows.add(now(job));
        }
        return page.reply(call, rows);
    }

    /** As many as the page needs, at least: one more says that there is another. */
    private List<Job> found(Call call, JobFilter filter) throws BackupException, Refusal {
        if (call.flag("running")) {
            return seen(call).list(true).stream().filter(filter::takes).toList();
        }
        if (call.query("newest") != null) {
            return seen(call).newest(call.whole("newest", Pages.MOST), filter.client()).stream().filter(filter::takes).toList();
        }
        return seen(call).behind(after(call), Pages.isAsked(call) ? call.whole("limit", Pages.MOST) + 1 : Integer.MAX_VALUE, filter::takes);
    }

    private static JobId after(Call call) throws Refusal {
        String after = Pages.after(call);
        try {
            return after.isEmpty() ? null : new JobId(Long.parseLong(after));
        } catch (IllegalArgumentException e) {
            throw Pages.unknownPlace(call);
        }
    }

    private JobRow now(Job job) throws BackupException {
        return job.state().ended() ? JobRow.of(job) : JobRow.of(job, jobs.progress(job.id()));
    }

    private JobView one(Job job) throws BackupException {
        return JobView.of(now(job), jobs.order(job.id()), job.detour());
    }

    private SeenJobs seen(Call call) {
        return new SeenJobs(jobs, call.caller());
    }

    private Job job(Call call) throws BackupException {
        return seen(call).get(Names.job(call.place("job")));
    }

    /** One that the caller's role may hold up or set going. */
    private JobId own(Call call) throws BackupException, Refusal {
        Job job = job(call);
        require(call, job.kind().word());
        return job.id();
    }

    private static Line line(JobLine line) {
        return new Line(Json.time(line.at()), line.level().name().toLowerCase(Locale.ROOT), line.text());
    }

    private record Line(String time, String level, String text) {}
}
