package org.azekura.rest.call;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.azekura.api.BackupException;

/** Every route there is; no two of them answer one call. Immutable. */
public final class RouteTable {

    private final List<Route> routes;

    public RouteTable(List<Route> routes) {
        this.routes = List.copyOf(routes);
        Set<String> seen = new HashSet<>();
        for (Route route : routes) {
            if (!seen.add(route.method() + " " + route.pattern().replaceAll("\\{[^}]*}", "{}"))) {
                throw new IllegalStateException("two routes answer " + route.method() + " " + route.pattern());
            }
        }
    }

    public List<Route> routes() {
        return routes;
    }

    /** @param places what stands in the places of the route's pattern */
    public record Found(Route route, Map<String, String> places) {

        /**
         * @throws Refusal         if a parameter is none of the route's, or of another form
         * @throws BackupException {@code client.unknown} if the path names a client that is not there for the caller
         */
        public Call call(Door.Entry entry, HttpServletRequest request, ObjectNode body, Path file) throws Refusal, BackupException {
            requireSeen(entry);
            return new Call(entry, places, Call.parse(request.getQueryString(), route.parameters()), body, request.getHeader("Last-Event-ID"), file);
        }

        /** The same without a request, of what one brought before. */
        public Call call(Door.Entry entry, Map<String, String> query, ObjectNode body) throws BackupException {
            requireSeen(entry);
            return new Call(entry, places, query, body, null, null);
        }

        private void requireSeen(Door.Entry entry) throws BackupException {
            Scope.client(entry.caller(), places.get("client"));
        }
    }

    /** @throws Refusal 404 if there is nothing at this path, 405 if it answers other methods */
    public Found find(String method, String uri) throws Refusal {
        List<String> path = path(uri);
        Set<String> allowed = new TreeSet<>();
        for (Route route : routes) {
            Map<String, String> places = route.match(path);
            if (places != null && (route.method().equals(method) || method.equals("HEAD") && route.method().equals("GET"))) {
                return new Found(route, places);
            }
            if (places != null) {
                allowed.add(route.method());
            }
        }
        throw allowed.isEmpty() ? Refusal.unknownPath(uri) : Refusal.wrongMethod(uri, method, String.join(", ", allowed));
    }

    /** Whether what is called brings a file. */
    public boolean takesFile(String method, String uri) {
        try {
            return find(method, uri).route().body() instanceof Route.Body.File;
        } catch (Refusal e) {
            return false;
        }
    }

    private static List<String> path(String uri) throws Refusal {
        List<String> path = new ArrayList<>();
        if (uri.startsWith(Route.ROOT + "/")) {
            for (String part : uri.substring(Route.ROOT.length() + 1).split("/")) {
                path.add(Call.decode(part.replace("+", "%2B")));
            }
        }
        return path;
    }
}
