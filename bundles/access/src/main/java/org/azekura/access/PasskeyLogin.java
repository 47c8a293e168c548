package org.azekura.access;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.azekura.access.passkey.Ceremony;
import org.azekura.access.passkey.Expected;
import org.azekura.access.passkey.Untrue;
import org.azekura.api.BackupException;
import org.azekura.api.UserName;
import org.azekura.api.access.Entry;
import org.azekura.api.access.Passkeys.Question;
import org.azekura.api.access.Passkeys.Signature;
import org.azekura.api.access.Passkeys.Site;
import org.azekura.api.access.Passkeys.Start;
import org.azekura.api.access.Sessions.Login;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Passkey;
import org.azekura.api.catalog.User;

/** Lets people in by passkeys. @param handles what devices know users by */
record PasskeyLogin(CatalogStore catalog, InstantSource clock, Secrets secrets, SessionDesk sessions, PasskeyHost hosts, Function<UserName, byte[]> handles,
        Supplier<Ceremony> ceremony, Pending<Asked> questions) {

    /** @param user who has shown his password already; null: nobody has */
    record Asked(Expected expected, UserName user) {}

    Question question(Site site, String from) throws BackupException {
        return ask(site, null, from, List.of());
    }

    Start<Question> question(Login login, Site site, String from) throws BackupException {
        String host = hosts.require(site);
        return switch (sessions.prove(login, from)) {
            case SessionDesk.Proof.Not(Entry why) -> new Start.Not<>(why);
            case SessionDesk.Proof.Of(User user) -> {
                sessions.noGuess(login.name(), from);
                List<byte[]> his = catalog.read(view -> view.passkeys(user.name())).stream().filter(one -> one.host().equals(host)).map(Passkey::credential).toList();
                if (his.isEmpty()) {
                    throw BackupException.operator("passkey.unknown", user.name().value(), user.name() + " has no passkey for " + host);
                }
                yield new Start.Begun<>(ask(site, user.name(), from, his));
            }
        };
    }

    private Question ask(Site site, UserName user, String from, List<byte[]> his) throws BackupException {
        Question question = new Question(secrets.word(), secrets.bytes(), hosts.require(site), his);
        // beside a password a touch is enough
        questions.begin(question.secret(), new Asked(new Expected(question.challenge(), site.origin(), question.host(), user == null), user), from);
        return question;
    }

    Entry open(String secret, Signature signature, String from) throws BackupException {
        Optional<Asked> asked = questions.take(secret);
        Optional<Passkey> found = catalog.read(view -> view.passkey(signature.credential()));
        Duration wait = sessions.pass(found.map(one -> one.user().value()).orElse(null), from);
        if (!wait.isZero()) {
            return new Entry.TooOften(wait);
        }
        if (asked.isEmpty()) {
            return new Entry.Refused("passkey.challenge");
        }
        if (found.isEmpty() || !isOf(found.get().user(), asked.get().user, signature)) {
            return new Entry.Refused("passkey.unknown");
        }
        return signed(found.get(), signature, asked.get().expected, from);
    }

    private boolean isOf(UserName owner, UserName proven, Signature signature) {
        return (proven == null || owner.equals(proven)) && (signature.user() == null || Arrays.equals(signature.user(), handles.apply(owner)));
    }

    private Entry signed(Passkey passkey, Signature signature, Expected expected, String from) throws BackupException {
        long count;
        try {
            count = ceremony.get().signed(signature, passkey, expected);
        } catch (Untrue e) {
            return new Entry.Refused(e.code());
        }
        User user = catalog.write(edit -> {
            // two answers to one count: one of them is of a copy
            Optional<Passkey> now = edit.passkey(passkey.credential()).filter(one -> one.counter() == passkey.counter() && one.user().equals(passkey.user()));
            if (now.isEmpty()) {
                return null;
            }
            edit.putPasskey(now.get().used(count, clock.instant()));
            return UserDesk.require(edit, passkey.user());
        });
        if (user == null || user.disabled()) {
            return new Entry.Refused(user == null ? "passkey.counter" : "user.disabled");
        }
        sessions.welcome(user.name().value(), from);
        return sessions.opened(user, from);
    }
}
