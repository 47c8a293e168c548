package org.azekura.api.access;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.TokenName;
import org.azekura.api.catalog.ApiToken;
import org.osgi.annotation.versioning.ProviderType;

/** What programs show to be let in. Safe for any number of threads. */
@ProviderType
public interface Tokens {

    /** By name; those that have expired among them. */
    List<ApiToken> list() throws BackupException;

    /** @param lasts null: for ever */
    record Wanted(TokenName name, Role role, Set<ClientName> clients, Duration lasts) {

        public Wanted {
            clients = Set.copyOf(clients);
        }
    }

    /** @param secret the token itself, told here and nowhere else */
    record Made(ApiToken token, String secret) {}

    /** @throws BackupException {@code token.exists}, {@code token.used} (one of that name was revoked), {@code token.denied}, {@code role.invalid}: nothing was made */
    Made create(Wanted wanted, Caller by) throws BackupException;

    /** It opens nothing from here on, and sessions that it opened end. @throws BackupException {@code token.unknown} */
    ApiToken revoke(TokenName name) throws BackupException;

    /** Whose token this is; empty if nobody's, or it has expired. */
    Optional<Caller> find(String secret) throws BackupException;
}
