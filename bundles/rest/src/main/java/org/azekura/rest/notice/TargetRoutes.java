package org.azekura.rest.notice;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.TargetName;
import org.azekura.api.access.Right;
import org.azekura.api.catalog.NoticeTarget;
import org.azekura.api.server.Notifications;
import org.azekura.api.server.Notifications.Wanted;
import org.azekura.rest.call.Call;
import org.azekura.rest.call.Names;
import org.azekura.rest.call.Refusal;
import org.azekura.rest.call.Reply;
import org.azekura.rest.call.Route;
import org.azekura.rest.call.Secret;

/** Who is told what happens. They are told of everybody's: so only for who has to do with everybody. */
public final class TargetRoutes {

    private final Notifications notifications;

    public TargetRoutes(Notifications notifications) {
        this.notifications = notifications;
    }

    public List<Route> routes() {
        Route change = Route.patch("notifications/targets/{target}").needs(Right.ADMINISTER).says("Changes a target; what is left out stays, what is empty goes").answers(TargetRow.class)
                .dangerousIf(this::tellsLess, this::terms).takes(Change.class, this::change);
        return List.of(change, change.asPost(),
                Route.get("notifications/targets").needs(Right.READ).says("Who is told what happens").aboutAll().lists(TargetRow.class)
                        .by(call -> Reply.ok(notifications.targets().stream().map(TargetRow::of).toList())),
                Route.post("notifications/targets").needs(Right.ADMINISTER).says("Has somebody told what happens, by mail or webhook").answers(201, TargetRow.class)
                        .takes(Order.class, this::create),
                Route.get("notifications/targets/{target}").needs(Right.READ).says("One target").aboutAll().answers(TargetRow.class)
                        .by(call -> Reply.ok(TargetRow.of(notifications.target(name(call))))),
                Route.delete("notifications/targets/{target}").needs(Right.ADMINISTER).says("Forgets a target, and what waits for it").answers(TargetRow.class)
                        .dangerous(this::terms).by(call -> Reply.ok(TargetRow.of(notifications.delete(name(call))))),
                Route.post("notifications/targets/{target}/test").needs(Right.ADMINISTER).says("Sends a test, and says what the receiver answered").answers(Tested.class)
                        .by(call -> Reply.ok(new Tested(notifications.test(name(call))))));
    }

    private static TargetName name(Call call) throws BackupException {
        return Names.target(call.place("target"));
    }

    private Terms terms(Call call) throws BackupException {
        TargetRow row = TargetRow.of(notifications.target(name(call)));
        return new Terms(row.kind(), row.enabled(), row.settings(), row.secrets(), row.match(), row.quiet(), row.made());
    }

    /** What is laid down of a target, but the language. @param secrets names of those that are set */
    private record Terms(String kind, boolean enabled, Map<String, String> settings, List<String> secrets, Map<String, List<String>> match, String quiet, String made) {}

    /** Whether somebody may be told less, or somebody else. */
    private boolean tellsLess(Call call) throws BackupException, Refusal {
        Terms was = terms(call);
        Change order = call.read(Change.class);
        boolean elsewhere = order.settings != null && !was.settings.entrySet().containsAll(order.settings.entrySet()) || order.secrets != null && !order.secrets.isEmpty();
        boolean less = Boolean.FALSE.equals(order.enabled) && was.enabled || order.match != null && !order.match.equals(was.match)
                || order.quiet != null && !order.quiet.isEmpty() && !order.quiet.equals(was.quiet);
        return elsewhere || less;
    }

    private Reply create(Call call, Order order) throws BackupException, Refusal {
        if (order.name == null || order.kind == null) {
            throw Refusal.badRequest("request.value", order.name == null ? "name" : "kind", "the fields \"name\" and \"kind\" are needed, like \"ops\" and \"mail\"");
        }
        NoticeTarget.Kind kind = Arrays.stream(NoticeTarget.Kind.values()).filter(one -> one.word().equals(order.kind)).findFirst()
                .orElseThrow(() -> Refusal.badRequest("request.value", "kind", "a target is of the kind mail or webhook; not \"" + order.kind + "\""));
        NoticeTarget made = notifications.create(new TargetName(order.name), kind, new Wanted(order.enabled, order.language, order.settings, order.secrets, order.match, order.quiet));
        return Reply.made(201, "notifications/targets/" + order.name, TargetRow.of(made));
    }

    private Reply change(Call call, Change order) throws BackupException {
        return Reply.ok(TargetRow.of(notifications.change(name(call), new Wanted(order.enabled, order.language, order.settings, order.secrets, order.match, order.quiet))));
    }

    /**
     * @param kind     mail or webhook
     * @param enabled  none: true
     * @param language en or ja; none: en
     * @param settings of a mail host, port, security (starttls, tls, none), ca, user, from, to; of a webhook url, ca, timeout
     * @param secrets  of a mail password; of a webhook secret, url, and headers as header.NAME
     * @param match    by severity, code, kind, client, pool, policy, saveSet; none: warnings and errors
     * @param quiet    like 22:00-07:00 Europe/Berlin
     */
    private record Order(String name, String kind, Boolean enabled, String language, Map<String, String> settings, @Secret Map<String, String> secrets, Map<String, List<String>> match,
            String quiet) {}

    /** What is left out stays as it is. */
    private record Change(Boolean enabled, String language, Map<String, String> settings, @Secret Map<String, String> secrets, Map<String, List<String>> match, String quiet) {}

    /** @param answer of the receiver */
    private record Tested(String answer) {}
}
