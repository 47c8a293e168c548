package org.azekura.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.access.AuditLog;
import org.azekura.api.access.Caller;
import org.azekura.api.access.Requests;
import org.azekura.api.access.Requests.Performer.Outcome;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests whose time has come. What is carried out is noted before it begins and at its end; what was noted and has no end is begun again, before anything
 * else. Of two threads one waits for the other.
 */
final class DueRequests {

    private static final Logger LOG = LoggerFactory.getLogger(DueRequests.class);
    /** Between two tries where a host is away. */
    private static final Duration PAUSE = Duration.ofSeconds(30);
    /** So long after its latest time one is tried. */
    private static final Duration DELAYED = Duration.ofDays(1);

    private final CatalogStore catalog;
    private final RequestDesk.RetentionClock clock;
    private final InstantSource lasting;
    private final RequestSeal seal;
    private final ChainedLog log;

    DueRequests(CatalogStore catalog, RequestDesk.RetentionClock clock, InstantSource lasting, RequestSeal seal, ChainedLog log) {
        this.catalog = catalog;
        this.clock = clock;
        this.lasting = lasting;
        this.seal = seal;
        this.log = log;
    }

    private List<Request> open() throws BackupException {
        return catalog.read(view -> view.requests(true));
    }

    /** What was under way when the appliance ended. */
    synchronized void recover(Requests.Performer performer) throws BackupException {
        for (Request request : open()) {
            if (request.state() == Request.State.RUNNING) {
                perform(performer, request.number(), true);
            }
        }
    }

    /** Everything that is due now. @return how long nothing is */
    synchronized Duration pass(Requests.Performer performer) throws BackupException {
        recover(performer);
        Instant now = clock.now();
        for (Request request : open()) {
            if (!now.isBefore(request.due())) {
                due(performer, request, now);
            }
        }
        Instant after = clock.now();
        return open().stream().map(request -> request.state() == Request.State.RUNNING ? PAUSE : Duration.between(after, request.due()))
                .min(Duration::compareTo).orElse(Requests.PATIENCE);
    }

    private void due(Requests.Performer performer, Request request, Instant now) throws BackupException {
        ChainedLog.Times times = log.now();
        boolean begun = catalog.write(edit -> {
            // it may be refused or confirmed meanwhile
            Request still = RequestDesk.require(edit, request.number());
            boolean expires = still.state() == Request.State.WAITING;
            if (now.isBefore(still.due()) || !expires && still.state() != Request.State.CONFIRMED) {
                return false;
            }
            edit.putRequest(expires ? still.ended(Request.State.EXPIRED, now, "nobody confirmed it within " + Requests.PATIENCE.toDays() + " days", null) : still.running());
            if (expires) {
                log.add(edit, times, act(still, "expired"));
            }
            return !expires;
        });
        if (begun) {
            perform(performer, request.number(), false);
        }
    }

    private static AuditLog.Act act(Request request, String outcome) {
        return new AuditLog.Act(request.by(), RequestSeal.label(request.number()), request.operation(), request.object(), outcome);
    }

    /** One that is under way in the catalog. */
    private void perform(Requests.Performer performer, long number, boolean again) throws BackupException {
        Outcome outcome = outcome(performer, catalog.read(view -> RequestDesk.require(view, number)), again);
        Instant now = clock.now();
        ChainedLog.Times times = log.now();
        catalog.write(edit -> {
            Request request = RequestDesk.require(edit, number);
            if (outcome.later() && now.isBefore(request.asked().plus(Requests.PATIENCE).plus(request.delay()).plus(DELAYED))) {
                // one that was begun before is left as it is: it may have been done
                edit.putRequest(again ? request : request.confirmed(request.confirmedBy(), now.plus(PAUSE)));
                return null;
            }
            // who asked may have gone meanwhile, and then it is for nobody
            boolean asked = outcome.answer() != null && new Persons(edit).caller(request.by(), lasting.instant()).isPresent();
            String answer = asked ? seal.close(outcome.answer(), number) : null;
            edit.putRequest(request.ended(outcome.isDone() ? Request.State.DONE : Request.State.FAILED, now, outcome.why(), answer));
            log.add(edit, times, act(request, outcome.code()));
            return null;
        });
    }

    private Outcome outcome(Requests.Performer performer, Request request, boolean again) throws BackupException {
        Instant now = lasting.instant();
        Optional<Caller> by = catalog.read(view -> new Persons(view).caller(request.by(), now));
        if (by.isEmpty()) {
            return new Outcome("access.denied", request.by() + " asked for it and may do nothing any more", null);
        }
        Optional<Caller> second = request.confirmedBy() == null ? by : catalog.read(view -> new Persons(view).caller(request.confirmedBy(), now)).filter(Persons::isAdmin);
        if (second.isEmpty()) {
            return new Outcome("access.denied", request.confirmedBy() + " confirmed it and is no admin any more", null);
        }
        try {
            return performer.perform(request, seal.open(request.order(), request.number()), by.get(), again);
        } catch (BackupException e) {
            return new Outcome(e.failure().code(), e.failure().message(), null);
        } catch (RuntimeException e) {
            LOG.error("request={} failed", request.number(), e);
            return new Outcome("bug", "a fault of the appliance; its log says more of request=" + request.number(), null);
        }
    }
}
