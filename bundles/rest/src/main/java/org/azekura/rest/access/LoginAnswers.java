package org.azekura.rest.access;

import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.access.AuditLog;
import org.azekura.api.access.Caller;
import org.azekura.api.access.Entry;
import org.azekura.api.access.Users;
import org.azekura.rest.call.Call;
import org.azekura.rest.call.Door;
import org.azekura.rest.call.Refusal;
import org.azekura.rest.call.Reply;

/** What who wants to be let in is told, and what is written down about it: why not is in the audit log, and only there. */
public final class LoginAnswers {

    private static final String KEPT = Door.SESSION_COOKIE + "=%s; Path=/; Secure; HttpOnly; SameSite=Strict";

    private final Users users;
    private final AuditLog log;

    public LoginAnswers(Users users, AuditLog log) {
        this.users = users;
        this.log = log;
    }

    /** @param name that he gave; empty: none */
    Reply answer(Call call, Entry entry, String name) throws BackupException, Refusal {
        return switch (entry) {
            case Entry.Opened opened -> opened(201, opened, call);
            case Entry.Refused(String why) -> {
                note(call, AccessDoor.NOBODY, known(name), why);
                throw refusal(entry);
            }
            case Entry.FactorMissing _, Entry.TooOften _ -> throw refusal(entry);
        };
    }

    Reply opened(int status, Entry.Opened opened, Call call) throws BackupException {
        note(call, opened.session().caller(), opened.session().id(), "done");
        return new Reply.Json(status, SessionView.of(opened.session()), kept(opened));
    }

    /** Has a browser show this session from here on. */
    static Map<String, String> kept(Entry.Opened opened) {
        return Map.of("Set-Cookie", KEPT.formatted(opened.secret()));
    }

    static Refusal refusal(Entry entry) {
        return switch (entry) {
            case Entry.Opened _ -> throw new IllegalStateException("it is open");
            case Entry.Refused _ -> Refusal.notBelieved();
            case Entry.FactorMissing _ -> Refusal.factorMissing();
            case Entry.TooOften(var pause) -> Refusal.tooOften(pause);
        };
    }

    private void note(Call call, Caller who, String object, String outcome) throws BackupException {
        log.add(new AuditLog.Act(who.name(), call.entry().from(), "POST " + SessionRoutes.PATH, object, outcome));
    }

    /** People type passwords where their name belongs: what is no name of anybody is not written down. */
    private String known(String name) throws BackupException {
        return users.list().stream().map(user -> user.name().value()).filter(name::equals).findFirst().orElse("");
    }
}
