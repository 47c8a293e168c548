package org.azekura.rest.proof;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.PolicyName;
import org.azekura.api.PoolName;
import org.azekura.api.SaveSetId;
import org.azekura.api.access.Right;
import org.azekura.api.catalog.DrillPlan;
import org.azekura.api.server.DrillPlans;
import org.azekura.api.server.Proofs;
import org.azekura.api.server.Schedules;
import org.azekura.rest.call.Call;
import org.azekura.rest.call.Json;
import org.azekura.rest.call.Names;
import org.azekura.rest.call.Refusal;
import org.azekura.rest.call.Reply;
import org.azekura.rest.call.Route;
import org.azekura.rest.job.Sampling;
import org.azekura.rest.protection.Begun;
import org.azekura.rest.protection.RunRow;
import org.azekura.rest.protection.SaveSetRow;
import org.azekura.rest.protection.TimingView;
import org.azekura.rest.protection.WantedTiming;

/** Plans of drills: made, changed, shown, run. */
public final class PlanRoutes {

    private static final int LAST = 10;
    private static final int NEXT = 5;

    private final Proofs proofs;
    private final Schedules schedules;

    public PlanRoutes(Proofs proofs, Schedules schedules) {
        this.proofs = proofs;
        this.schedules = schedules;
    }

    public List<Route> routes() {
        Route change = Route.patch("drill-plans/{plan}").needs(Right.OPERATE).says("Changes a drill plan; what is left out stays").answers(Row.class)
                .dangerousIf(this::provesLess, call -> terms(plan(call))).takes(Order.class, this::change);
        return List.of(
                Route.get("drill-plans").needs(Right.READ).says("All drill plans").lists(Row.class).by(this::list),
                Route.post("drill-plans").needs(Right.OPERATE).says("Makes a drill plan").answers(201, Row.class).takes(Order.class, this::create),
                Route.get("drill-plans/{plan}").needs(Right.READ).says("One drill plan").answers(Row.class).by(call -> Reply.ok(row(plan(call), LAST))),
                change, change.asPost(),
                Route.delete("drill-plans/{plan}").needs(Right.OPERATE).says("Forgets a drill plan; what its drills proved stays").answers(Row.class)
                        .dangerous(call -> terms(plan(call))).by(this::delete),
                Route.post("drill-plans/{plan}/run").needs(Right.OPERATE).says("Begins a drill of each of a plan's save sets").scoped().answers(202, Run.class).by(this::run));
    }

    private Reply list(Call call) throws BackupException {
        List<Row> rows = new ArrayList<>();
        for (DrillPlan plan : new SeenProofs(proofs, call.caller()).plans()) {
            rows.add(row(plan, 1));
        }
        return Reply.ok(rows);
    }

    private DrillPlan plan(Call call) throws BackupException {
        return new SeenProofs(proofs, call.caller()).plan(call.place("plan"));
    }

    private Row row(DrillPlan plan, int runs) throws BackupException {
        return new Row(plan.name().value(), plan.saveSets().stream().map(SaveSetRow::of).toList(), plan.copies().stream().map(PoolName::value).toList(),
                Sampling.text(plan.perMillion(), plan.files()), plan.client() == null ? null : plan.client().value(), TimingView.of(plan.timing()),
                schedules.preview(plan.timing(), NEXT).stream().map(Json::time).toList(), proofs.plans().runs(plan.name(), runs).stream().map(RunRow::of).toList());
    }

    private Reply create(Call call, Order order) throws BackupException, Refusal {
        if (order.name == null) {
            throw Refusal.badRequest("request.value", "name", "the field \"name\" names the plan, like \"monthly\"");
        }
        if (order.saveSets == null) {
            throw Refusal.badRequest("request.value", "saveSets", "the field \"saveSets\" names save sets, like [\"docs\", \"web1/etc\"]");
        }
        if (order.sample == null) {
            throw Refusal.badRequest("request.value", "sample", "the field \"sample\" says how much is restored: " + Sampling.FORMS);
        }
        DrillPlan made = proofs.plans().create(order.over(new DrillPlan(new PolicyName(order.name), List.of(), List.of(), DrillPlan.WHOLE, 0, null, DrillPlans.USUAL)));
        return Reply.made(201, "drill-plans/" + made.name(), row(made, LAST));
    }

