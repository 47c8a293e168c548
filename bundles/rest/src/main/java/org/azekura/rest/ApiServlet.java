package org.azekura.rest;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.access.Right;
import org.azekura.api.access.Session;
import org.azekura.rest.access.AccessDoor;
import org.azekura.rest.access.Deferred;
import org.azekura.rest.access.Witness;
import org.azekura.rest.call.Arrival;
import org.azekura.rest.call.Attempt;
import org.azekura.rest.call.Door;
import org.azekura.rest.call.HttpAnswer;
import org.azekura.rest.call.Json;
import org.azekura.rest.call.Refusal;
import org.azekura.rest.call.Reply;
import org.azekura.rest.call.Route;
import org.azekura.rest.call.RouteTable;
import org.azekura.rest.peer.Courier;
import org.azekura.rest.peer.PassOn;

/**
 * The one servlet below {@link Route#ROOT}: asks the door who calls, finds the route, asks whether he may, writes the reply or the problem; or passes the
 * call on to who leads.
 */
final class ApiServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    private final transient Door door;
    private final transient Witness witness;
    private final transient Deferred deferred;
    private final transient RouteTable table;
    private final transient StandBy standBy;
    private final transient PassOn passOn;
    private final transient Courier courier;
    private final transient Uploads uploads;

    /** @param passOn where calls go that another server answers */
    ApiServlet(Door door, Witness witness, Deferred deferred, RouteTable table, StandBy standBy, PassOn passOn, Uploads uploads) {
        this.door = door;
        this.witness = witness;
        this.deferred = deferred;
        this.table = table;
        this.standBy = standBy;
        this.passOn = passOn;
        this.courier = new Courier(passOn, table, request -> StandBy.isKnown(request, door, passOn));
        this.uploads = uploads;
    }

    @Override
    protected void service(HttpServletRequest called, HttpServletResponse response) throws IOException {
        HttpAnswer.protect(response);
        HttpServletRequest request = passOn.arrived(called);
        Attempt.make(request, response, () -> {
            switch (standBy.way(request, door, ApiServlet::check)) {
                case HERE -> serve(request, response);
                case LEADER -> courier.carry(request, response, null);
                case LEADER_IF_THERE -> courier.carry(request, response, body -> HttpAnswer.write(answer(request, body), request, response));
                case NOWHERE -> standBy.catalog().requireLead();
            }
        });
    }

    private void serve(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (Arrival.bringsNothing(request) || table.takesFile(request.getMethod(), request.getRequestURI()) && admitted(request).isPresent()) {
            answer(request, response, Arrival.Body.NONE);
        } else {
            Arrival.await(request, response, () -> bounds(request), body -> answer(request, response, body));
        }
    }

    private Arrival.Bounds bounds(HttpServletRequest request) {
        return admitted(request).map(admitted -> AccessDoor.isNobody(admitted.entry.caller()) ? Arrival.Bounds.STRANGER : Arrival.Bounds.KNOWN).orElse(Arrival.Bounds.REFUSED);
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
        Attempt.make(request, response, () -> HttpAnswer.write(answer(request, body), request, response));
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
                throw Refusal.tooLarge(AccessDoor.isNobody(entry.caller()) ? Arrival.Bounds.STRANGER.most() : Arrival.Bounds.KNOWN.most());
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
        Path file = uploads.take(request::getInputStream, request.getContentLengthLong(), most);
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
}
