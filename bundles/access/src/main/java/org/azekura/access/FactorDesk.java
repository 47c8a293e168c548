package org.azekura.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.UserName;
import org.azekura.api.access.SecondFactors;
import org.azekura.api.access.Sessions.Login;
import org.azekura.api.catalog.User;

/** Second factors in the catalog. */
final class FactorDesk implements SecondFactors {

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int MOST_BEGUN = 1000;

    private final TakenCodes codes;
    private final InstantSource machine;
    private final Secrets secrets;
    private final HomeKey key;
    private final SessionDesk sessions;
    private final String appliance;
    private final Map<UserName, Pending> begun = new HashMap<>();

    /** @param machine the clock that telephones go by, too */
    FactorDesk(TakenCodes codes, InstantSource machine, Secrets secrets, HomeKey key, SessionDesk sessions, String appliance) {
        this.codes = codes;
        this.machine = machine;
        this.secrets = secrets;
        this.key = key;
        this.sessions = sessions;
        this.appliance = appliance;
    }

    private record Pending(byte[] secret, Instant until) {}

    @Override
    public Start begin(Login login, String from) throws BackupException {
        return switch (sessions.proveAgain(login, from)) {
            case SessionDesk.Proof.Not(var why) -> new Start.Not(why);
            case SessionDesk.Proof.Of(User user) -> {
                byte[] secret = new byte[Codes.SECRET];
                secrets.random().nextBytes(secret);
                remember(user.name(), secret);
                yield new Start.Begun(Codes.text(secret), Codes.uri(secret, user.name().value(), appliance));
            }
        };
    }

    private synchronized void remember(UserName user, byte[] secret) {
        Instant now = machine.instant();
        begun.values().removeIf(pending -> pending.until.isBefore(now));
        if (begun.size() < MOST_BEGUN || begun.containsKey(user)) {
            begun.put(user, new Pending(secret, now.plus(PATIENCE)));
        }
    }

    private synchronized byte[] pending(UserName user) throws BackupException {
        Pending pending = begun.get(user);
        if (pending == null || pending.until.isBefore(machine.instant())) {
            throw BackupException.operator("factor.invalid", user.value(), "no second factor was begun with within ten minutes; begin again");
        }
        return pending.secret;
    }

    @Override
    public Confirmed confirm(UserName name, String code, String from) throws BackupException {
        byte[] secret = pending(name);
        OptionalLong step = Codes.step(secret, code, machine.instant(), 0);
        if (step.isEmpty()) {
            throw BackupException.operator("factor.invalid", name.value(), "the code is not of this secret and time; is the clock of the device right, and the appliance's?");
        }
        RecoveryCodes recovery = RecoveryCodes.make(secrets, key, name);
        User changed = codes.change(name, factor -> factor.with(key.seal(secret, name.value()), step.getAsLong(), recovery.hashes()));
        synchronized (this) {
            begun.remove(name);
        }
        sessions.endOf(name);
        return new Confirmed(recovery.codes(), sessions.opened(changed, from));
    }

    @Override
    public void remove(UserName name) throws BackupException {
        codes.change(name, factor -> factor.with(null, factor.step(), Set.of()));
        sessions.endOf(name);
    }
}
