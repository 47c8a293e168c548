package org.azekura.api.access;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.TokenName;
import org.azekura.api.catalog.ApiToken;
import org.azekura.api.catalog.CatalogView;

/**
 * Which person stands behind a caller, as far as that can be known: behind a token the user who made it, over any number of tokens. A token that was made by the home's own
 * stands for itself. Of one view.
 */
public record Behind(CatalogView view) {

    /** By a caller's name; empty if nobody can tell any more. */
    public Optional<String> of(String caller) throws BackupException {
        List<ApiToken> tokens = view.tokens();
        String name = caller;
        for (int steps = 0; steps <= tokens.size(); steps++) {
            Optional<TokenName> token = named(name).token();
            if (token.isEmpty()) {
                return Optional.of(name);
            }
            Optional<ApiToken> found = tokens.stream().filter(each -> each.name().equals(token.get())).findFirst();
            if (found.isEmpty()) {
                return Optional.empty();
            }
            if (isHome(found.get().by())) {
                return Optional.of(name);
            }
            name = found.get().by();
        }
        return Optional.empty();
    }

    /** Whether it is who has the home's own token. */
    public static boolean isHome(String caller) {
        return named(caller).user().isEmpty() && named(caller).token().isEmpty();
    }

    private static Caller named(String name) {
        return new Caller(name, Role.AUDITOR, Set.of());
    }
}
