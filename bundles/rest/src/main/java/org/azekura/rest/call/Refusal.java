package org.azekura.rest.call;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.azekura.api.Failure;
import org.azekura.api.Failure.Kind;
import org.azekura.api.access.Caller;
import org.azekura.api.access.Right;
import org.azekura.api.access.Role;
import org.azekura.api.access.Session;

/** A request that is turned away before any service is asked, with the status that says why. */
public final class Refusal extends Exception {

    private static final long serialVersionUID = 1;

    private final int status;
    private final transient Failure failure;
    private final transient Map<String, String> headers;

    private Refusal(int status, String code, String subject, String message, Map<String, String> headers) {
        Failure whole = new Failure(code, Kind.OPERATOR, false, subject, message);
        super(whole.message());
        this.status = status;
        this.failure = whole;
        this.headers = headers;
    }

    public static Refusal badRequest(String code, String subject, String message) {
        return new Refusal(400, code, subject, message, Map.of());
    }

    /** @param from an address; empty: at the home's own door, where only its owner comes */
    public static Refusal unauthenticated(String from) {
        String what = from.isEmpty() ? "this needs the bearer token of the appliance (the file \"token\" in its home)"
                : "this needs a token that opens something here, as \"Authorization: Bearer TOKEN\", or a session";
        return new Refusal(401, "token.wrong", "", what, Map.of("WWW-Authenticate", "Bearer realm=\"azekura\""));
    }

    /** @param rights of which one would do */
    public static Refusal denied(Caller caller, Set<Right> rights) {
        String roles = Arrays.stream(Role.values()).filter(role -> rights.stream().anyMatch(role::may)).map(Role::word).collect(Collectors.joining(" or "));
        return new Refusal(403, "access.denied", caller.name(), "this needs the role " + roles + "; you are " + caller.role().word(), Map.of());
    }

    public static Refusal bounded(Caller caller) {
        return new Refusal(403, "access.bounded", caller.name(), "this is about more than the clients that you have to do with", Map.of());
    }

    /** Who would change what he proves himself by without proving himself. */
    public static Refusal oneself(Caller caller) {
        return new Refusal(403, "access.oneself", caller.name(), "what you prove yourself by is changed with your password: by session/password and session/factor", Map.of());
    }

    /** A call that a browser was made to send by somebody else. */
    public static Refusal forged() {
        return new Refusal(403, "csrf.denied", "", "a call with a session's cookie that changes something needs the header " + Door.Entry.CSRF_HEADER
                + " with what the session was made with", Map.of());
    }

    /** Who says by a name who he is, and is not believed. */
    public static Refusal notBelieved() {
        return new Refusal(401, "access.refused", "", "the name or the password or the code is not right, or this user is kept out", Map.of());
    }

    public static Refusal factorMissing() {
        return new Refusal(401, "access.factor", "", "this user shows a code, too: send it as \"code\"", Map.of());
    }

    /** Who has to do something before anything else. */
    public static Refusal owing(Session.Duty duty) {
        return new Refusal(403, duty.word() + ".owed", "", duty == Session.Duty.PASSWORD ? "your password was for once: take another first, by session/password"
                : "you need a second factor first, by session/factor", Map.of());
    }

    /** Who would change by this server what another one has. */
    public static Refusal ofServer(String name) {
        return new Refusal(409, "server.own", name, "this is about server " + name + " itself, which stands by: change it when it leads", Map.of());
    }

    public static Refusal unknownPath(String path) {
        return new Refusal(404, "request.unknown", path, "there is nothing at " + path, Map.of());
    }

    public static Refusal wrongMethod(String path, String method, String allowed) {
        return new Refusal(405, "request.method", path, path + " answers " + allowed + ", not " + method, Map.of("Allow", allowed));
    }

    public static Refusal tooLarge(long limit) {
        return new Refusal(413, "request.large", "", "the body is larger than " + limit + " bytes", Map.of());
    }

    /** @param patience that was had with its body */
    public static Refusal tooSlow(Duration patience) {
        return new Refusal(408, "request.slow", "", "the body did not come within " + patience.toSeconds() + " s", Map.of("Connection", "close"));
    }

    public static Refusal tooMany(String what, int limit) {
        return new Refusal(503, "request.many", "", "more than " + limit + " " + what + " at a time are not served; try again later",
                Map.of("Retry-After", "10"));
    }

    /** @param size of the file */
    static Refusal unsatisfying(long size) {
        return new Refusal(416, "request.range", "", "the file has " + size + " bytes, none of those that were asked for", Map.of("Content-Range", "bytes */" + size));
    }

    /** Of one caller. */
    public static Refusal tooManyOfOne(String what, int limit) {
        return new Refusal(429, "request.many", "", "nobody has more than " + limit + " " + what + " at a time; try again when one has ended", Map.of("Retry-After", "10"));
    }

    public static Refusal tooOften() {
        return tooOften(Duration.ofSeconds(10));
    }

    /** @param pause before it is worth another try */
    public static Refusal tooOften(Duration pause) {
        long seconds = Math.max(1, pause.plusMillis(999).toSeconds());
        return new Refusal(429, "request.often", "", "this was tried too often; try again in " + seconds + " s", Map.of("Retry-After", Long.toString(seconds)));
    }

    public Problem problem() {
        return Problem.of(status, failure);
    }

    public Map<String, String> headers() {
        return headers;
    }
}
