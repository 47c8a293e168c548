package org.azekura.rest.access;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.UserName;
import org.azekura.api.access.Role;
import org.azekura.rest.call.Call;
import org.azekura.rest.call.Names;
import org.azekura.rest.call.Refusal;

/** What somebody may, and on whose data: how it is read and shown. */
final class Granted {

    private Granted() {}

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

    /**
     * The user in the path, who is not who calls: what proves that oneself is oneself is changed with a proof, by {@code session/password} and
     * {@code session/factor}. Else a session that is left open would do to take an account for good.
     */
    static UserName another(Call call) throws BackupException, Refusal {
        UserName user = Names.user(call.place("user"));
        if (call.caller().user().filter(user::equals).isPresent()) {
            throw Refusal.oneself(call.caller());
        }
        return user;
    }

    static List<String> words(Set<ClientName> clients) {
        return clients.stream().map(ClientName::value).sorted().toList();
    }
}
