package org.azekura.api.access;

import java.util.Optional;
import java.util.Set;
import org.azekura.api.ClientName;
import org.azekura.api.TokenName;
import org.azekura.api.UserName;

/**
 * Who makes a call, once that is proven.
 *
 * @param name    as the log names him, like {@code user alice} or {@code token nightly-report}; any other: who has the home's own token
 * @param clients whose data he has to do with; empty: of all. A restorer without any has to do with none
 */
public record Caller(String name, Role role, Set<ClientName> clients) {

    private static final String USER = "user ";
    private static final String TOKEN = "token ";

    public Caller {
        clients = Set.copyOf(clients);
    }

    public static Caller of(UserName user, Role role, Set<ClientName> clients) {
        return new Caller(USER + user, role, clients);
    }

    public static Caller of(TokenName token, Role role, Set<ClientName> clients) {
        return new Caller(TOKEN + token, role, clients);
    }

    /** Empty if he is a token. */
    public Optional<UserName> user() {
        return name.startsWith(USER) ? Optional.of(new UserName(name.substring(USER.length()))) : Optional.empty();
    }

    /** Empty if he is a user, or has the home's own. */
    public Optional<TokenName> token() {
        return name.startsWith(TOKEN) ? Optional.of(new TokenName(name.substring(TOKEN.length()))) : Optional.empty();
    }

    /** Whether what is of this client is there for him at all; else it is answered as if it were not. */
    public boolean sees(ClientName client) {
        return clients.contains(client) || clients.isEmpty() && role != Role.RESTORER;
    }
}
