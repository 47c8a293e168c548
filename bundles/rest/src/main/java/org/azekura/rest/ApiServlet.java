package org.azekura.rest;

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

/** The one servlet below {@link Route#ROOT}: asks the door who calls, finds the route, asks whether he may, writes the reply or the problem. */
final class ApiServlet extends HttpServlet {

    /** A job order with ten thousand paths fits. */
    static final int BODY_LIMIT = 1 << 20;

    private static final Arrival.Bounds KNOWN = new Arrival.Bounds(BODY_LIMIT, 15 << 20, Duration.ofSeconds(60));
    /** A name, a password and a code. */
    private static final Arrival.Bounds STRANGER = new Arrival.Bounds(8 << 10, BODY_LIMIT, Duration.ofSeconds(10));
    private static final Arrival.Bounds REFUSED = new Arrival.Bounds(0, BODY_LIMIT, Duration.ofSeconds(10));

    private static final long serialVersionUID = 1;

    private final transient Door door;
    private final transient Witness witness;
    private final transient Deferred deferred;
    private final transient RouteTable table;
    private final transient StandBy standBy;
    private final transient Uploads uploads;

    ApiServlet(Door door, Witness witness, Deferred deferred, RouteTable table, StandBy standBy, Uploads uploads) {
        this.door = door;
        this.witness = witness;
        this.deferred = deferred;
        this.table = table;
        this.standBy = standBy;
        this.uploads = uploads;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpAnswer.protect(response);
        if (readsItself(request)) {
            answer(request, response, Arrival.Body.NONE);
        } else {
            Arrival.await(request, response, () -> bounds(request), body -> answer(request, response, body));
        }
    }

    /** What is asked for brings nothing; a file is read by who keeps it, if he may bring one. */
    private boolean readsItself(HttpServletRequest request) {
        String method = request.getMethod();
        return method.equals("GET") || method.equals("HEAD") || table.takesFile(method, request.getRequestURI()) && admitted(request).isPresent();
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
        try {
            HttpAnswer.write(answer(request, body), request, response);
        } catch (Refusal e) {
            e.headers().forEach(response::setHeader);
            leaveWhatIsUnread(request, response);
            HttpAnswer.problem(response, e.problem());
        } catch (BackupException e) {
            leaveWhatIsUnread(request, response);
            HttpAnswer.problem(response, Problem.of(e));
        } catch (IllegalArgumentException e) {
            // our identifiers check themselves; their message says what would do
            HttpAnswer.problem(response, Refusal.badRequest("request.value", "", e.getMessage()).problem());
        } catch (RuntimeException e) {
            HttpAnswer.problem(response, Problem.fault(request.getMethod() + " " + request.getRequestURI(), e));
        }
    }

    private Reply answer(HttpServletRequest request, Arrival.Body body) throws IOException, Refusal, BackupException {
        Door.Entry entry = door.open(request);
        RouteTable.Found found = table.find(request.getMethod(), request.getRequestURI());
        standBy.require(found.route());
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
        if (Arrival.isAnnounced(request) && !request.getInputStream().isFinished()) {
            response.setHeader("Connection", "close");
        }
    }
}
