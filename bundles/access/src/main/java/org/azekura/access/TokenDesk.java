package org.azekura.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.TokenName;
import org.azekura.api.access.Caller;
import org.azekura.api.access.Tokens;
import org.azekura.api.catalog.ApiToken;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;

/** Tokens in the catalog, by their hashes. */
final class TokenDesk implements Tokens {

    /** Not each use is written down. */
    private static final Duration NOTED = Duration.ofMinutes(1);
    /** No token is longer. */
    private static final int MAX = 200;

    private final CatalogStore catalog;
    private final InstantSource clock;
    private final Secrets secrets;
    private final OpenSessions sessions;

    TokenDesk(CatalogStore catalog, InstantSource clock, Secrets secrets, OpenSessions sessions) {
        this.catalog = catalog;
        this.clock = clock;
        this.secrets = secrets;
        this.sessions = sessions;
    }

    @Override
    public List<ApiToken> list() throws BackupException {
        return catalog.read(CatalogView::tokens);
    }

    @Override
    public Made create(Wanted wanted, Caller by) throws BackupException {
        UserDesk.requireScope(wanted.role(), wanted.clients(), "token");
        String secret = secrets.token();
        Instant now = clock.instant();
        ApiToken token = new ApiToken(wanted.name(), wanted.role(), wanted.clients(), Secrets.hash(secret), now, by.name(),
                wanted.lasts() == null ? null : now.plus(wanted.lasts()), null);
        catalog.write(edit -> {
            UserDesk.requireClients(edit, wanted.clients());
            // he may be disabled by now, and then no token of his is looked for any more
            if (by.user().isPresent() && edit.user(by.user().get()).filter(UserDesk::mayGrant).isEmpty()) {
                throw BackupException.operator("token.denied", wanted.name().value(), by.name() + " may make no tokens any more");
            }
            if (named(edit, wanted.name()).isPresent()) {
                throw BackupException.operator("token.exists", wanted.name().value(), "there is a token " + wanted.name() + " already; revoke it, or take another name");
            }
            edit.putToken(token);
            return null;
        });
        return new Made(token, secret);
    }

    @Override
    public ApiToken revoke(TokenName name) throws BackupException {
        Set<TokenName> ended = new HashSet<>(Set.of(name));
        ApiToken gone = catalog.write(edit -> {
            ApiToken token = require(edit, name);
            edit.deleteToken(name);
            ended.addAll(endMadeBy(edit, "token " + name));
            return token;
        });
        sessions.end(session -> session.caller().token().filter(ended::contains).isPresent());
        return gone;
    }

    /**
     * Ends what a caller has made, and what was made with that, and so on: else who has lost his rights keeps them by a token of a token, and whoever comes to
     * have a name again stands behind what an earlier one of that name made.
     */
    static Set<TokenName> endMadeBy(CatalogEdit edit, String caller) throws BackupException {
        Set<TokenName> ended = new HashSet<>();
        for (ApiToken token : edit.tokens()) {
            if (token.by().equals(caller)) {
                edit.deleteToken(token.name());
                ended.add(token.name());
                ended.addAll(endMadeBy(edit, "token " + token.name()));
            }
        }
        return ended;
    }

    @Override
    public Optional<Caller> find(String secret) throws BackupException {
        if (secret.length() > MAX) {
            return Optional.empty();
        }
        byte[] hash = Secrets.hash(secret);
        Instant now = clock.instant();
        Optional<ApiToken> found = catalog.read(view -> view.token(hash)).filter(token -> token.expires() == null || now.isBefore(token.expires()));
        if (found.isPresent() && (found.get().used() == null || found.get().used().plus(NOTED).isBefore(now))) {
            catalog.write(edit -> {
                // it may be revoked by now
                Optional<ApiToken> still = edit.token(hash);
                if (still.isPresent()) {
                    edit.putToken(still.get().used(now));
                }
                return null;
            });
        }
        return found.map(token -> Caller.of(token.name(), token.role(), token.clients()));
    }

    /** How long a session of this token may last; empty: as long as any. */
    Optional<Duration> left(TokenName name) throws BackupException {
        ApiToken token = catalog.read(view -> require(view, name));
        return Optional.ofNullable(token.expires()).map(end -> Duration.between(clock.instant(), end));
    }

    private static ApiToken require(CatalogView view, TokenName name) throws BackupException {
        return named(view, name).orElseThrow(() -> BackupException.operator("token.unknown", name.value(), "there is no token " + name
                + "; \"azekura token list\" tells which there are"));
    }

    private static Optional<ApiToken> named(CatalogView view, TokenName name) throws BackupException {
        return view.tokens().stream().filter(token -> token.name().equals(name)).findFirst();
    }
}
