package org.azekura.rest.peer;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.azekura.api.BackupException;
import org.azekura.api.access.Seal;
import org.azekura.api.catalog.CatalogServer;
import org.azekura.rest.call.Door;
import org.azekura.rest.call.Pace;
import org.azekura.rest.call.Refusal;
import org.azekura.rest.call.Route;
import org.azekura.rest.https.LocalToken;

/**
 * Passes calls on to the server that leads, with what their callers show: that one decides, and writes down what was done. It is told where each comes
 * from by a {@link Passage}. Safe for any number of threads.
 */
public final class PassOn implements AutoCloseable {

    static final int FILES_AT_ONCE = 4;
    /** So many calls of whom nobody here knows wait at a time until who leads begins to answer. */
    public static final int VISITORS_AT_ONCE = 64;

    /** Nothing that is answered at once takes so long: what does is a job. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration TO_KNOW = Duration.ofSeconds(10);
    /** What this server can tell as well, if less. */
    static final Duration BRIEFLY = Duration.ofSeconds(5);
    private static final List<String> TAKEN_ALONG = List.of("Authorization", "Cookie", Door.Entry.CSRF_HEADER, "Content-Type", "Accept", "Last-Event-ID", "Range", "If-Range",
            "Sec-Fetch-Site");

    private final Leader leader;
    private final Seal seal;
    private final LocalToken home;
    private final String name;
    private final Duration brief;
    private final Semaphore files = new Semaphore(FILES_AT_ONCE);
    private final Semaphore visitors = new Semaphore(VISITORS_AT_ONCE);
    private final Pace complaints = new Pace(1, Duration.ofMinutes(1), System::nanoTime);

    /**
     * @param home its token opens this server alone, which vouches for who shows it
     * @param name of this host
     */
    public PassOn(Supplier<List<CatalogServer>> servers, Seal seal, LocalToken home, String name) {
        this(servers, Reach.introduced(seal), seal, home, name, BRIEFLY);
    }

    PassOn(Supplier<List<CatalogServer>> servers, Reach reach, Seal seal, LocalToken home, String name, Duration brief) {
        this.leader = new Leader(servers, reach);
        this.seal = seal;
        this.home = home;
        this.name = name;
        this.brief = brief;
    }

    /** The call as its caller made it, if another server has passed it on to this one. */
    public HttpServletRequest arrived(HttpServletRequest request) {
        return PassedRequest.of(request, seal, complaints);
    }

    /** Whether it was passed on already, or claims to be: once is enough. */
    public static boolean wasPassed(HttpServletRequest request) {
        return Passage.isOn(request);
    }

    /**
     * Passes it on and writes what is answered.
     *
     * @param briefly  whether some seconds are all that is waited for it
     * @throws BackupException {@code server.standby} if none leads that can be reached, and {@code server.cut} if it is not known what became of it: then
     *                         nothing is answered yet
     * @throws Refusal         if too many wait for who leads of whom nobody here knows
     */
    public void pass(HttpServletRequest request, HttpServletResponse response, byte[] body, boolean briefly) throws BackupException, Refusal, InterruptedException {
        BodyPublisher sent = body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
        relay(bounded(request, () -> ask(request, sent, false, briefly ? brief : PATIENCE)), response);
    }

    /**
     * The same of a file, which is not kept here; who is refused anyway need not send it.
     *
     * @param most bytes of it
     * @throws Refusal if there are more, or too many files come at a time
     */
    public void passFile(HttpServletRequest request, HttpServletResponse response, long most) throws BackupException, Refusal, InterruptedException {
        if (request.getContentLengthLong() > most) {
            throw Refusal.tooLarge(most);
        }
        if (!files.tryAcquire()) {
            throw Refusal.tooMany("uploads", FILES_AT_ONCE);
        }
        SentFile file = new SentFile(request, most);
        try {
            HttpResponse<InputStream> answer = ask(request, file.publisher(), true, PATIENCE);
            if (!file.isWhole()) {
                response.setHeader("Connection", "close");
            }
            relay(answer, response);
        } catch (BackupException e) {
            if (file.isTooLarge()) {
                throw Refusal.tooLarge(most);
            }
            throw e;
        } finally {
            files.release();
        }
    }

    /**
     * Whether who leads knows the caller by what he shows.
     *
     * @throws BackupException {@code server.standby}, {@code server.cut}
     * @throws Refusal         if too many wait for that
     */
    public boolean knows(HttpServletRequest request) throws BackupException, Refusal, InterruptedException {
        String target = Route.ROOT + "/session";
        HttpResponse<InputStream> answer = bounded(request, () -> leader.ask(target,
                uri -> headed(request, HttpRequest.newBuilder(uri).timeout(TO_KNOW), "GET " + target).GET().build()));
        try {
            answer.body().close();
        } catch (IOException e) {
            // nothing more is wanted of it
        }
        return answer.statusCode() == HttpServletResponse.SC_OK;
    }

    private interface Question {
        HttpResponse<InputStream> ask() throws BackupException, InterruptedException;
    }

    /** A token was looked at before; a session is known at who leads alone, so anybody can make one up. */
    private HttpResponse<InputStream> bounded(HttpServletRequest request, Question question) throws BackupException, Refusal, InterruptedException {
        if (request.getHeader("Authorization") != null) {
            return question.ask();
        }
        if (!visitors.tryAcquire()) {
            throw Refusal.tooMany("calls without a token that wait for who leads", VISITORS_AT_ONCE);
        }
        try {
            return question.ask();
        } finally {
            visitors.release();
        }
    }

    private HttpResponse<InputStream> ask(HttpServletRequest request, BodyPublisher body, boolean hesitates, Duration patience) throws BackupException, InterruptedException {
        return leader.ask(Passage.target(request), uri -> headed(request, HttpRequest.newBuilder(uri).timeout(patience), Passage.call(request)).expectContinue(hesitates)
                .method(request.getMethod(), body).build());
    }

    private HttpRequest.Builder headed(HttpServletRequest request, HttpRequest.Builder draft, String call) {
        boolean ofHome = home.grants(request.getHeader("Authorization"));
        for (String header : TAKEN_ALONG) {
            String value = request.getHeader(header);
            if (value != null && !(ofHome && header.equals("Authorization"))) {
                draft.header(header, value);
            }
        }
        String from = Door.address(request);
        Passage passage = new Passage(from, from.isEmpty() ? "" : request.getServerName(), request.getServerPort(), name, ofHome);
        return draft.header(Passage.HEADER, passage.sealed(seal, call));
    }

    private static void relay(HttpResponse<InputStream> answer, HttpServletResponse response) {
        new Relay(answer, response).run();
    }

    @Override
    public void close() {
        leader.close();
    }
}
