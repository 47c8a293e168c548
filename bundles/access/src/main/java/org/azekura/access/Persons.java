package org.azekura.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.TokenName;
import org.azekura.api.UserName;
import org.azekura.api.access.Behind;
import org.azekura.api.access.Caller;
import org.azekura.api.access.Former;
import org.azekura.api.access.Right;
import org.azekura.api.access.Role;
import org.azekura.api.catalog.AuditEntry;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.User;

/** Who may be the second person for whom. Of one view. */
record Persons(CatalogView view) {

    private static final String USER = "user ";
    private static final int PAGE = 1000;
    /** By which somebody is made, or gets into the hands of another. What a new one is called stands behind its noun. */
    private static final Set<String> MAKING = Set.of("POST users", "POST users/{user}", "PATCH users/{user}", "POST users/{user}/reset",
            "POST users/{user}/factor/remove", "DELETE users/{user}/passkeys/{passkey}");

    /** As {@link Behind#of}. */
    Optional<String> of(String caller) throws BackupException {
        return new Behind(view).of(caller);
    }

    /** Behind a caller who may be no more. */
    private Optional<String> behind(String caller) throws BackupException {
        Optional<String> person = of(caller);
        return person.isPresent() ? person : new Former(view).person(caller);
    }

    private static Caller named(String name) {
        return new Caller(name, Role.AUDITOR, Set.of());
    }

    /** Why the one can't be the second person for the other; empty if he can. @param since what was done before is long ago */
    Optional<String> objection(String asker, String confirmer, Instant since) throws BackupException {
        Optional<String> one = of(asker);
        Optional<String> other = of(confirmer);
        if (one.isEmpty() || other.isEmpty()) {
            return Optional.of("nobody can tell any more who made the token of " + (one.isEmpty() ? asker : confirmer));
        }
        if (one.equals(other)) {
            return Optional.of("it takes another person than " + one.get() + ", who asked for it");
        }
        return hasMade(one.get(), other.get(), since) || hasMade(other.get(), one.get(), since)
                ? Optional.of("one of " + one.get() + " and " + other.get() + " was made or changed by the other lately") : Optional.empty();
    }

    private boolean hasMade(String maker, String made, Instant since) throws BackupException {
        if (!made.startsWith(USER)) {
            return false;
        }
        String name = made.substring(USER.length());
        Set<String> objects = Set.of(name, "users/" + name);
        for (List<AuditEntry> page = view.audit(Long.MAX_VALUE, PAGE); !page.isEmpty(); page = view.audit(page.getLast().number(), PAGE)) {
            for (AuditEntry line : page) {
                if (line.time().isBefore(since)) {
                    return false;
                }
                boolean about = objects.contains(line.object()) || line.object().startsWith(name + "/");
                // who can't be told may have been he
                if (about && line.outcome().equals("done") && MAKING.contains(line.operation()) && behind(line.who()).map(maker::equals).orElse(true)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** What a caller may do now; empty if he may do nothing any more. @param now by which tokens end */
    Optional<Caller> caller(String name, Instant now) throws BackupException {
        Optional<UserName> user = named(name).user();
        if (user.isPresent()) {
            return view.user(user.get()).filter(found -> !found.disabled()).map(found -> Caller.of(found.name(), found.role(), found.clients()));
        }
        Optional<TokenName> token = named(name).token();
        if (token.isPresent()) {
            return view.tokens().stream().filter(found -> found.name().equals(token.get()) && (found.expires() == null || now.isBefore(found.expires()))).findFirst()
                    .map(found -> Caller.of(found.name(), found.role(), found.clients()));
        }
        return Optional.of(new Caller(name, Role.ADMIN, Set.of()));
    }

    static boolean isAdmin(Caller caller) {
        return caller.role().may(Right.ADMINISTER) && caller.clients().isEmpty();
    }

    /** How many different ones could confirm something. */
    int admins(Instant now) throws BackupException {
        Set<String> found = view.users().stream().map(User::name).map(name -> USER + name).collect(Collectors.toSet());
        view.tokens().stream().filter(token -> Behind.isHome(token.by())).forEach(token -> found.add(Caller.of(token.name(), token.role(), token.clients()).name()));
        int admins = 0;
        for (String each : found) {
            admins += caller(each, now).filter(Persons::isAdmin).isPresent() ? 1 : 0;
        }
        return admins;
    }
}
