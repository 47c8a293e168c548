package org.azekura.rest.call;

import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.azekura.api.BackupException;
import org.azekura.api.Failure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    /** What a caller is refused with for now alone. */
    private static final Set<Integer> PASSES = Set.of(408, 429, 503);
    private static final Logger LOG = LoggerFactory.getLogger(Problem.class);

    /** Of a fault of ours only by what the log has it. */
    public static Problem of(Failure failure) {
        return failure.kind() == Failure.Kind.BUG ? fault(failure.subject(), new BackupException(failure)) : of(status(failure), failure);
    }

    public static Problem of(BackupException thrown) {
        return thrown.failure().kind() == Failure.Kind.BUG ? fault(thrown.failure().subject(), thrown) : of(thrown.failure());
    }

    /** An exception that nobody foresaw: what it says may be a path, a line of SQL or another's name, so it stands in the log and nowhere else. */
    public static Problem fault(String subject, Throwable thrown) {
        String reference = UUID.randomUUID().toString().substring(0, 8);
        LOG.error("reference={} {} failed", reference, subject, thrown);
        return of(500, new Failure("bug", Failure.Kind.BUG, false, subject, "a fault of the appliance; its log says more under reference=" + reference));
    }

    public static Problem of(int status, Failure failure) {
        return new Problem("urn:azekura:problem:" + failure.code(), title(status), status, failure.message(), failure.code(),
                failure.kind().name().toLowerCase(Locale.ROOT), failure.subject(),
                failure.retryable() || failure.kind() == Failure.Kind.OPERATOR && PASSES.contains(status));
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
        if (code.equals("firmware.unsupported") || code.equals("disk.unsupported")) {
            return 409;
        }
        return switch (code.substring(code.lastIndexOf('.') + 1)) {
            case "unknown" -> 404;
            case "conflict", "exists", "used", "installed", "ambiguous", "taken", "ended", "running", "done", "once", "state", "last" -> 409;
            case "denied", "refused", "locked", "pinned", "revoked" -> 403;
            case "offline", "stopping", "busy", "standby" -> 503;
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
            case 416 -> "No such part";
            case 429 -> "Too often";
            case 503 -> "Not available";
            default -> "Internal error";
        };
    }
}
