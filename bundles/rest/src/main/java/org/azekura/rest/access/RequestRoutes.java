package org.azekura.rest.access;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.access.Requests;
import org.azekura.api.access.Right;
import org.azekura.api.catalog.Request;
import org.azekura.rest.call.Asked;
import org.azekura.rest.call.Call;
import org.azekura.rest.call.Json;
import org.azekura.rest.call.Names;
import org.azekura.rest.call.Parameter;
import org.azekura.rest.call.Refusal;
import org.azekura.rest.call.Reply;
import org.azekura.rest.call.Route;

/** Dangerous acts that wait for another admin, and for their time. */
public final class RequestRoutes {

    private final Requests requests;

    public RequestRoutes(Requests requests) {
        this.requests = requests;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("requests").needs(Right.READ).says("Dangerous acts that wait or waited, oldest first").aboutAll()
                        .asks(Parameter.flag("open", "Only those that have not ended")).lists(Asked.class)
                        .by(this::list),
                Route.get("requests/{request}").needs(Right.READ).says("One of them, and what was ordered").aboutAll().answers(One.class).by(this::show),
                Route.post("requests/{request}/confirm").needs(Right.ADMINISTER).says("Says as the second person that it may be carried out after its delay").answers(Asked.class)
                        .takes(Confirmation.class, (call, order) -> Reply.ok(asked(requests.confirm(number(call), call.caller(), order.hash)))),
                Route.post("requests/{request}/refuse").needs(Right.ADMINISTER, Right.OPERATE).says("Has it never be carried out; for an admin, and for who asked for it")
                        .answers(Asked.class).takes(Refused.class, this::refuse),
                Route.post("requests/{request}/answer").needs(Right.ADMINISTER, Right.OPERATE).says("Tells who asked for it what came of it, once").answers(Told.class)
                        .by(call -> Reply.ok(new Told(number(call), requests.answer(number(call), call.caller())))));
    }

    private static long number(Call call) throws BackupException {
        String number = call.place("request");
        if (!number.matches("[1-9]\\d{0,17}")) {
            throw Names.unknown("request", number);
        }
        return Long.parseLong(number);
    }

    private Reply list(Call call) throws BackupException {
        List<Asked> rows = new ArrayList<>();
        for (Request request : requests.list(call.flag("open"))) {
            rows.add(asked(request));
        }
        return Reply.ok(rows);
    }

    private Asked asked(Request request) throws BackupException {
        return OrderWords.asked(requests, request);
    }

    private Reply show(Call call) throws BackupException {
        Request request = requests.get(number(call));
        Order order = Order.read(requests.order(request.number()));
        boolean own = requests.isSame(call.caller().name(), request.by());
        return Reply.ok(new One(OrderWords.asked(request, order), covered(order), own, request.answer() != null));
    }

    private static String covered(Order order) {
        ObjectNode shown = Json.MAPPER.createObjectNode();
        shown.set("places", Json.MAPPER.valueToTree(order.places()));
        shown.set("query", Json.MAPPER.valueToTree(order.query()));
        return shown.set("body", order.shown()).toString();
    }

    private Reply refuse(Call call, Refused order) throws BackupException, Refusal {
        if (order.why != null && (order.why.length() > 200 || order.why.chars().anyMatch(Character::isISOControl))) {
            throw Refusal.badRequest("request.value", "why", "the field \"why\" says in up to 200 characters why");
        }
        return Reply.ok(asked(requests.refuse(number(call), call.caller(), order.why)));
    }

    /** @param hash of the order that was looked at; null: nothing is said of it */
    private record Confirmation(String hash) {}

    /** @param why null: nothing is said */
    private record Refused(String why) {}

    /**
     * @param order  what stood in the places of the path, in the query and in the body, as JSON; without secrets
     * @param own    whether it is the caller's, so that it takes another to confirm it
     * @param answer whether what came of it waits to be fetched
     */
    private record One(@JsonUnwrapped Asked asked, String order, boolean own, boolean answer) {}

    /** @param text what the call would have been answered: JSON, or the text of a file */
    private record Told(long request, String text) {}
}
