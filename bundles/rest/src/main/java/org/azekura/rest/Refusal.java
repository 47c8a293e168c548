package org.azekura.rest;

import java.util.Map;
import org.azekura.api.Failure.Kind;
import org.azekura.api.Failure;

/** A request that is turned away before any service is asked, with the status that says why. */
final class Refusal extends Exception {

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

    static Refusal badRequest(String code, String subject, String message) {
        return new Refusal(400, code, subject, message, Map.of());
    }

    static Refusal unauthenticated() {
        return new Refusal(401, "token.wrong", "", "this needs the bearer token of the appliance (the file \"token\" in its home)",
                Map.of("WWW-Authenticate", "Bearer realm=\"azekura\""));
    }

    static Refusal unknownPath(String path) {
        return new Refusal(404, "request.unknown", path, "there is nothing at " + path, Map.of());
    }

    static Refusal wrongMethod(String path, String method, String allowed) {
        return new Refusal(405, "request.method", path, path + " answers " + allowed + ", not " + method, Map.of("Allow", allowed));
    }

    static Refusal tooLarge(long limit) {
        return new Refusal(413, "request.large", "", "the body is larger than " + limit + " bytes", Map.of());
    }

    static Refusal tooMany(String what, int limit) {
        return new Refusal(503, "request.many", "", "more than " + limit + " " + what + " at a time are not served; try again later",
                Map.of("Retry-After", "10"));
    }

    static Refusal tooOften() {
        return new Refusal(429, "request.often", "", "this was tried too often; try again in some seconds", Map.of("Retry-After", "10"));
    }

    Problem problem() {
        return Problem.of(status, failure);
    }

    Map<String, String> headers() {
        return headers;
    }
}
