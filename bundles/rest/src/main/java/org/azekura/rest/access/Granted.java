package org.azekura.rest.access;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.azekura.api.ClientName;
import org.azekura.api.access.Role;
import org.azekura.rest.call.Refusal;
import org.azekura.rest.call.Route;
import org.azekura.rest.call.Scope;

/** What somebody may, and on whose data: how it is read, and who has a say in it. */
final class Granted {

    private Granted() {}

    /** Only for callers who have to do with all clients: who is bounded could give himself more. */
    static List<Route> unbounded(List<Route> routes) {
        return routes.stream().map(route -> new Route(route.method(), route.pattern(), route.rights(), route.summary(), route.parameters(), route.body(), route.answer(), call -> {
            Scope.requireUnbounded(call.caller());
            return route.endpoint().answer(call);
        })).toList();
    }

    /** @param word null stays null */
    static Role role(String word) throws Refusal {
        for (Role role : Role.values()) {
            if (role.word().equals(word)) {
                return role;
            }
        }
        if (word == null) {
            return null;
        }
        throw Refusal.badRequest("request.value", "role", "a role is " + Stream.of(Role.values()).map(Role::word).collect(Collectors.joining(", ")) + "; not \"" + word + "\"");
    }

    /** @param names null stays null */
    static Set<ClientName> clients(List<String> names) throws Refusal {
        if (names != null && names.contains(null)) {
            throw Refusal.badRequest("request.value", "clients", "the field \"clients\" names clients, like [\"web1\"]");
        }
        return names == null ? null : names.stream().map(ClientName::new).collect(Collectors.toSet());
    }

    static List<String> words(Set<ClientName> clients) {
        return clients.stream().map(ClientName::value).sorted().toList();
    }
}
