package org.azekura.access;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.azekura.access.sso.Attempt;
import org.azekura.access.sso.Person;
import org.azekura.access.sso.Provider;
import org.azekura.api.BackupException;
import org.azekura.api.UserName;
import org.azekura.api.access.Entry;
import org.azekura.api.access.Passkeys.Site;
import org.azekura.api.access.SingleSignOn;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.SignOn;

/** Single sign-on by the settings in the catalog. */
final class SignOnDesk implements SingleSignOn {

    private static final Duration KNOWN = Duration.ofHours(1);
    /** Whoever knocks makes us ask the provider: a slow one must not hold all threads of the web server. */
    private static final int AT_A_TIME = 4;
    private static final String SEALED_FOR = "sso";

    private final CatalogStore catalog;
    private final InstantSource steady;
    private final Secrets secrets;
    private final HomeKey key;
    private final SessionDesk sessions;
    private final Newcomers newcomers;
    private final BooleanSupplier local;
    private final Pending<Attempt> attempts;
    private final Semaphore places = new Semaphore(AT_A_TIME);
    private volatile Known known;

    /** @param local whether the provider may be on this machine */
    SignOnDesk(CatalogStore catalog, InstantSource steady, Secrets secrets, HomeKey key, SessionDesk sessions, Newcomers newcomers, BooleanSupplier local) {
        this.local = local;
        this.catalog = catalog;
        this.steady = steady;
        this.secrets = secrets;
        this.key = key;
        this.sessions = sessions;
        this.newcomers = newcomers;
        attempts = new Pending<>(steady);
    }

    private record Known(SignOn settings, boolean local, Provider provider, Instant until) {}

    @Override
    public Optional<SignOn> show() throws BackupException {
        return catalog.read(CatalogView::signOn);
    }

    private SignOn require() throws BackupException {
        return show().orElseThrow(() -> BackupException.operator("sso.unknown", "", "no single sign-on is set; \"azekura sso set\" does"));
    }

    @Override
    public SignOn set(SignOn wanted) throws BackupException {
        SignOnRules.require(wanted, local.getAsBoolean());
        String sealed = wanted.secret() == null ? null : key.seal(wanted.secret().getBytes(StandardCharsets.UTF_8), SEALED_FOR);
        SignOn kept = catalog.write(edit -> {
            // what was kept for one provider is not sent to another
            String before = edit.signOn().filter(old -> old.issuer().equals(wanted.issuer())).map(SignOn::secret).orElse(null);
            SignOn now = new SignOn(wanted.name(), wanted.issuer(), wanted.client(), sealed == null ? before : sealed, wanted.scopes(), wanted.claim(), wanted.grants(),
                    wanted.domains(), wanted.passwords());
            edit.putSignOn(now);
            return now;
        });
        known = null;
        return kept;
    }

    @Override
    public SignOn remove() throws BackupException {
        SignOn gone = require();
        catalog.write(edit -> {
            edit.deleteSignOn();
            return null;
        });
        known = null;
        return gone;
    }

    private Provider discovered(SignOn settings) throws BackupException {
        String secret = settings.secret() == null ? null : new String(key.open(settings.secret(), SEALED_FOR), StandardCharsets.UTF_8);
        return Provider.discover(settings.issuer(), settings.client(), secret, local.getAsBoolean());
    }

    private Provider provider(SignOn settings) throws BackupException {
        Known now = known;
        boolean here = local.getAsBoolean();
        if (now == null || !now.settings.equals(settings) || now.local != here || now.until.isBefore(steady.instant())) {
            now = new Known(settings, here, discovered(settings), steady.instant().plus(KNOWN));
            known = now;
        }
        return now.provider;
    }

    @Override
    public Found test() throws BackupException {
        Provider found = discovered(require());
        return new Found(found.authorize(), found.token(), found.keys(), found.leaving(URI.create("https://localhost")).isPresent());
    }

    /** Asks the provider for something. */
    private interface Asking<T> {
        T ask() throws BackupException;
    }

    private <T> T inTurn(Asking<T> asking) throws BackupException {
        if (!places.tryAcquire()) {
            throw BackupException.device("access.busy", "", "too many log in just now; try again in some seconds", null);
        }
        try {
            return asking.ask();
        } finally {
            places.release();
        }
    }

    @Override
    public Begun begin(Site site, String from) throws BackupException {
        SignOn settings = require();
        Attempt attempt = Attempt.of(SingleSignOn.back(site));
        URI address = inTurn(() -> provider(settings).address(attempt, settings.scopes()));
        String secret = secrets.word();
        attempts.begin(secret, attempt, from);
        return new Begun(secret, address);
    }

    @Override
    public Entry finish(String secret, Return with, String from) throws BackupException {
        Optional<Attempt> attempt = attempts.take(secret);
        Duration wait = sessions.pass(null, from);
        if (!wait.isZero()) {
            return new Entry.TooOften(wait);
        }
        if (attempt.isEmpty() || with.state() == null || !Secrets.isSame(attempt.get().state().getValue(), with.state())) {
            return new Entry.Refused("sso.state");
        }
        if (with.code() == null) {
            return new Entry.Refused("sso.denied");
        }
        try {
            SignOn settings = require();
            Person person = inTurn(() -> {
                Provider provider = provider(settings);
                provider.requireIssuer(with.issuer());
                return provider.person(with.code(), attempt.get(), settings.claim());
            });
            Entry entry = newcomers.letIn(settings, person, from);
            if (entry instanceof Entry.Opened) {
                sessions.welcome(null, from);
            }
            return entry;
        } catch (BackupException e) {
            if (e.failure().code().startsWith("sso.")) {
                return new Entry.Refused(e.failure().code());
            }
            throw e;
        }
    }

    @Override
    public Optional<URI> leave(UserName user, Site site) throws BackupException {
        Optional<SignOn> settings = show();
        if (settings.isEmpty() || catalog.read(view -> view.identity(user)).filter(one -> one.issuer().equals(settings.get().issuer())).isEmpty()) {
            return Optional.empty();
        }
        try {
            return inTurn(() -> provider(settings.get()).leaving(URI.create(site.origin() + "/")));
        } catch (BackupException e) {
            // who leaves has left here all the same
            return Optional.empty();
        }
    }
}
