package org.azekura.rest.access;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.access.AuditLog;
import org.azekura.api.access.Right;
import org.azekura.rest.call.Asked;
import org.azekura.rest.call.Door;
import org.azekura.rest.call.Refusal;
import org.azekura.rest.call.Reply;
import org.azekura.rest.call.Route;
import org.azekura.rest.call.RouteTable;

/**
 * Writes into the audit log what changes something, and what somebody is not allowed; not what he only looks at. A call is answered when its line is
 * durable. Of what a call brings nothing is written down: secrets are among it.
 */
public final class Witness {

    private static final String DONE = "done";

    private final AuditLog log;

    public Witness(AuditLog log) {
        this.log = log;
    }

    /** What answers a call. */
    public interface Work {
        Reply answer() throws IOException, Refusal, BackupException;
    }

    public Reply watch(Door.Entry entry, RouteTable.Found found, Work work) throws IOException, Refusal, BackupException {
        Route route = found.route();
        Reply reply;
        try {
            reply = work.answer();
        } catch (Refusal e) {
            note(e.problem().status() == 403 || isChange(route), entry, found, "", e.problem().code());
            throw e;
        } catch (BackupException e) {
            note(isChange(route), entry, found, "", e.failure().code());
            throw e;
        } catch (RuntimeException e) {
            note(isChange(route), entry, found, "", e instanceof IllegalArgumentException ? "request.value" : "bug");
            throw e;
        }
        note(isChange(route), entry, found, made(reply), outcome(route, reply));
        return reply;
    }

    /** Whether it is written down whenever it is called. So is a file that only who administers gets. Who logs in is written down where it is known who he is; who may do no more than read only tries something. */
    public static boolean isChange(Route route) {
        if (route.answer() instanceof Route.Answer.File && route.rights().equals(Set.of(Right.ADMINISTER))) {
            return true;
        }
        return !route.method().equals("GET") && !route.rights().equals(Set.of(Right.READ)) && !Door.isForVisitors(route.method(), route.pattern());
    }

    private void note(boolean wanted, Door.Entry entry, RouteTable.Found found, String made, String outcome) throws BackupException {
        if (wanted) {
            Route route = found.route();
            String object = object(route, found.places());
            log.add(new AuditLog.Act(entry.caller().name(), entry.from(), route.method() + " " + route.pattern(), object.isEmpty() ? made : object, outcome));
        }
    }

    /** What stands in the places of a route. */
    static String object(Route route, Map<String, String> places) {
        return String.join("/", route.places().stream().map(places::get).toList());
    }

    /** What is not done yet is not called so. */
    private static String outcome(Route route, Reply reply) {
        return route.danger() != null && reply instanceof Reply.Json(int _, Asked asked, Map<String, String> _)
                ? "request " + asked.request() + " " + asked.hash() : DONE;
    }

    /** The path of what was made, if that is said. */
    private static String made(Reply reply) {
        return reply instanceof Reply.Json(int _, Object _, Map<String, String> headers)
                ? headers.getOrDefault("Location", "").replace(Route.ROOT + "/", "") : "";
    }
}
