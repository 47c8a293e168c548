package org.azekura.rest.access;

import java.time.Duration;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.access.Requests;
import org.azekura.api.access.Requests.Rule;
import org.azekura.api.access.Right;
import org.azekura.rest.call.Call;
import org.azekura.rest.call.Refusal;
import org.azekura.rest.call.Reply;
import org.azekura.rest.call.Route;

/** The rule that has dangerous acts wait. To ask for less is one of them. */
public final class RuleRoutes {

    private final Requests requests;

    public RuleRoutes(Requests requests) {
        this.requests = requests;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("rule").needs(Right.READ).says("What dangerous acts wait for").aboutAll().answers(Row.class).by(call -> Reply.ok(Row.of(requests.rule()))),
                Route.post("rule").needs(Right.ADMINISTER).says("Has dangerous acts wait for another admin and for a time; what is left out stays").answers(Row.class)
                        .dangerousIf(call -> wanted(call.read(Order.class)).isWeakerThan(requests.rule()), call -> Row.of(requests.rule()))
                        .takes(Order.class, (call, order) -> Reply.ok(Row.of(requests.change(wanted(order))))));
    }

    private Rule wanted(Order order) throws BackupException, Refusal {
        if (order.persons == null && order.delay == null) {
            throw Refusal.badRequest("request.value", "persons", "the fields \"persons\" (0, 1 or 2) and \"delay\" (seconds) say what dangerous acts wait for");
        }
        Rule now = requests.rule();
        int persons = order.persons == null ? now.persons() : order.persons;
        if (order.delay != null && (order.delay < 0 || order.delay > Rule.LONGEST.toSeconds())) {
            throw Refusal.badRequest("request.value", "delay", "the field \"delay\" has seconds, 0 to " + Rule.LONGEST.toSeconds());
        }
        Duration delay = order.delay != null ? Duration.ofSeconds(order.delay) : persons == 0 ? Duration.ZERO : now.isOn() ? now.delay() : Rule.USUAL;
        return new Rule(persons, delay);
    }

    /** @param persons 0: the rule is off; 1, 2 @param delay seconds */
    private record Order(Integer persons, Long delay) {}

    /** @param persons 0: the rule is off @param delay seconds from when an act is confirmed until it is carried out */
    private record Row(int persons, long delay) {

        static Row of(Rule rule) {
            return new Row(rule.persons(), rule.delay().toSeconds());
        }
    }
}
