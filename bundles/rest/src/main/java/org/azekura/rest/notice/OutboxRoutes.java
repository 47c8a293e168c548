package org.azekura.rest.notice;

import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.access.Right;
import org.azekura.api.catalog.Notice;
import org.azekura.api.server.Notifications;
import org.azekura.rest.call.Call;
import org.azekura.rest.call.Json;
import org.azekura.rest.call.Names;
import org.azekura.rest.call.Parameter;
import org.azekura.rest.call.Reply;
import org.azekura.rest.call.Route;

/** What waits to be told. */
public final class OutboxRoutes {

    private final Notifications notifications;

    public OutboxRoutes(Notifications notifications) {
        this.notifications = notifications;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("notifications/outbox").needs(Right.READ).says("What waits to be told, and why; at most 1,000").aboutAll().lists(Row.class)
                        .asks(Parameter.text("target", "ops", "Only for this target")).by(this::list),
                Route.post("notifications/outbox/{notice}/retry").needs(Right.OPERATE).says("Tries at once, also what was given up").answers(Row.class)
                        .by(call -> Reply.ok(row(notifications.retry(number(call))))),
                Route.delete("notifications/outbox/{notice}").needs(Right.ADMINISTER).says("Tells nobody").answers(Row.class)
                        .by(call -> Reply.ok(row(notifications.drop(number(call))))));
    }

    private Reply list(Call call) throws BackupException {
        String target = call.query("target");
        return Reply.ok(notifications.outbox(target == null ? null : Names.target(target)).stream().map(this::row).toList());
    }

    private static long number(Call call) throws BackupException {
        try {
            return Long.parseLong(call.place("notice"));
        } catch (NumberFormatException e) {
            throw Names.unknown("notice", call.place("notice"));
        }
    }

    private Row row(Notice notice) {
        return new Row(notice.number(), notice.target().value(), Json.time(notice.made()), notifications.subject(notice), notice.due() == null ? "lost" : "waiting", notice.attempts(),
                Json.time(notice.due()), notice.problem());
    }

    /**
     * @param subject what is told, one line in English
     * @param state   waiting, or lost: it was given up
     * @param due     when it is tried next; null: never
     * @param problem why it was not told; empty before the first attempt
     */
    private record Row(long id, String target, String made, String subject, String state, int attempts, String due, String problem) {}
}
