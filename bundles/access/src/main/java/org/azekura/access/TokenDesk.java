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
import org.azekura.api.access.Former;
import org.azekura.api.access.Tokens;
import org.azekura.api.catalog.ApiToken;
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
            // he may be disabled or revoked by now, and then no token of his is looked for any more
            boolean userIsGone = by.user().isPresent() && edit.user(by.user().get()).filter(UserDesk::mayGrant).isEmpty();
            if (userIsGone || by.token().isPresent() && named(edit, by.token().get()).isEmpty()) {
                throw BackupException.operator("token.denied", wanted.name().value(), by.name() + " may make no tokens any more");
            }
            if (named(edit, wanted.name()).isPresent()) {
                throw BackupException.operator("token.exists", wanted.name().value(), "there is a token " + wanted.name() + " already; revoke it, or take another name");
            }
            if (new Former(edit).has(Leaving.name(wanted.name()))) {
                throw BackupException.operator("token.used", wanted.name().value(), "there was a token " + wanted.name() + ", and no name is given twice: the audit log"
                        + " means that one by it; take another, like " + wanted.name() + "-2");
            }
            edit.putToken(token);
            return null;
        });
        return new Made(token, secret);
    }

    @Override
    public ApiToken revoke(TokenName name) throws BackupException {
        Set<TokenName> ended = new HashSet<>();
        ApiToken gone = catalog.write(edit -> {
            ended.clear();
            ApiToken token = require(edit, name);
            ended.addAll(new Leaving(edit).end(name));
            return token;
        });
        sessions.end(session -> session.caller().token().filter(ended::contains).isPresent());
        return gone;
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
            noteUse(hash, now);
        }
        return found.map(token -> Caller.of(token.name(), token.role(), token.clients()));
    }

    /** Who only reads on a server that stands by is let in, though nothing can be noted there. */
    private void noteUse(byte[] hash, Instant now) throws BackupException {
        try {
            catalog.write(edit -> {
                // it may be revoked by now
                Optional<ApiToken> still = edit.token(hash);
                if (still.isPresent()) {
                    edit.putToken(still.get().used(now));
                }
                return null;
            });
        } catch (BackupException e) {
            if (!e.failure().code().equals("server.standby")) {
                throw e;
            }
        }
    }

    /** How long a session of this token may last; empty: as long as any. */
    Optional<Duration> left(CatalogView view, TokenName name) throws BackupException {
        ApiToken token = require(view, name);
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
