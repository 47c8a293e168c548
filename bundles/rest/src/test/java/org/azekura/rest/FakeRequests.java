package org.azekura.rest;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.azekura.api.BackupException;
import org.azekura.api.access.Caller;
import org.azekura.api.access.Requests;
import org.azekura.api.catalog.Request;

/** Requests in memory, of everybody but who has the home's token; a test carries them out when it wants. */
public final class FakeRequests implements Requests {

    static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

    public Rule rule = Rule.OFF;
    public final Map<Long, Request> all = new TreeMap<>();
    private final List<Order> orders = new ArrayList<>();

    @Override
    public Rule rule() {
        return rule;
    }

    @Override
    public Rule change(Rule wanted) {
        rule = wanted;
        return wanted;
    }

    @Override
    public boolean holds(Caller caller) {
        return rule.isOn() && caller.user().isPresent();
    }

    @Override
    public Request ask(Order order, Caller by, String from) {
        orders.add(order);
        Request request = new Request(orders.size(), Request.State.WAITING, order.operation(), order.object(), "ab12", by.name(), from, TIME, 2, rule.delay(), null,
                TIME.plus(PATIENCE), null, null, "sealed", null);
        all.put(request.number(), request);
        return request;
    }

    @Override
    public List<Request> list(boolean openOnly) {
        return all.values().stream().filter(request -> !openOnly || !request.state().ended()).toList();
    }

    @Override
    public Request get(long number) throws BackupException {
        if (!all.containsKey(number)) {
            throw BackupException.operator("request.unknown", Long.toString(number), "there is no request " + number);
        }
        return all.get(number);
    }

    @Override
    public String order(long number) throws BackupException {
        get(number);
        return orders.get((int) number - 1).text();
    }

    @Override
    public Request confirm(long number, Caller by, String hash) throws BackupException {
        return put(get(number).confirmed(by.name(), TIME.plus(rule.delay())));
    }

    @Override
    public Request refuse(long number, Caller by, String why) throws BackupException {
        return put(get(number).ended(Request.State.REFUSED, TIME, by.name() + (why == null ? "" : ": " + why), null));
    }

    private Request put(Request request) {
        all.put(request.number(), request);
        return request;
    }

    @Override
    public String answer(long number, Caller by) throws BackupException {
        String answer = get(number).answer();
        if (answer == null) {
            throw BackupException.operator("answer.unknown", Long.toString(number), "request " + number + " has no answer");
        }
        return answer;
    }

    @Override
    public boolean isSame(String one, String other) {
        return one.equals(other);
    }

    @Override
    public AutoCloseable serve(Performer performer) {
        return () -> { };
    }

    /** As the appliance does when its time has come. */
    public Performer.Outcome carryOut(long number, Performer performer, Caller by, boolean again) throws BackupException {
        Performer.Outcome outcome = performer.perform(get(number), order(number), by, again);
        put(get(number).ended(outcome.isDone() ? Request.State.DONE : Request.State.FAILED, TIME.plus(Duration.ofDays(1)), outcome.why(), outcome.answer()));
        return outcome;
    }
}
