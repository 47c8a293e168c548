package org.azekura.rest.peer;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.azekura.api.BackupException;
import org.azekura.rest.call.Arrival;
import org.azekura.rest.call.Attempt;
import org.azekura.rest.call.Door;
import org.azekura.rest.call.HttpAnswer;
import org.azekura.rest.call.Refusal;
import org.azekura.rest.call.Route;
import org.azekura.rest.call.RouteTable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings calls to {@link PassOn}: by threads of its own, and with how much of what comes. Safe for any number of threads. */
public final class Courier {

    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

    private final PassOn passOn;
    private final RouteTable table;
    private final Known known;

    /** Whether somebody is to be listened to for longer than one who comes to log in. */
    public interface Known {
        boolean is(HttpServletRequest request) throws Refusal, BackupException, InterruptedException;
    }

    /** How a call is answered here. */
    public interface Here {
        void answer(Arrival.Body body) throws IOException, Refusal, BackupException;
    }

    public Courier(PassOn passOn, RouteTable table, Known known) {
        this.passOn = passOn;
        this.table = table;
        this.known = known;
    }

    /**
     * Has a call answered by who leads.
     *
     * @param here if nobody leads who answers soon; null: then it is not answered
     */
    public void carry(HttpServletRequest request, HttpServletResponse response, Here here) {
        // who leads may be slow, and an event stream goes on: no thread of the web server waits for that
        AsyncContext async = request.startAsync();
        async.setTimeout(0);
        Thread.ofVirtual().name("passes on " + request.getRequestURI()).start(() -> {
            try {
                Attempt.make(request, response, () -> carryAside(request, response, here));
            } catch (IOException e) {
                LOG.debug("who asked has gone: {}", e.toString());
            } finally {
                HttpAnswer.complete(async);
            }
        });
    }

    private void carryAside(HttpServletRequest request, HttpServletResponse response, Here here) throws IOException, Refusal, BackupException, InterruptedException {
        if (table.find(request.getMethod(), request.getRequestURI()).route().body() instanceof Route.Body.File(long most, Route.Body.File.First _)) {
            if (!known.is(request)) {
                throw Refusal.unauthenticated(Door.address(request));
            }
            passOn.passFile(request, response, most);
            return;
        }
        Arrival.Body body = Arrival.bringsNothing(request) ? Arrival.Body.NONE : Arrival.receive(request, response, () -> bounds(request));
        if (body == null) {
            return;
        }
        if (!body.whole()) {
            throw Refusal.tooLarge(Arrival.Bounds.KNOWN.most());
        }
        try {
            passOn.pass(request, response, body.bytes(), here != null);
        } catch (BackupException e) {
            if (here == null) {
                throw e;
            }
            here.answer(body);
        }
    }

    private Arrival.Bounds bounds(HttpServletRequest request) {
        try {
            return known.is(request) ? Arrival.Bounds.KNOWN : Arrival.Bounds.STRANGER;
        } catch (Refusal | BackupException e) {
            return Arrival.Bounds.STRANGER; // it is said to him when his call is passed on
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Arrival.Bounds.STRANGER;
        }
    }
}
