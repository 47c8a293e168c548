package org.azekura.rest;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.server.Catalog;
import org.azekura.rest.access.AccessDoor;
import org.azekura.rest.access.Witness;
import org.azekura.rest.call.Door;
import org.azekura.rest.call.Refusal;
import org.azekura.rest.call.Route;
import org.azekura.rest.call.RouteTable;
import org.azekura.rest.peer.PassOn;

/**
 * Which calls a server that stands by answers itself: those that the catalog alone tells. The others are for who leads.
 *
 * @param name of this server
 */
record StandBy(Catalog catalog, RouteTable table, String name) {

    /** Who leads alone knows this: hosts are connected with it, and people log in there. */
    private static final Set<String> OF_LEADER = Set.of("appliance", "devices", "libraries", "drivers", "alerts", "events", "downloads", "session", "sessions");
    /** Who leads knows more of these than the catalog: which hosts are there, how far a job is. */
    private static final Set<String> BETTER_OF_LEADER = Set.of("status", "hosts", "clients", "pools", "jobs");
    /** About this very server: who leads would change its own. */
    private static final Set<String> OWN = Set.of("network", "firmware");
    private static final String RESTART = "appliance/restart";
    private static final String DISKS = "appliance/disks";

    /** Where a call is answered. */
    enum Way {
        HERE,
        LEADER,
        /** Here only if nobody leads who can be reached. */
        LEADER_IF_THERE,
        /** It was passed on once. */
        NOWHERE
    }

    /** Who is asked whether a caller may do this. */
    interface Entrance {
        void check(Door.Entry entry, Route route, HttpServletRequest request) throws Refusal;
    }

    Way way(HttpServletRequest request, Door door, Entrance entrance) throws Refusal, BackupException {
        if (catalog.leads()) {
            return Way.HERE;
        }
        if (PassOn.wasPassed(request)) {
            return Way.NOWHERE;
        }
        Route route = table.find(request.getMethod(), request.getRequestURI()).route();
        boolean reads = route.method().equals("GET");
        String about = route.pattern().split("/")[0];
        boolean own = OWN.contains(about) || route.pattern().equals(RESTART) || route.pattern().startsWith(DISKS);
        if (!reads && own) {
            throw Refusal.ofServer(name);
        }
        if (isBySession(request)) {
            return Way.LEADER;
        }
        Door.Entry entry = door.open(request);
        return !reads || OF_LEADER.contains(about) && !own || isWrittenDown(entry, route, request, entrance) ? Way.LEADER
                : BETTER_OF_LEADER.contains(about) && route.answer() instanceof Route.Answer.Json ? Way.LEADER_IF_THERE : Way.HERE;
    }

    /** Sessions are of the server that people have logged in at, and that is who leads. */
    static boolean isBySession(HttpServletRequest request) {
        return request.getHeader("Authorization") == null && Door.cookie(request, Door.SESSION_COOKIE).isPresent();
    }

    /** Some reads are, too, and what is refused. Who leads does that. */
    private static boolean isWrittenDown(Door.Entry entry, Route route, HttpServletRequest request, Entrance entrance) {
        try {
            entrance.check(entry, route, request);
            return Witness.isChange(route);
        } catch (Refusal e) {
            return true;
        }
    }

    /** Whether somebody is to be listened to for longer than one who comes to log in. */
    static boolean isKnown(HttpServletRequest request, Door door, PassOn passOn) throws Refusal, BackupException, InterruptedException {
        if (isBySession(request)) {
            return passOn.knows(request);
        }
        try {
            return !AccessDoor.isNobody(door.open(request).caller());
        } catch (Refusal e) {
            return false;
        }
    }
}
