package org.azekura.rest.access;

import java.util.List;
import org.azekura.api.access.Role;
import org.azekura.api.catalog.User;
import org.azekura.rest.call.Json;

/**
 * What is laid down of a user.
 *
 * @param factor whether he has to have a second factor
 * @param second whether he has one
 * @param made   says that it is not another one of that name
 */
record UserTerms(String role, List<String> clients, boolean disabled, boolean factor, boolean second, String made) {

    static UserTerms of(User user) {
        return new UserTerms(user.role().word(), Granted.words(user.clients()).stream().sorted().toList(), user.disabled(), user.factor().required(),
                user.factor().secret() != null, Json.time(user.made()));
    }

    /** Whether he may say who may what. */
    boolean isAdmin() {
        return role.equals(Role.ADMIN.word()) && clients.isEmpty() && !disabled;
    }
}
