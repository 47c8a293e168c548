package org.azekura.rest.protection;

import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.Keep;
import org.azekura.api.PolicyName;
import org.azekura.api.PoolName;
import org.azekura.api.SaveSetId;
import org.azekura.api.Timing;
import org.azekura.api.access.Right;
import org.azekura.api.catalog.Policy;
import org.azekura.api.server.Policies;
import org.azekura.rest.call.Call;
import org.azekura.rest.call.Names;
import org.azekura.rest.call.Refusal;
import org.azekura.rest.call.Reply;
import org.azekura.rest.call.Route;

/** Policies: made, shown, run. */
public final class PolicyRoutes {

    private static final int LAST = 10;

    private final Policies policies;

    public PolicyRoutes(Policies policies) {
        this.policies = policies;
    }

    public List<Route> routes() {
        Route change = Route.patch("policies/{policy}").needs(Right.OPERATE).says("Changes a policy; what is left out stays").answers(PolicyRow.class)
                .dangerousIf(this::protectsLess, this::terms).takes(Order.class, this::change);
        return List.of(
                Route.get("policies").needs(Right.READ).says("All policies").lists(PolicyRow.class).by(this::list),
                Route.post("policies").needs(Right.OPERATE).says("Makes a policy").answers(201, PolicyRow.class).takes(Order.class, this::create),
                Route.get("policies/{policy}").needs(Right.READ).says("One policy").answers(PolicyRow.class).by(call -> Reply.ok(row(policy(call)))),
                change, change.asPost(),
                Route.delete("policies/{policy}").needs(Right.OPERATE).says("Forgets a policy; its snapshots stay").answers(PolicyRow.class)
                        .dangerous(this::terms).by(this::delete),
                Route.post("policies/{policy}/run").needs(Right.OPERATE).says("Begins a backup of each of a policy's save sets").scoped().answers(202, Run.class).by(this::run));
    }

    private Reply list(Call call) throws BackupException {
        List<PolicyRow> rows = new ArrayList<>();
        for (Policy policy : new SeenPolicies(policies, call.caller()).list()) {
            rows.add(PolicyRow.of(policy, policies.schedules(), 1));
        }
        return Reply.ok(rows);
    }

    private PolicyRow row(Policy policy) throws BackupException {
        return PolicyRow.of(policy, policies.schedules(), LAST);
    }

    private Policy policy(Call call) throws BackupException {
        return new SeenPolicies(policies, call.caller()).get(call.place("policy"));
    }

    private Reply create(Call call, Order order) throws BackupException, Refusal {
        if (order.name == null) {
            throw Refusal.badRequest("request.value", "name", "the field \"name\" names the policy, like \"nightly\"");
        }
        if (order.saveSets == null || order.saveSets.contains(null)) {
            throw Refusal.badRequest("request.value", "saveSets", "the field \"saveSets\" names save sets, like [\"docs\", \"web1/etc\"]");
        }
        if (order.pool == null || order.copyTo != null && order.copyTo.contains(null)) {
            throw Refusal.badRequest("request.value", order.pool == null ? "pool" : "copyTo", "the fields \"pool\" and \"copyTo\" name pools, like \"default\"");
        }
        Policy made = policies.create(new Policies.Wanted(new PolicyName(order.name), order.saveSets, Names.pool(order.pool), pools(order.copyTo),
                order.timing().over(Timing.BY_HAND), order.keep == null ? Keep.ALL : Keep.parse(order.keep)));
        return Reply.made(201, "policies/" + made.name(), row(made));
    }

    private Reply change(Call call, Order order) throws BackupException, Refusal {
        Policy was = policy(call);
        if (order.name != null && !order.name.equals(was.name().value())) {
            throw Refusal.badRequest("request.value", "name", "policy " + was.name() + " keeps its name; make another one");
        }
        if (order.saveSets != null && order.saveSets.contains(null) || order.copyTo != null && order.copyTo.contains(null)) {
            throw Refusal.badRequest("request.value", "saveSets", "the fields \"saveSets\" and \"copyTo\" have names, like [\"docs\"]");
        }
        List<String> sets = order.saveSets == null ? was.saveSets().stream().map(SaveSetId::toString).toList() : order.saveSets;
        return Reply.ok(row(policies.change(new Policies.Wanted(was.name(), sets, order.pool == null ? was.pool() : Names.pool(order.pool),
                order.copyTo == null ? was.copyTo() : pools(order.copyTo), order.timing().over(was.timing()), order.keep == null ? was.keep() : Keep.parse(order.keep)))));
    }

    private PolicyTerms terms(Call call) throws BackupException {
        return PolicyTerms.of(policy(call));
    }

    /** Whether it keeps for a shorter time, saves less, in another place, or not by itself any more. */
    private boolean protectsLess(Call call) throws BackupException, Refusal {
        Policy was = policy(call);
        Order order = call.read(Order.class);
        boolean shorter = order.keep != null && !Keep.parse(order.keep).keepsAllOf(was.keep());
        boolean off = Boolean.FALSE.equals(order.enabled) && was.timing().enabled() || order.schedule != null && order.schedule.isBlank() && !was.timing().schedule().isBlank();
        boolean elsewhere = order.pool != null && !order.pool.equals(was.pool().value())
                || order.copyTo != null && !order.copyTo.containsAll(was.copyTo().stream().map(PoolName::value).toList());
        return shorter || off || elsewhere || order.saveSets != null && !order.saveSets.containsAll(was.saveSets().stream().map(SaveSetId::toString).toList());
    }

    private static List<PoolName> pools(List<String> names) {
        return names == null ? List.of() : names.stream().map(PoolName::new).toList();
    }

    private Reply delete(Call call) throws BackupException {
        Policy policy = policy(call);
        PolicyRow row = row(policy);
        policies.delete(policy.name());
        return Reply.ok(row);
    }

    private Reply run(Call call) throws BackupException {
        Policy policy = policy(call);
        List<Begun> steps = policies.run(policy.name()).stream().map(Begun::of).toList();
        return Reply.made(202, "jobs?running", new Run(policy.name().value(), policy.copyTo().stream().map(PoolName::value).toList(), steps));
    }

    /** Times in seconds. */
    private record Order(String name, List<String> saveSets, String pool, List<String> copyTo, String schedule, String zone, List<String> blackouts, Boolean leaveOut,
            Boolean catchUp, Integer priority, Integer atOnce, Integer spread, Integer retries, Integer retryAfter, Boolean enabled, String keep) {

        WantedTiming timing() {
            return new WantedTiming(schedule, zone, blackouts, leaveOut, catchUp, priority, atOnce, spread, retries, retryAfter, enabled);
        }
    }

    /** @param copyTo pools that get a copy of each snapshot; the result of a backup names the jobs */
    private record Run(String policy, List<String> copyTo, List<Begun> steps) {}
}