    private Reply change(Call call, Order order) throws BackupException, Refusal {
        DrillPlan was = plan(call);
        if (order.name != null && !order.name.equals(was.name().value())) {
            throw Refusal.badRequest("request.value", "name", "drill plan " + was.name() + " keeps its name; make another one");
        }
        return Reply.ok(row(proofs.plans().change(order.over(was)), LAST));
    }

    private static Terms terms(DrillPlan plan) {
        return new Terms(plan.saveSets().stream().map(SaveSetId::toString).toList(), plan.copies().stream().map(PoolName::value).toList(),
                Sampling.text(plan.perMillion(), plan.files()), plan.client() == null ? null : plan.client().value(), TimingView.of(plan.timing()));
    }

    /** What is laid down of a plan, as a change of it says it. */
    private record Terms(List<String> saveSets, List<String> copies, String sample, String client, @JsonUnwrapped TimingView timing) {}

    /** Whether fewer save sets or copies are rehearsed, other or fewer files, or none by itself. */
    private boolean provesLess(Call call) throws BackupException, Refusal {
        Terms was = terms(plan(call));
        Order order = call.read(Order.class);
        boolean off = Boolean.FALSE.equals(order.enabled) && was.timing.enabled() || order.schedule != null && order.schedule.isBlank() && !was.timing.schedule().isBlank();
        boolean smaller = order.sample != null && !order.sample.strip().equals("whole") && !order.sample.strip().equals(was.sample);
        // none are all of them
        boolean copies = order.copies != null && !order.copies.isEmpty() && (was.copies.isEmpty() || !order.copies.containsAll(was.copies));
        return off || smaller || copies || order.saveSets != null && !order.saveSets.containsAll(was.saveSets);
    }

    private Reply delete(Call call) throws BackupException {
        DrillPlan plan = plan(call);
        Row row = row(plan, LAST);
        proofs.plans().delete(plan.name());
        return Reply.ok(row);
    }

    private Reply run(Call call) throws BackupException {
        DrillPlan plan = plan(call);
        return Reply.made(202, "jobs?running", new Run(plan.name().value(), proofs.plans().run(plan.name()).stream().map(Begun::of).toList()));
    }

    /**
     * What somebody lays down; null: as it was. Times in seconds.
     *
     * @param copies pools whose copies take turns; none: each that there is
     * @param sample {@code whole}, a part like {@code 5%}, or a number of files
     * @param client on whose host; an empty text: whose data they are
     */
    private record Order(String name, List<String> saveSets, List<String> copies, String sample, String client, String schedule, String zone, List<String> blackouts,
            Boolean leaveOut, Boolean catchUp, Integer priority, Integer atOnce, Integer spread, Integer retries, Integer retryAfter, Boolean enabled) {

        DrillPlans.Wanted over(DrillPlan was) throws BackupException, Refusal {
            if (saveSets != null && saveSets.contains(null) || copies != null && copies.contains(null)) {
                throw Refusal.badRequest("request.value", "saveSets", "the fields \"saveSets\" and \"copies\" have names, like [\"docs\"]");
            }
            List<PoolName> pools = new ArrayList<>();
            for (String pool : copies == null ? List.<String>of() : copies) {
                pools.add(Names.pool(pool));
            }
            Sampling chosen = sample == null ? new Sampling(was.perMillion(), was.files()) : Sampling.parse(sample);
            ClientName host = client == null ? was.client() : client.isEmpty() ? null : Names.client(client);
            return new DrillPlans.Wanted(was.name(), saveSets == null ? was.saveSets().stream().map(SaveSetId::toString).toList() : saveSets,
                    copies == null ? was.copies() : pools, chosen.perMillion(), chosen.files(), host, new WantedTiming(schedule, zone, blackouts, leaveOut, catchUp, priority,
                    atOnce, spread, retries, retryAfter, enabled).over(was.timing()));
        }
    }

    /**
     * @param copies pools whose copies take turns; none: each that there is
     * @param sample {@code whole}, a part like {@code 5%}, or a number of files
     * @param client on whose host; null: whose data they are
     * @param next   when it begins next, five times at most; none while it is switched off
     * @param last   its runs, newest first
     */
    private record Row(String name, List<SaveSetRow> saveSets, List<String> copies, String sample, String client, @JsonUnwrapped TimingView timing, List<String> next,
            List<RunRow> last) {}

    private record Run(String plan, List<Begun> steps) {}
}
