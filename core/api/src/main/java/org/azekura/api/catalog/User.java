package org.azekura.api.catalog;

import java.time.Instant;
import java.util.Set;
import org.azekura.api.ClientName;
import org.azekura.api.UserName;
import org.azekura.api.access.Role;

/**
 * Somebody who logs in.
 *
 * @param clients  as {@link org.azekura.api.access.Caller#clients}
 * @param password what it is checked by, not the password
 * @param once     whether it opens nothing but the way to another password
 * @param disabled whether he is kept out
 * @param factor   what is asked for beside the password
 * @param made     when he was first named
 * @param seen     when he last logged in; null: never
 */
public record User(UserName name, Role role, Set<ClientName> clients, String password, boolean once, boolean disabled, SecondFactor factor, Instant made,
        Instant seen) {

    /** As {@link #password}: none opens it. */
    public static final String NO_PASSWORD = "none";

    public User {
        clients = Set.copyOf(clients);
    }

    public User with(String newPassword, boolean forOnce) {
        return new User(name, role, clients, newPassword, forOnce, disabled, factor, made, seen);
    }

    public User with(Role newRole, Set<ClientName> newClients) {
        return new User(name, newRole, newClients, password, once, disabled, factor, made, seen);
    }

    public User with(SecondFactor other) {
        return new User(name, role, clients, password, once, disabled, other, made, seen);
    }

    public User seen(Instant at) {
        return new User(name, role, clients, password, once, disabled, factor, made, at);
    }
}
