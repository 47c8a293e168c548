package org.azekura.rest.protection;

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
import org.azekura.rest.call.Scope;

/** Policies: made, shown, run. */
public final class PolicyRoutes {

    private final Policies policies;

    public PolicyRoutes(Policies policies) {
        this.policies = policies;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("policies").needs(Right.READ).says("All policies").lists(Row.class).by(call -> Reply.ok(new SeenPolicies(policies, call.caller()).list().stream().map(Row::of).toList())),
                Route.post("policies").needs(Right.OPERATE).says("Makes a policy").answers(201, Row.class).takes(Order.class, this::create),
                Route.get("policies/{policy}").needs(Right.READ).says("One policy").answers(Row.class).by(call -> Reply.ok(Row.of(policy(call)))),
                Route.delete("policies/{policy}").needs(Right.OPERATE).says("Forgets a policy; its snapshots stay").answers(Row.class).by(this::delete),
                Route.post("policies/{policy}/run").needs(Right.OPERATE).says("Begins a backup of each of a policy's save sets").answers(202, Begun.class).by(this::run));
    }

    private Policy policy(Call call) throws BackupException {
        return new SeenPolicies(policies, call.caller()).get(call.place("policy"));
    }

    private Reply create(Call call, Order order) throws BackupException, Refusal {
        Scope.requireUnbounded(call.caller());
        if (order.name == null) {
            throw Refusal.badRequest("request.value", "name", "the field \"name\" names the policy, like \"nightly\"");
        }
        if (order.saveSets == null || order.saveSets.contains(null)) {
            throw Refusal.badRequest("request.value", "saveSets", "the field \"saveSets\" names save sets, like [\"docs\", \"web1/etc\"]");
        }
        if (order.pool == null || order.copyTo != null && order.copyTo.contains(null)) {
            throw Refusal.badRequest("request.value", order.pool == null ? "pool" : "copyTo", "the fields \"pool\" and \"copyTo\" name pools, like \"default\"");
        }
        List<PoolName> copies = order.copyTo == null ? List.of() : order.copyTo.stream().map(PoolName::new).toList();
        Policy made = policies.create(new Policies.Wanted(new PolicyName(order.name), order.saveSets, Names.pool(order.pool), copies, Timing.BY_HAND,
                Keep.ALL));
        return Reply.made(201, "policies/" + made.name(), Row.of(made));
    }

    private Reply delete(Call call) throws BackupException {
        Policy policy = policy(call);
        policies.delete(policy.name());
        return Reply.ok(Row.of(policy));
    }

    private Reply run(Call call) throws BackupException {
        Policy policy = policy(call);
        List<Step> steps = policies.run(policy.name()).stream().map(Step::of).toList();
        return Reply.made(202, "jobs?running", new Begun(policy.name().value(), policy.copyTo().stream().map(PoolName::value).toList(), steps));
    }

    private record Order(String name, List<String> saveSets, String pool, List<String> copyTo) {}

    private record Row(String name, List<SaveSetRow> saveSets, String pool, List<String> copyTo) {

        static Row of(Policy policy) {
            return new Row(policy.name().value(), policy.saveSets().stream().map(SaveSetRow::of).toList(), policy.pool().value(),
                    policy.copyTo().stream().map(PoolName::value).toList());
        }
    }

    private record SaveSetRow(String client, String name) {

        static SaveSetRow of(SaveSetId id) {
            return new SaveSetRow(id.client().value(), id.name().value());
        }
    }

    /** @param copyTo pools that get a copy of each snapshot; the result of a backup names the jobs */
    private record Begun(String policy, List<String> copyTo, List<Step> steps) {}

    /** @param job null if it could not be begun; {@code error} says why */
    private record Step(String client, String saveSet, Long job, String code, String error) {

        static Step of(Policies.Begun begun) {
            return new Step(begun.saveSet().client().value(), begun.saveSet().name().value(), begun.job() == null ? null : begun.job().id().value(),
                    begun.failure() == null ? null : begun.failure().code(), begun.failure() == null ? null : begun.failure().message());
        }
    }
}
