package org.azekura.rest.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.access.Right;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.server.JobResult;
import org.azekura.api.server.Jobs;
import org.azekura.api.server.Snapshots;
import org.azekura.rest.call.Call;
import org.azekura.rest.call.Json;
import org.azekura.rest.call.Names;
import org.azekura.rest.call.Parameter;
import org.azekura.rest.call.Refusal;
import org.azekura.rest.call.Reply;
import org.azekura.rest.call.Route;

/** Jobs: ordered, watched, cancelled. */
public final class JobRoutes {

    private final Jobs jobs;
    private final OrderReader orders;

    public JobRoutes(Jobs jobs, Snapshots snapshots) {
        this.jobs = jobs;
        this.orders = new OrderReader(snapshots);
    }

    public List<Route> routes() {
        return List.of(
                Route.get("jobs").needs(Right.READ, Right.RESTORE).says("Jobs, oldest first, with how far those are that run").lists(JobRow.class)
                        .asks(Parameter.flag("running", "Only those that have not ended")).by(call -> Reply.ok(list(call.flag("running")))),
                Route.post("jobs").needs(Right.OPERATE, Right.RESTORE).says("Orders a job").answers(202, JobRow.class)
                        .takesKinds("kind", OrderReader.KINDS, this::submit),
                Route.get("jobs/{job}").needs(Right.READ, Right.RESTORE).says("One job, and what was ordered").answers(JobView.class).by(call -> Reply.ok(one(id(call)))),
                Route.get("jobs/{job}/log").needs(Right.READ, Right.RESTORE).says("What a job wrote down").lists(Line.class)
                        .by(call -> Reply.ok(jobs.log(id(call)).stream().map(JobRoutes::line).toList())),
                Route.get("jobs/{job}/progress").needs(Right.READ, Right.RESTORE).says("How far a job is").answers(ProgressView.class)
                        .by(call -> Reply.ok(ProgressView.of(jobs.progress(id(call))))),
                Route.get("jobs/{job}/result").needs(Right.READ, Right.RESTORE).says("What came of a job that has ended").answers(ResultView.class).by(this::result),
                Route.post("jobs/{job}/cancel").needs(Right.OPERATE).says("Ends a job").answers(JobRow.class).by(call -> Reply.ok(JobRow.of(jobs.cancel(id(call))))),
                Route.post("jobs/{job}/resume").needs(Right.OPERATE).says("Has a job go on that ended before its time, or waits").answers(JobRow.class)
                        .by(call -> Reply.ok(JobRow.of(jobs.resume(id(call))))));
    }

    private Reply submit(Call call, ObjectNode body) throws BackupException, Refusal {
        Right right = body.path("kind").asText().equals("restore") ? Right.RESTORE : Right.OPERATE;
        if (!call.caller().role().may(right)) {
            throw Refusal.denied(call.caller(), EnumSet.of(right));
        }
        return JobRow.begun(jobs.submit(orders.read(body)));
    }

    private Reply result(Call call) throws BackupException {
        Job job = jobs.get(id(call));
        JobResult result = jobs.result(job.id()).orElseThrow(() -> BackupException.operator("result.unknown", job.id().toString(),
                "job " + job.id() + " has no result: it is " + job.state().word()));
        return Reply.ok(ResultView.of(job.id(), result));
    }

    private List<JobRow> list(boolean unendedOnly) throws BackupException {
        List<JobRow> rows = new ArrayList<>();
        for (Job job : jobs.list(unendedOnly)) {
            rows.add(now(job));
        }
        return rows;
    }

    private JobRow now(Job job) throws BackupException {
        return job.state().ended() ? JobRow.of(job) : JobRow.of(job, jobs.progress(job.id()));
    }

    private JobView one(JobId id) throws BackupException {
        Job job = jobs.get(id);
        return JobView.of(now(job), jobs.order(id), job.detour());
    }

    private static JobId id(Call call) throws BackupException {
        return Names.job(call.place("job"));
    }

    private static Line line(JobLine line) {
        return new Line(Json.time(line.at()), line.level().name().toLowerCase(Locale.ROOT), line.text());
    }

    private record Line(String time, String level, String text) {}
}
