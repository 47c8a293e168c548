package org.azekura.rest.host;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import org.azekura.api.BackupException;
import org.azekura.api.identity.HostRole;
import org.azekura.api.identity.JoinAnswer;
import org.azekura.api.identity.JoinRequest;
import org.azekura.api.server.Enrolment;
import org.azekura.rest.call.Arrival;
import org.azekura.rest.call.HttpAnswer;
import org.azekura.rest.call.Json;
import org.azekura.rest.call.Pace;
import org.azekura.rest.call.Problem;
import org.azekura.rest.call.Refusal;
import org.azekura.rest.call.Route;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a host joins. It has no token yet: that it knows a code is proved in what it sends, and what it gets is worth nothing to anybody else.
 * So anybody may knock, with little and not often.
 */
public final class JoinServlet extends HttpServlet {

    public static final String PATH = Route.ROOT + "/join";
    static final int BODY_LIMIT = 32 << 10;
    static final int AT_ONCE = 20;

    private static final Arrival.Bounds BOUNDS = new Arrival.Bounds(BODY_LIMIT, BODY_LIMIT, Duration.ofSeconds(10));
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final int WORKED_ON = 4;
    private static final long serialVersionUID = 1;
    private static final Logger LOG = LoggerFactory.getLogger(JoinServlet.class);

    private final transient Enrolment enrolment;
    private final transient Pace pace;
    private final Semaphore places = new Semaphore(WORKED_ON);

    public JoinServlet(Enrolment enrolment) {
        this(enrolment, System::nanoTime);
    }

    public JoinServlet(Enrolment enrolment, LongSupplier nanos) {
        this.enrolment = enrolment;
        this.pace = new Pace(AT_ONCE, PAUSE, nanos);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpAnswer.protect(response);
        if (request.getMethod().equals("POST") && pace.allows(request.getRemoteAddr())) {
            Arrival.await(request, response, () -> BOUNDS, body -> answer(request, response, () -> join(body)));
        } else {
            // what it sends is not read, and then the connection takes no other call
            response.setHeader("Connection", "close");
            answer(request, response, () -> {
                throw request.getMethod().equals("POST") ? Refusal.tooOften() : Refusal.wrongMethod(PATH, request.getMethod(), "POST");
            });
        }
    }

    private interface Work {
        Reply reply() throws IOException, Refusal, BackupException;
    }

    private static void answer(HttpServletRequest request, HttpServletResponse response, Work work) throws IOException {
        try {
            HttpAnswer.json(response, 200, "application/json", work.reply());
        } catch (Refusal e) {
            e.headers().forEach(response::setHeader);
            HttpAnswer.problem(response, e.problem());
        } catch (BackupException e) {
            LOG.info("somebody at {} could not join: {}", request.getRemoteAddr(), e.getMessage());
            HttpAnswer.problem(response, Problem.of(e));
        } catch (IllegalArgumentException e) {
            HttpAnswer.problem(response, Refusal.badRequest("request.value", "", e.getMessage()).problem());
        } catch (RuntimeException e) {
            HttpAnswer.problem(response, Problem.fault(PATH, e));
        }
    }

    private Reply join(Arrival.Body body) throws IOException, Refusal, BackupException {
        if (!body.whole()) {
            throw Refusal.tooLarge(BODY_LIMIT);
        }
        JoinRequest.Signed signed = Json.read(Json.object(body.bytes()), Body.class).signed();
        if (!places.tryAcquire()) {
            throw Refusal.tooMany("hosts that join", WORKED_ON);
        }
        try {
            return Reply.of(enrolment.join(signed));
        } finally {
            places.release();
        }
    }

    /** Bytes are in base64. See {@link JoinRequest}; {@code name}, {@code earlier}, {@code consent} and {@code replace} may be left out. */
    private record Body(String code, String role, String name, String host, byte[] publicKey, byte[] earlier, boolean replace, byte[] proof,
            byte[] possession, byte[] consent) {

        JoinRequest.Signed signed() throws Refusal {
            if (code == null || role == null || host == null || publicKey == null || proof == null || possession == null) {
                throw Refusal.badRequest("request.value", "", "a host joins with code, role, host, publicKey, proof and possession; one of them is missing");
            }
            JoinRequest request = new JoinRequest(code, HostRole.parse(role), name == null ? "" : name, host, publicKey, bytes(earlier), replace);
            if (request.earlier().length > JoinRequest.MAX_CERTIFICATE) {
                throw Refusal.badRequest("request.value", "earlier", "a certificate has at most " + JoinRequest.MAX_CERTIFICATE + " bytes");
            }
            return new JoinRequest.Signed(request, proof, possession, bytes(consent));
        }

        private static byte[] bytes(byte[] given) {
            return given == null ? new byte[0] : given;
        }
    }

    /** Bytes are in base64. See {@link JoinAnswer}. */
    private record Reply(byte[] certificate, byte[] authority, String name, String server, String appliance, byte[] proof) {

        static Reply of(JoinAnswer.Signed signed) {
            JoinAnswer answer = signed.answer();
            return new Reply(answer.certificate(), answer.authority(), answer.name(), answer.server(), answer.appliance(), signed.proof());
        }
    }
}
