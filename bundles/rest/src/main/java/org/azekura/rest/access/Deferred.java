package org.azekura.rest.access;

import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.access.Caller;
import org.azekura.api.access.Requests;
import org.azekura.api.catalog.Request;
import org.azekura.rest.call.Call;
import org.azekura.rest.call.Danger;
import org.azekura.rest.call.Door;
import org.azekura.rest.call.Refusal;
import org.azekura.rest.call.Reply;
import org.azekura.rest.call.Route;
import org.azekura.rest.call.RouteTable;

/** Answers calls, those that are dangerous later: keeps what they order as a value, and carries that out when its time has come. */
public final class Deferred implements Requests.Performer {

    private static final String DONE = "done";

    private final Requests requests;
    private final RouteTable table;
    private final Turns turns = new Turns();

    public Deferred(Requests requests, RouteTable table) {
        this.requests = requests;
        this.table = table;
    }

    /** At once, or by a request. */
    public Reply answer(Route route, Call call) throws BackupException, Refusal {
        return route.danger() == null || !requests.rule().isOn() ? route.endpoint().answer(call) : turns.in(route, () -> judge(route, call));
    }

    private Reply judge(Route route, Call call) throws BackupException, Refusal {
        if (requests.holds(call.caller())) {
            route.requireReadable(call.body());
            if (route.danger().is(call)) {
                return ask(route, call);
            }
        }
        return route.endpoint().answer(call);
    }

    private Reply ask(Route route, Call call) throws BackupException, Refusal {
        Order order = Order.of(route, call);
        String object = Witness.object(route, call.places());
        Request request = requests.ask(new Requests.Order(route.method() + " " + route.pattern(), OrderWords.object(object.isEmpty() ? route.danger().object(call) : object), order.text()),
                call.caller(), call.entry().from());
        return Reply.made(202, "requests/" + request.number(), OrderWords.asked(request, order));
    }

    @Override
    public Outcome perform(Request request, String text, Caller by, boolean again) {
        try {
            return perform(request, Order.read(text), by, again);
        } catch (Refusal e) {
            return new Outcome(e.problem().code(), e.problem().detail(), null);
        } catch (BackupException e) {
            boolean isGone = again && e.failure().code().endsWith(".unknown");
            return isGone ? new Outcome(DONE, null, null) : new Outcome(e.failure().code(), e.failure().message(), null, e.failure().retryable());
        } catch (IllegalArgumentException e) {
            return new Outcome("request.value", e.getMessage(), null);
        }
    }

    private Outcome perform(Request request, Order order, Caller by, boolean again) throws BackupException, Refusal {
        Route route = table.routes().stream().filter(each -> each.method().equals(order.method()) && each.pattern().equals(order.pattern())).findFirst()
                .orElseThrow(() -> Refusal.unknownPath(order.pattern()));
        RouteTable.Found found = new RouteTable.Found(route, order.places());
        route.requireCallableBy(by);
        Call call = found.call(new Door.Entry(by, null, "request " + request.number()), order.query(), order.body());
        return turns.in(route, () -> perform(route, call, order, again));
    }

    private static Outcome perform(Route route, Call call, Order order, boolean again) throws BackupException, Refusal {
        Danger danger = route.danger();
        if (again && danger != null && danger.isUnderWay(call)) {
            return new Outcome(DONE, null, null);
        }
        if (!again && danger != null) {
            // what was under way may have changed it by itself
            order.requireUnchanged(danger.now(call));
        }
        return new Outcome(DONE, null, switch (route.endpoint().answer(call)) {
            case Reply.Json(int _, Object body, Map<String, String> _) -> body == null ? null : Order.text(body);
            case Reply.Text(String _, String said) -> said;
            case Reply.File _ -> null;
            case Reply.Stream(Reply.Stream.Writer writer) -> {
                writer.drop();
                yield null;
            }
        });
    }
}
