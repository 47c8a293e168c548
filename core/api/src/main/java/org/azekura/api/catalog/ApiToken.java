package org.azekura.api.catalog;

import java.time.Instant;
import java.util.Set;
import org.azekura.api.ClientName;
import org.azekura.api.TokenName;
import org.azekura.api.access.Role;

/**
 * What a program shows instead of a password.
 *
 * @param clients as {@link org.azekura.api.access.Caller#clients}
 * @param hash    SHA-256 of the token; the token itself is not kept
 * @param by      who made it, as {@link org.azekura.api.access.Caller#name}
 * @param expires when it ends; null: never
 * @param used    when it was last shown, to the minute; null: never
 */
public record ApiToken(TokenName name, Role role, Set<ClientName> clients, byte[] hash, Instant made, String by, Instant expires, Instant used) {

    public ApiToken {
        clients = Set.copyOf(clients);
    }

    public ApiToken used(Instant at) {
        return new ApiToken(name, role, clients, hash, made, by, expires, at);
    }
}
