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
import org.azekura.api.BackupException;
import org.azekura.api.access.Right;
import org.azekura.api.access.Session;
import org.azekura.api.server.Drivers;
import org.azekura.rest.access.Witness;
import org.azekura.rest.call.Door;
import org.azekura.rest.call.HttpAnswer;
import org.azekura.rest.call.Json;
import org.azekura.rest.call.Problem;
import org.azekura.rest.call.Refusal;
import org.azekura.rest.call.Reply;
import org.azekura.rest.call.Route;
import org.azekura.rest.call.RouteTable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one servlet below {@link Route#ROOT}: asks the door who calls, finds the route, asks whether he may, writes the reply or the problem. */
final class ApiServlet extends HttpServlet {

    /** A job order with ten thousand paths fits. */
    static final int BODY_LIMIT = 1 << 20;
    private static final int DRAIN_LIMIT = 16 << 20;

    private static final long serialVersionUID = 1;
    private static final Logger LOG = LoggerFactory.getLogger(ApiServlet.class);

    private final transient Door door;
    private final transient Witness witness;
    private final transient RouteTable table;
    private final transient Uploads uploads;

    ApiServlet(Door door, Witness witness, RouteTable table, Uploads uploads) {
        this.door = door;
        this.witness = witness;
        this.table = table;
        this.uploads = uploads;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpAnswer.protect(response);
        try {
            HttpAnswer.write(answer(request), request, response);
        } catch (Refusal e) {
            e.headers().forEach(response::setHeader);
            leaveNothingUnread(request, response);
            HttpAnswer.problem(response, e.problem());
        } catch (BackupException e) {
            HttpAnswer.problem(response, Problem.of(e.failure()));
        } catch (IllegalArgumentException e) {
            // our identifiers check themselves; their message says what would do
            leaveNothingUnread(request, response);
            HttpAnswer.problem(response, Refusal.badRequest("request.value", "", e.getMessage()).problem());
        } catch (RuntimeException e) {
            LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), e);
            HttpAnswer.problem(response, Problem.of(BackupException.bug(request.getRequestURI(), e).failure()));
        }
    }

    private Reply answer(HttpServletRequest request) throws IOException, Refusal, BackupException {
        Door.Entry entry = door.open(request);
        RouteTable.Found found = table.find(request.getMethod(), request.getRequestURI());
        return witness.watch(entry, found, () -> answer(entry, found, request));
    }

    private Reply answer(Door.Entry entry, RouteTable.Found found, HttpServletRequest request) throws IOException, Refusal, BackupException {
        Route route = found.route();
        route.requireCallableBy(entry.caller());
        Session session = entry.session();
        if (session != null && !route.method().equals("GET") && !isSame(session.csrf(), request.getHeader(Door.Entry.CSRF_HEADER))) {
            throw Refusal.forged();
        }
        if (session != null && session.duty() != Session.Duty.NONE && !route.rights().contains(Right.OWN)) {
            throw Refusal.owing(session.duty());
        }
        return route.body() instanceof Route.Body.File
                ? upload(found, entry, request)
                : route.endpoint().answer(found.call(entry, request, Json.object(body(request)), null));
    }

    private static boolean isSame(String expected, String given) {
        return given != null && MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    private Reply upload(RouteTable.Found found, Door.Entry entry, HttpServletRequest request) throws IOException, Refusal, BackupException {
        if (request.getContentLengthLong() > Drivers.MAX_PACKAGE) {
            throw Refusal.tooLarge(Drivers.MAX_PACKAGE);
        }
        Path file;
        try (InputStream in = request.getInputStream()) {
            try {
                file = uploads.take(in, Drivers.MAX_PACKAGE);
            } catch (Refusal | BackupException e) {
                drain(in);
                throw e;
            }
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

    private static byte[] body(HttpServletRequest request) throws IOException, Refusal {
        try (InputStream in = request.getInputStream()) {
            byte[] body = in.readNBytes(BODY_LIMIT + 1);
            if (body.length > BODY_LIMIT) {
                drain(in);
                throw Refusal.tooLarge(BODY_LIMIT);
            }
            return body;
        }
    }

    /**
     * A call may be refused before its body was read. Then the connection can't take another call: a small body is read, and with a larger one the
     * caller is told not to use it again.
     */
    private static void leaveNothingUnread(HttpServletRequest request, HttpServletResponse response) throws IOException {
        long length = request.getContentLengthLong();
        if (length > BODY_LIMIT || request.getHeader("Transfer-Encoding") != null) {
            response.setHeader("Connection", "close");
        } else if (length > 0 && !request.getInputStream().isFinished()) {
            drain(request.getInputStream());
        }
    }

    /** A caller that is still sending does not see the answer: so a body that is only somewhat too large is read to its end. */
    private static void drain(InputStream in) throws IOException {
        byte[] chunk = new byte[8192];
        int read = 0;
        for (int left = DRAIN_LIMIT; left > 0 && read >= 0; left -= read) {
            read = in.read(chunk);
        }
    }
}
