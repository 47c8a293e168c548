package org.azekura.rest.call;

import java.util.Locale;
import org.azekura.api.Failure;

/**
 * An error as RFC 9457 wants it, with our stable code.
 *
 * @param type      a URN made of the code
 * @param detail    one line for people
 * @param kind      lower case, see {@link Failure.Kind}
 * @param subject   the thing concerned, empty if there is none
 * @param retryable whether the same call can succeed later
 */
public record Problem(String type, String title, int status, String detail, String code, String kind, String subject, boolean retryable) {

    public static Problem of(Failure failure) {
        return of(status(failure), failure);
    }

    public static Problem of(int status, Failure failure) {
        return new Problem("urn:azekura:problem:" + failure.code(), title(status), status, failure.message(), failure.code(),
                failure.kind().name().toLowerCase(Locale.ROOT), failure.subject(), failure.retryable());
    }

    private static int status(Failure failure) {
        return switch (failure.kind()) {
            case OPERATOR -> operator(failure.code());
            case MEDIA -> 409;
            case DEVICE, NETWORK -> 503;
            case CORRUPT, BUG -> 500;
        };
    }

    private static int operator(String code) {
        if (code.equals("key.missing") || code.equals("key.wrong")) {
            return 403;
        }
        return switch (code.substring(code.lastIndexOf('.') + 1)) {
            case "unknown" -> 404;
            case "conflict", "exists", "used", "installed", "ambiguous", "taken", "ended", "running", "done", "once", "state", "last" -> 409;
            case "denied", "refused", "locked", "pinned", "revoked" -> 403;
            case "offline", "stopping", "busy" -> 503;
            default -> 400;
        };
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "Bad request";
            case 401 -> "Not authenticated";
            case 403 -> "Refused";
            case 404 -> "Not found";
            case 405 -> "Method not allowed";
            case 408 -> "Too slow";
            case 409 -> "Conflict";
            case 413 -> "Too large";
            case 429 -> "Too often";
            case 503 -> "Not available";
            default -> "Internal error";
        };
    }
}
