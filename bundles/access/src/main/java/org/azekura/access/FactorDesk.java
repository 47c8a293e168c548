package org.azekura.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.UserName;
import org.azekura.api.access.SecondFactors;
import org.azekura.api.access.Sessions.Login;
import org.azekura.api.catalog.User;

/** Second factors in the catalog. */
final class FactorDesk implements SecondFactors {

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int MOST_BEGUN = 1000;
    /** Of a million codes, three of which are right at a time. */
    private static final int TRIES = 5;
    private static final int RECOVERY_CODES = 10;

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

    /** @param session that began it @param tries that are left */
    private record Pending(byte[] secret, String session, Instant until, int tries) {

        Pending tried() {
            return new Pending(secret, session, until, tries - 1);
        }
    }

    @Override
    public Start begin(Login login, String from, String session) throws BackupException {
        return switch (sessions.proveWhole(login, from)) {
            case SessionDesk.Proof.Not(var why) -> new Start.Not(why);
            case SessionDesk.Proof.Of(User user) -> {
                byte[] secret = new byte[Codes.SECRET];
                secrets.random().nextBytes(secret);
                remember(user.name(), secret, session);
                yield new Start.Begun(Codes.text(secret), Codes.uri(secret, user.name().value(), appliance));
            }
        };
    }

    private synchronized void remember(UserName user, byte[] secret, String session) {
        Instant now = machine.instant();
        begun.values().removeIf(pending -> pending.until.isBefore(now));
        if (begun.size() < MOST_BEGUN || begun.containsKey(user)) {
            begun.put(user, new Pending(secret, session, now.plus(PATIENCE), TRIES));
        }
    }

    /** One try is counted. */
    private synchronized byte[] pending(UserName user, String session) throws BackupException {
        Pending pending = begun.get(user);
        if (pending == null || pending.until.isBefore(machine.instant()) || !pending.session.equals(session)) {
            throw BackupException.operator("factor.invalid", user.value(), "no second factor was begun with in this session within ten minutes; begin again");
        }
        if (pending.tries == 0) {
            throw BackupException.operator("factor.invalid", user.value(), "that was tried " + TRIES + " times; begin again");
        }
        begun.put(user, pending.tried());
        return pending.secret;
    }

    @Override
    public Confirmed confirm(UserName name, String code, String from, String session) throws BackupException {
        byte[] secret = pending(name, session);
        OptionalLong step = Codes.step(secret, code, machine.instant(), 0);
        if (step.isEmpty()) {
            throw BackupException.operator("factor.invalid", name.value(), "the code is not of this secret and time; is the clock of the device right, and the appliance's?");
        }
        List<String> recovery = new ArrayList<>();
        for (int i = 0; i < RECOVERY_CODES; i++) {
            recovery.add(secrets.password().substring(0, 11));
        }
        Set<String> hashes = recovery.stream().map(each -> key.hash(each, name.value())).collect(Collectors.toSet());
        User changed = codes.change(name, factor -> factor.with(key.seal(secret, name.value()), step.getAsLong(), hashes));
        synchronized (this) {
            begun.remove(name);
        }
        sessions.endOf(name);
        return new Confirmed(recovery, sessions.opened(changed, from));
    }

    @Override
    public void remove(UserName name) throws BackupException {
        codes.change(name, factor -> factor.with(null, factor.step(), Set.of()));
        sessions.endOf(name);
    }
}
