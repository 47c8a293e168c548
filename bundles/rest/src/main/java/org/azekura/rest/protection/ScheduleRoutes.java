package org.azekura.rest.protection;

import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.PolicyName;
import org.azekura.api.Timing;
import org.azekura.api.access.Right;
import org.azekura.api.catalog.Policy;
import org.azekura.api.server.Policies;
import org.azekura.api.server.Schedules;
import org.azekura.rest.call.Call;
import org.azekura.rest.call.Json;
import org.azekura.rest.call.Parameter;
import org.azekura.rest.call.Refusal;
import org.azekura.rest.call.Reply;
import org.azekura.rest.call.Route;

/** When policies run, and would. */
public final class ScheduleRoutes {

    private static final int USUAL = 5;
    private static final int MOST = 100;

    private final Policies policies;

    public ScheduleRoutes(Policies policies) {
        this.policies = policies;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("schedules/next").needs(Right.READ, Right.RESTORE).says("The next runs of all policies").lists(NextRow.class)
                        .asks(Parameter.whole("limit", 1, Schedules.MOST, "How many")).by(this::next),
                Route.get("policies/{policy}/preview").needs(Right.READ).says("When a policy begins next").answers(Preview.class)
                        .asks(Parameter.whole("count", 1, Schedules.MOST, "How many")).by(this::policy),
                Route.post("schedules/preview").needs(Right.READ).says("When a policy of this schedule would begin, or what is wrong with it").answers(Preview.class)
                        .takes(Wanted.class, this::preview));
    }

    private Reply next(Call call) throws BackupException {
        List<PolicyName> seen = new SeenPolicies(policies, call.caller()).list().stream().map(Policy::name).toList();
        int limit = call.whole("limit", 20);
        List<NextRow> rows = new ArrayList<>();
        for (Schedules.Next next : policies.schedules().next(Schedules.MOST)) {
            if (seen.contains(next.policy()) && rows.size() < limit) {
                rows.add(new NextRow(next.policy().value(), Json.time(next.at())));
            }
        }
        return Reply.ok(rows);
    }

    private Reply policy(Call call) throws BackupException {
        Policy policy = new SeenPolicies(policies, call.caller()).get(call.place("policy"));
        return Reply.ok(preview(policy.timing(), call.whole("count", USUAL)));
    }

    private Reply preview(Call call, Wanted wanted) throws BackupException, Refusal {
        if (wanted.schedule == null) {
            throw Refusal.badRequest("request.value", "schedule", "the field \"schedule\" says when, like \"daily 22:00\"");
        }
        int count = wanted.count == null ? USUAL : wanted.count;
        if (count < 1 || count > MOST) {
            throw Refusal.badRequest("request.value", "count", "count is a number from 1 to " + MOST + ", not " + count);
        }
        Timing timing = new WantedTiming(wanted.schedule, wanted.zone, wanted.blackouts, wanted.leaveOut, null, null, null, null, null, null, null).over(Timing.BY_HAND);
        return Reply.ok(preview(timing, count));
    }

    private Preview preview(Timing timing, int count) throws BackupException {
        return new Preview(timing.zone().isEmpty() ? policies.schedules().zone() : timing.zone(), policies.schedules().preview(timing, count).stream().map(Json::time).toList());
    }

    /** @param zone null or empty: that of the server */
    private record Wanted(String schedule, String zone, List<String> blackouts, Boolean leaveOut, Integer count) {}

    /** @param zone by whose clock on the wall */
    private record Preview(String zone, List<String> next) {}

    private record NextRow(String policy, String at) {}
}
