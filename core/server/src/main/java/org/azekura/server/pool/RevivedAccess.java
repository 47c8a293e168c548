package org.azekura.server.pool;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.access.Former;
import org.azekura.api.access.Requests.Rule;
import org.azekura.api.access.Role;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.Client;
import org.azekura.api.catalog.SecondFactor;
import org.azekura.api.catalog.User;
import org.azekura.api.server.Appliance.Left;
import org.azekura.engine.volume.AccessItem;
import org.azekura.engine.volume.ConfigurationItem;

/**
 * Brings back who was let in, and lets nobody in by it: who makes a medium must not make himself a way in. Users have no password and are kept out until an admin gives them one; of
 * tokens only the names come back, so that none of them is given again.
 */
record RevivedAccess(CatalogEdit edit, List<String> warnings) {

    void put(List<ConfigurationItem> items) throws BackupException {
        for (AccessItem.Account account : RevivedConfiguration.only(items, AccessItem.Account.class)) {
            put(account);
        }
        for (AccessItem.FormerCaller former : RevivedConfiguration.only(items, AccessItem.FormerCaller.class)) {
            if (!new Former(edit).has(former.name())) {
                Former.note(edit, former.name(), Optional.of(former.person()).filter(person -> !person.isEmpty()));
            }
        }
    }

    /** The rule: of all checkpoints, for one that was forged must not weaken it. */
    void keep(List<ConfigurationItem> items) throws BackupException {
        for (AccessItem.PersonsRule rule : RevivedConfiguration.only(items, AccessItem.PersonsRule.class)) {
            put(rule);
        }
    }

    private void put(AccessItem.Account account) throws BackupException {
        User there = edit.user(account.name()).orElse(null);
        if (there != null) {
            if (!there.role().word().equals(account.role()) || !there.clients().equals(Set.copyOf(account.clients()))) {
                warnings.add("there is a user " + account.name() + " here already, who stays as he is; he was " + account.role()
                        + (account.clients().isEmpty() ? "" : " of " + words(account.clients())));
            }
            return;
        }
        Role role = role(account.role());
        Set<ClientName> here = edit.clients().stream().map(Client::name).collect(Collectors.toSet());
        Set<ClientName> clients = account.clients().stream().filter(here::contains).collect(Collectors.toSet());
        // without one of his clients he would have to do with all of them
        if (role == null || clients.isEmpty() && !account.clients().isEmpty()) {
            warnings.add("user " + account.name() + " is not back: " + (role == null ? "nobody knows the role " + account.role() : "of " + words(account.clients()) + " nothing is here"));
            return;
        }
        edit.putUser(new User(account.name(), role, clients, User.NO_PASSWORD, false, true, SecondFactor.NONE.required(account.factor()), account.made(), null));
        if (!account.disabled()) {
            left(new Left(Leftovers.USER, account.name().value(), "user " + account.name() + " (" + account.role() + ") is back without a password and kept out",
                    "azekura user reset " + account.name() + " && azekura user change " + account.name() + " --enable"));
        }
    }

    private static Role role(String word) {
        try {
            return Role.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String words(List<ClientName> clients) {
        return clients.stream().map(ClientName::value).collect(Collectors.joining(", "));
    }

    private void left(Left left) throws BackupException {
        Leftovers.add(edit, left);
        warnings.add(left.what() + ": " + left.command());
    }

    /** A rebuild is no way round it: what asks for more holds. */
    private void put(AccessItem.PersonsRule before) throws BackupException {
        Rule here = Rule.of(edit);
        Rule both = here.stricter(new Rule(before.persons(), Duration.ofSeconds(Math.min(before.delay_s(), Rule.LONGEST.toSeconds()))));
        if (!both.equals(here)) {
            both.put(edit);
            warnings.add("dangerous acts wait " + (both.persons() == 2 ? "for a second admin and " : "") + "for " + both.delay().toHours() + " hours again, as before"
                    + (both.persons() == 2 ? "; until there are two admins only the token of the home gets through" : ""));
        }
    }
}
