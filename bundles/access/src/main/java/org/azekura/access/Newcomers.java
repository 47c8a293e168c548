package org.azekura.access;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.azekura.access.sso.Person;
import org.azekura.api.BackupException;
import org.azekura.api.TokenName;
import org.azekura.api.UserName;
import org.azekura.api.access.Entry;
import org.azekura.api.access.Former;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Identity;
import org.azekura.api.catalog.SecondFactor;
import org.azekura.api.catalog.SignOn;
import org.azekura.api.catalog.User;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes users of those that a provider vouches for, by issuer and subject, and has them do what the provider's groups say. */
final class Newcomers {

    private static final Logger LOG = LoggerFactory.getLogger(Newcomers.class);
    private static final int LONGEST = 200;

    private final CatalogStore catalog;
    private final InstantSource clock;
    private final SessionDesk sessions;

    Newcomers(CatalogStore catalog, InstantSource clock, SessionDesk sessions) {
        this.catalog = catalog;
        this.clock = clock;
        this.sessions = sessions;
    }

    /** @param changed whether he may something else than before: then his sessions end @param ended tokens that he may not have made any more */
    private record Arrived(User user, boolean changed, Set<TokenName> ended) {}

    Entry letIn(SignOn settings, Person person, String from) throws BackupException {
        Optional<SignOn.Grant> grant = SignOnRules.grant(settings, person);
        if (grant.isEmpty() || !SignOnRules.hasDomain(settings, person)) {
            shutOut(settings, person);
            return new Entry.Refused(grant.isEmpty() ? "sso.role" : "sso.email");
        }
        Arrived arrived = catalog.write(edit -> {
            Optional<Identity> known = edit.identity(settings.issuer(), person.subject());
            return known.isEmpty() ? new Arrived(make(edit, settings, person, grant.get()), false, Set.of()) : again(edit, UserDesk.require(edit, known.get().user()), grant.get());
        });
        if (arrived.user.disabled()) {
            return new Entry.Refused("user.disabled");
        }
        if (arrived.changed) {
            sessions.endOf(arrived.user.name(), arrived.ended);
        }
        return sessions.openedByProvider(arrived.user, from);
    }

    /** Nobody keeps by a session or a token what the provider gives him no more. */
    private void shutOut(SignOn settings, Person person) throws BackupException {
        Optional<Identity> known = catalog.read(view -> view.identity(settings.issuer(), person.subject()));
        if (known.isPresent()) {
            UserName name = known.get().user();
            sessions.endOf(name, catalog.write(edit -> new Leaving(edit).endMadeBy(Leaving.name(name))));
        }
    }

    private static Arrived again(CatalogEdit edit, User user, SignOn.Grant grant) throws BackupException {
        boolean same = user.role() == grant.role() && user.clients().equals(grant.clients());
        User now = same || user.disabled() ? user : user.with(grant.role(), grant.clients());
        edit.putUser(now);
        return new Arrived(now, now != user, UserDesk.mayGrant(now) ? Set.of() : new Leaving(edit).endMadeBy(Leaving.name(now.name())));
    }

    private User make(CatalogEdit edit, SignOn settings, Person person, SignOn.Grant grant) throws BackupException {
        User user = new User(free(edit, settings, person), grant.role(), grant.clients(), User.NO_PASSWORD, false, false, SecondFactor.NONE, clock.instant(), null);
        String shown = person.shown().replaceAll("\\p{Cntrl}", " ");
        edit.putUser(user);
        edit.putIdentity(new Identity(settings.issuer(), person.subject(), user.name(), shown.length() > LONGEST ? shown.substring(0, LONGEST) : shown, clock.instant()));
        LOG.info("made the user {} for who came by {}", user.name(), settings.issuer());
        return user;
    }

    /** A name that nobody has or had: who has one like it here is somebody else. The last is of this one alone, who may come again. */
    private static UserName free(CatalogEdit edit, SignOn settings, Person person) throws BackupException {
        byte[] own = Secrets.sha256().digest((settings.issuer() + "\n" + person.subject()).getBytes(StandardCharsets.UTF_8));
        String digits = HexFormat.of().formatHex(own, 0, 8);
        for (String name : SignOnRules.names(person, digits).toList()) {
            UserName wanted = new UserName(name);
            if (edit.user(wanted).isEmpty() && (name.endsWith(digits) || !new Former(edit).has(Leaving.name(wanted)))) {
                return wanted;
            }
        }
        throw BackupException.operator("sso.name", person.login(), "there is a user of each name that this one could have");
    }
}
