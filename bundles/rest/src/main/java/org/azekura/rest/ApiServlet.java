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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.server.Drivers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one servlet below {@link #ROOT}: asks for the token, finds the route, writes the reply or the problem. */
final class ApiServlet extends HttpServlet {

    static final String ROOT = "/api/v1";
    /** A job order with ten thousand paths fits. */
    static final int BODY_LIMIT = 1 << 20;
    private static final int DRAIN_LIMIT = 16 << 20;

    private static final long serialVersionUID = 1;
    private static final Logger LOG = LoggerFactory.getLogger(ApiServlet.class);

    private final transient Access access;
    private final transient List<Route> routes;
    private final transient Uploads uploads;

    ApiServlet(Access access, List<Route> routes, Uploads uploads) {
        this.access = access;
        this.uploads = uploads;
        this.routes = List.copyOf(routes);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        protect(response);
        try {
            write(answer(request), request, response);
        } catch (Refusal e) {
            e.headers().forEach(response::setHeader);
            leaveNothingUnread(request, response);
            problem(response, e.problem());
        } catch (BackupException e) {
            problem(response, Problem.of(e.failure()));
        } catch (IllegalArgumentException e) {
            // our identifiers check themselves; their message says what would do
            leaveNothingUnread(request, response);
            problem(response, Refusal.badRequest("request.value", "", e.getMessage()).problem());
        } catch (RuntimeException e) {
            LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), e);
            problem(response, Problem.of(BackupException.bug(request.getRequestURI(), e).failure()));
        }
    }

    private Reply answer(HttpServletRequest request) throws IOException, Refusal, BackupException {
        if (!access.grants(request.getHeader("Authorization"))) {
            throw Refusal.unauthenticated();
        }
        String uri = request.getRequestURI();
        List<String> path = path(uri);
        String method = request.getMethod().equals("HEAD") ? "GET" : request.getMethod();
        List<String> allowed = new ArrayList<>();
        for (Route route : routes) {
            List<String> names = route.match(path);
            if (names != null && route.method().equals(method)) {
                Map<String, String> query = Call.parse(request.getQueryString(), route.parameters());
                return route.upload() ? answer(route, names, query, request) : route.endpoint().answer(new Call(names, query, Json.object(body(request)),
                        request.getHeader("Last-Event-ID"), null, caller(request)));
            }
            if (names != null) {
                allowed.add(route.method());
            }
        }
        throw allowed.isEmpty() ? Refusal.unknownPath(uri) : Refusal.wrongMethod(uri, request.getMethod(), String.join(", ", allowed));
    }

    private Reply answer(Route route, List<String> names, Map<String, String> query, HttpServletRequest request) throws IOException, Refusal, BackupException {
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
            Reply reply = route.endpoint().answer(new Call(names, query, Json.object(new byte[0]), null, file, caller(request)));
            handedOn = true;
            return reply;
        } finally {
            if (!handedOn) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** There is one token; where it was used tells at least from which host. */
    private static String caller(HttpServletRequest request) {
        String address = request.getRemoteAddr();
        return "who has the token, " + (address != null && address.matches("[0-9A-Fa-f.:%\\[\\]]+") ? "from " + address : "on this machine");
    }

    private static List<String> path(String uri) throws Refusal {
        List<String> path = new ArrayList<>();
        if (uri.startsWith(ROOT + "/")) {
            for (String part : uri.substring(ROOT.length() + 1).split("/")) {
                path.add(Call.decode(part.replace("+", "%2B")));
            }
        }
        return path;
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

    private static void write(Reply reply, HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (reply) {
            case Reply.Json(int status, Object body, Map<String, String> headers) -> {
                headers.forEach(response::setHeader);
                json(response, status, "application/json", body);
            }
            case Reply.Text(String text) -> {
                response.setContentType("text/plain");
                response.setCharacterEncoding(StandardCharsets.UTF_8);
                response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            }
            case Reply.Stream(Reply.Stream.Writer writer) -> {
                response.setContentType("text/event-stream");
                response.setCharacterEncoding(StandardCharsets.UTF_8);
                if (request.getMethod().equals("HEAD")) {
                    writer.drop();
                } else {
                    stream(writer, request, response);
                }
            }
        }
    }

    private static void stream(Reply.Stream.Writer writer, HttpServletRequest request, HttpServletResponse response) {
        AsyncContext async = request.startAsync();
        async.setTimeout(0);
        Thread.ofVirtual().name("events " + request.getRemoteAddr()).start(() -> {
            try {
                writer.write(response.getOutputStream());
            } catch (IOException e) {
                LOG.debug("an event stream ended: {}", e.toString());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                async.complete();
            }
        });
    }

    /** Answers are for who asked, and are what they say they are. */
    static void protect(HttpServletResponse response) {
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
    }

    static void problem(HttpServletResponse response, Problem problem) throws IOException {
        json(response, problem.status(), "application/problem+json", problem);
    }

    static void json(HttpServletResponse response, int status, String type, Object body) throws IOException {
        response.setStatus(status);
        response.setContentType(type);
        Json.MAPPER.writeValue(response.getOutputStream(), body);
    }
}
