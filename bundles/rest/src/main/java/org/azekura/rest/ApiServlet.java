package org.azekura.rest;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.access.Right;
import org.azekura.api.access.Session;
import org.azekura.rest.access.AccessDoor;
import org.azekura.rest.access.Deferred;
import org.azekura.rest.access.Witness;
import org.azekura.rest.call.Arrival;
import org.azekura.rest.call.Door;
import org.azekura.rest.call.HttpAnswer;
import org.azekura.rest.call.Json;
import org.azekura.rest.call.Problem;
import org.azekura.rest.call.Refusal;
import org.azekura.rest.call.Reply;
import org.azekura.rest.call.Route;
import org.azekura.rest.call.RouteTable;
import org.azekura.rest.peer.PassOn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one servlet below {@link Route#ROOT}: asks the door who calls, finds the route, asks whether he may, writes the reply or the problem; or passes the
 * call on to who leads.
 */
final class ApiServlet extends HttpServlet {

    private static final Logger LOG = LoggerFactory.getLogger(ApiServlet.class);

    /** A job order with ten thousand paths fits. */
    static final int BODY_LIMIT = 1 << 20;

    private static final Arrival.Bounds KNOWN = new Arrival.Bounds(BODY_LIMIT, 15 << 20, Duration.ofSeconds(60));
    /** A name, a password and a code. */
    private static final Arrival.Bounds STRANGER = new Arrival.Bounds(8 << 10, BODY_LIMIT, Duration.ofSeconds(10));
    private static final Arrival.Bounds REFUSED = new Arrival.Bounds(0, BODY_LIMIT, Duration.ofSeconds(10));

    /** Within some seconds another leads, or the one that did is found again. */
    private static final String RETRY_s = "5";

    private static final long serialVersionUID = 1;

    private final transient Door door;
    private final transient Witness witness;
    private final transient Deferred deferred;
    private final transient RouteTable table;
    private final transient StandBy standBy;
    private final transient PassOn passOn;
    private final transient Uploads uploads;

    /** @param passOn where calls go that another server answers */
    ApiServlet(Door door, Witness witness, Deferred deferred, RouteTable table, StandBy standBy, PassOn passOn, Uploads uploads) {
        this.door = door;
        this.witness = witness;
        this.deferred = deferred;
        this.table = table;
        this.standBy = standBy;
        this.passOn = passOn;
        this.uploads = uploads;
    }

    @Override
    protected void service(HttpServletRequest called, HttpServletResponse response) throws IOException {
        HttpAnswer.protect(response);
        HttpServletRequest request = passOn.arrived(called);
        attempt(request, response, () -> {
            switch (standBy.way(request, door, ApiServlet::check)) {
                case HERE -> serve(request, response);
                case LEADER -> passOn(request, response, false);
                case LEADER_IF_THERE -> passOn(request, response, true);
                case NOWHERE -> standBy.catalog().requireLead();
            }
        });
    }

    private void serve(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (bringsNothing(request) || table.takesFile(request.getMethod(), request.getRequestURI()) && admitted(request).isPresent()) {
            answer(request, response, Arrival.Body.NONE);
        } else {
            Arrival.await(request, response, () -> bounds(request), body -> answer(request, response, body));
        }
    }

    private static boolean bringsNothing(HttpServletRequest request) {
        return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    }

    /** @param orHere answered here if nobody leads who can be reached */
    private void passOn(HttpServletRequest request, HttpServletResponse response, boolean orHere) {
        // who leads may be slow, and an event stream goes on: no thread of the web server waits for that
        AsyncContext async = request.startAsync();
        async.setTimeout(0);
        Thread.ofVirtual().name("passes on " + request.getRequestURI()).start(() -> {
            try {
                attempt(request, response, () -> passOnAside(request, response, orHere));
            } catch (IOException e) {
                LOG.debug("who asked has gone: {}", e.toString());
            } finally {
                HttpAnswer.complete(async);
            }
        });
    }

    private void passOnAside(HttpServletRequest request, HttpServletResponse response, boolean orHere) throws IOException, Refusal, BackupException, InterruptedException {
        if (table.find(request.getMethod(), request.getRequestURI()).route().body() instanceof Route.Body.File(long most, Route.Body.File.First _)) {
            if (!StandBy.isKnown(request, door, passOn)) {
                throw Refusal.unauthenticated(Door.address(request));
            }
            passOn.passFile(request, response, most);
            return;
        }
        Arrival.Body body = bringsNothing(request) ? Arrival.Body.NONE : Arrival.receive(request, response, () -> boundsOfPassed(request));
        if (!body.whole()) {
            throw Refusal.tooLarge(BODY_LIMIT);
        }
        try {
            passOn.pass(request, response, body.bytes(), orHere);
        } catch (BackupException e) {
            if (!orHere) {
                throw e;
            }
            HttpAnswer.write(answer(request, body), request, response);
        }
    }

    private Arrival.Bounds boundsOfPassed(HttpServletRequest request) {
        try {
            return StandBy.isKnown(request, door, passOn) ? KNOWN : STRANGER;
        } catch (Refusal | BackupException e) {
            return STRANGER; // it is said to him when his call is passed on
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return STRANGER;
        }
    }

    private Arrival.Bounds bounds(HttpServletRequest request) {
        return admitted(request).map(admitted -> AccessDoor.isNobody(admitted.entry.caller()) ? STRANGER : KNOWN).orElse(REFUSED);
    }

    /** Who calls what, if he may. When all of a body is there it is asked again: meanwhile he may have lost that. */
    private record Admitted(Door.Entry entry, RouteTable.Found found) {}

    private Optional<Admitted> admitted(HttpServletRequest request) {
        try {
            Admitted wanted = new Admitted(door.open(request), table.find(request.getMethod(), request.getRequestURI()));
            check(wanted.entry, wanted.found.route(), request);
            return Optional.of(wanted);
        } catch (Refusal | BackupException | RuntimeException e) {
            // it is said to him below
            return Optional.empty();
        }
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, Arrival.Body body) throws IOException {
        attempt(request, response, () -> HttpAnswer.write(answer(request, body), request, response));
    }

    private interface Work {
        void run() throws IOException, Refusal, BackupException, InterruptedException;
    }

    private static void attempt(HttpServletRequest request, HttpServletResponse response, Work work) throws IOException {
        try {
            work.run();
        } catch (Refusal e) {
            e.headers().forEach(response::setHeader);
            leaveWhatIsUnread(request, response);
            HttpAnswer.problem(response, e.problem());
        } catch (BackupException e) {
            leaveWhatIsUnread(request, response);
            if (e.failure().code().equals("server.standby")) {
                response.setHeader("Retry-After", RETRY_s);
            }
            HttpAnswer.problem(response, Problem.of(e));
        } catch (IllegalArgumentException e) {
            // our identifiers check themselves; their message says what would do
            HttpAnswer.problem(response, Refusal.badRequest("request.value", "", e.getMessage()).problem());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            HttpAnswer.cutOff(response);
        } catch (RuntimeException e) {
            HttpAnswer.problem(response, Problem.fault(request.getMethod() + " " + request.getRequestURI(), e));
        }
    }

    private Reply answer(HttpServletRequest request, Arrival.Body body) throws IOException, Refusal, BackupException {
        Door.Entry entry = door.open(request);
        RouteTable.Found found = table.find(request.getMethod(), request.getRequestURI());
        return witness.watch(entry, found, () -> {
            check(entry, found.route(), request);
            if (found.route().body() instanceof Route.Body.File(long most, Route.Body.File.First first)) {
                first.check();
                return upload(found, entry, request, most);
            }
            if (!body.whole()) {
                throw Refusal.tooLarge(AccessDoor.isNobody(entry.caller()) ? STRANGER.most() : BODY_LIMIT);
            }
            return deferred.answer(found.route(), found.call(entry, request, Json.object(body.bytes()), null));
        });
    }

    private static void check(Door.Entry entry, Route route, HttpServletRequest request) throws Refusal {
        route.requireCallableBy(entry.caller());
        Session session = entry.session();
        if (session != null && !route.method().equals("GET") && !isSame(session.csrf(), request.getHeader(Door.Entry.CSRF_HEADER))) {
            throw Refusal.forged();
        }
        if (session != null && session.duty() != Session.Duty.NONE && !route.rights().contains(Right.OWN)) {
            throw Refusal.owing(session.duty());
        }
    }

    private static boolean isSame(String expected, String given) {
        return given != null && MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    private Reply upload(RouteTable.Found found, Door.Entry entry, HttpServletRequest request, long most) throws IOException, Refusal, BackupException {
        if (request.getContentLengthLong() > most) {
            throw Refusal.tooLarge(most);
        }
        Path file;
        try (InputStream in = request.getInputStream()) {
            file = uploads.take(in, most);
        }
        boolean handedOn = false;
        try {
            Reply reply = found.route().endpoint().answer(found.call(entry, request, Json.object(new byte[0]), file));
            handedOn = true;
            return reply;
        } finally {
            if (!handedOn) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Behind a body that is not read to its end the connection takes no other call. */
    private static void leaveWhatIsUnread(HttpServletRequest request, HttpServletResponse response) throws IOException {
        // who waits to be told before he sends is told so by the mere look at what comes
        if (Arrival.isAnnounced(request) && (request.getHeader("Expect") != null || !request.getInputStream().isFinished())) {
            response.setHeader("Connection", "close");
        }
    }
}
