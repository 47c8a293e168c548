package org.azekura.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.access.Behind;
import org.azekura.api.access.Caller;
import org.azekura.api.access.Requests;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Request;

/** Requests in the catalog. */
final class RequestDesk implements Requests {

    /** Beyond them something is wrong with who asks. */
    private static final int MOST_OPEN = 100;
    /** So that nobody alone keeps the others from asking. */
    private static final int MOST_OF_ONE = 50;
    /** Who was made or reset by the other a shorter time ago is no second person, however short the delay. */
    private static final Duration LATELY = Duration.ofDays(1);

    private final CatalogStore catalog;
    private final RetentionClock clock;
    private final InstantSource lasting;
    private final HomeKey key;
    private final RequestSeal seal;
    private final DueRequests due;
    private final RequestTurn turn = new RequestTurn();

    /** @param lasting what tokens end by */
    RequestDesk(CatalogStore catalog, RetentionClock clock, InstantSource lasting, HomeKey key, ChainedLog log) {
        this.catalog = catalog;
        this.clock = clock;
        this.lasting = lasting;
        this.key = key;
        this.seal = new RequestSeal(key);
        due = new DueRequests(catalog, clock, lasting, seal, log);
    }

    /** Tells the retention time. */
    interface RetentionClock {
        Instant now() throws BackupException;
    }

    @Override
    public Rule rule() throws BackupException {
        return catalog.read(Rule::of);
    }

    @Override
    public Rule change(Rule rule) throws BackupException {
        Rule whole = new Rule(rule.persons(), Duration.ofSeconds(rule.delay().toSeconds()));
        Instant now = lasting.instant();
        return catalog.write(edit -> {
            if (whole.persons() == 2 && new Persons(edit).admins(now) < 2) {
                throw BackupException.operator("rule.last", "", "a rule for two persons needs two admins; make another one first (azekura user create NAME --role admin),"
                        + " or have the rule ask for one person");
            }
            whole.put(edit);
            return whole;
        });
    }

    @Override
    public boolean holds(Caller caller) throws BackupException {
        return !Behind.isHome(caller.name()) && rule().isOn();
    }

    @Override
    public Request ask(Order order, Caller by, String from) throws BackupException {
        Instant now = clock.now();
        String hash = key.hash(order.text(), "request");
        Request asked = catalog.write(edit -> {
            List<Request> all = edit.requests(false);
            List<Request> open = all.stream().filter(each -> !each.state().ended()).toList();
            Optional<Request> same = open.stream().filter(each -> each.hash().equals(hash) && each.by().equals(by.name()) && now.isBefore(each.due())).findFirst();
            if (same.isPresent()) {
                return require(edit, same.get().number());
            }
            if (open.stream().filter(each -> each.by().equals(by.name())).count() >= MOST_OF_ONE) {
                throw BackupException.operator("request.busy", by.name(), MOST_OF_ONE + " requests of " + by.name() + " are waiting already; have some of them confirmed or refused first");
            }
            if (open.size() >= MOST_OPEN) {
                throw BackupException.operator("request.busy", "", MOST_OPEN + " requests are waiting already; confirm or refuse some of them first");
            }
            Rule rule = Rule.of(edit);
            long number = all.isEmpty() ? 1 : all.getLast().number() + 1;
            Request bare = new Request(number, Request.State.WAITING, order.operation(), order.object(), hash, by.name(), from, now, Math.max(1, rule.persons()), rule.delay(),
                    null, now.plus(PATIENCE), null, null, seal.close(order.text(), number), null);
            Request made = bare.persons() == 2 ? bare : bare.confirmed(null, now.plus(rule.delay()));
            edit.putRequest(made);
            return made;
        });
        turn.next();
        return asked;
    }

    @Override
    public List<Request> list(boolean openOnly) throws BackupException {
        return catalog.read(view -> view.requests(openOnly));
    }

    @Override
    public Request get(long number) throws BackupException {
        return catalog.read(view -> require(view, number));
    }

    @Override
    public String order(long number) throws BackupException {
        return seal.open(get(number).order(), number);
    }

    static Request require(CatalogView view, long number) throws BackupException {
        return view.request(number).orElseThrow(() -> BackupException.operator("request.unknown", Long.toString(number), "there is no request " + number
                + "; \"azekura request list\" tells which there are"));
    }

    @Override
    public Request confirm(long number, Caller by, String hash) throws BackupException {
        Instant now = clock.now();
        Request confirmed = catalog.write(edit -> {
            Request request = require(edit, number);
            if (request.state() != Request.State.WAITING || !now.isBefore(request.due())) {
                throw state(request, "confirmed");
            }
            if (hash != null && !hash.equals(request.hash())) {
                throw BackupException.operator("request.changed", Long.toString(number), "request " + number + " is not the one that you have seen: its hash is " + request.hash());
            }
            Duration lately = request.delay().compareTo(LATELY) > 0 ? request.delay() : LATELY;
            Optional<String> objection = new Persons(edit).objection(request.by(), by.name(), now.minus(lately));
            if (objection.isPresent() || !Persons.isAdmin(by)) {
                throw BackupException.operator("request.denied", Long.toString(number), "you can't confirm request " + number + ": " + objection.orElse("it takes an admin"));
            }
            Request after = request.confirmed(by.name(), now.plus(request.delay()));
            edit.putRequest(after);
            return after;
        });
        turn.next();
        return confirmed;
    }

    @Override
    public Request refuse(long number, Caller by, String why) throws BackupException {
        Instant now = clock.now();
        return catalog.write(edit -> {
            Request request = require(edit, number);
            if (request.state() != Request.State.WAITING && request.state() != Request.State.CONFIRMED) {
                throw state(request, "refused");
            }
            if (!Persons.isAdmin(by) && !by.name().equals(request.by())) {
                throw BackupException.operator("request.denied", Long.toString(number), "you can't refuse request " + number + ": it takes an admin, or who asked for it");
            }
            Request after = request.ended(Request.State.REFUSED, now, by.name() + (why == null || why.isBlank() ? "" : ": " + why), null);
            edit.putRequest(after);
            return after;
        });
    }

    /** What is due now. */
    DueRequests due() {
        return due;
    }

    private static BackupException state(Request request, String what) {
        return BackupException.operator("request.state", Long.toString(request.number()), "request " + request.number() + " can't be " + what + ": "
                + (request.state() == Request.State.WAITING ? "its time is over" : "it is " + request.state().word()));
    }

    @Override
    public String answer(long number, Caller by) throws BackupException {
        String sealed = catalog.write(edit -> {
            Request request = require(edit, number);
            Persons persons = new Persons(edit);
            if (persons.of(by.name()).isEmpty() || !persons.of(by.name()).equals(persons.of(request.by()))) {
                throw BackupException.operator("request.denied", Long.toString(number), "what came of request " + number + " is for " + request.by());
            }
            if (request.answer() == null) {
                throw BackupException.operator("answer.unknown", Long.toString(number), "request " + number + " has no answer: it is " + request.state().word()
                        + ", or it was fetched already");
            }
            edit.putRequest(request.ended(request.state(), request.ended(), request.why(), null));
            return request.answer();
        });
        return seal.open(sealed, number);
    }

    @Override
    public boolean isSame(String one, String other) throws BackupException {
        return catalog.read(view -> new Persons(view).of(one).filter(new Persons(view).of(other).orElse("")::equals).isPresent());
    }

    @Override
    public AutoCloseable serve(Performer performer) throws BackupException {
        due.recover(performer);
        return turn.serve(() -> due.pass(performer));
    }
}
