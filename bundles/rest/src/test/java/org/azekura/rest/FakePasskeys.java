package org.azekura.rest;

import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.UserName;
import org.azekura.api.access.Entry;
import org.azekura.api.access.Passkeys;
import org.azekura.api.access.Session;
import org.azekura.api.access.Sessions;
import org.azekura.api.access.Sessions.Login;
import org.azekura.api.catalog.Passkey;

/** One passkey of Ann's with the credential 1, which signs everything by 7. */
final class FakePasskeys implements Passkeys {

    static final Passkey LAPTOP = new Passkey("00ff", new UserName("ann"), "laptop", "vault", new byte[] {1}, new byte[] {2}, 3, true, FakeAccess.TIME, null);

    private final Sessions sessions;
    /** What each was asked for, in words. */
    private final List<String> asked;
    final List<Passkey> all = new ArrayList<>(List.of(LAPTOP));

    FakePasskeys(Sessions sessions, List<String> asked) {
        this.sessions = sessions;
        this.asked = asked;
    }

    @Override
    public boolean workAt(Site site) {
        return !site.host().equals("127.0.0.1");
    }

    @Override
    public List<Passkey> list(UserName user) {
        return all;
    }

    @Override
    public Start<Wish> wish(Session session, Login again, Site site) {
        return again != null && !again.password().equals(FakeAccess.PASSWORD) ? new Start.Not<>(new Entry.Refused())
                : new Start.Begun<>(new Wish(new byte[] {9}, "vault", new UserName("ann"), new byte[] {8}, List.of(new byte[] {1}), List.of(-7L)));
    }

    @Override
    public Made make(Session session, String name, Creation creation) {
        asked.add("passkey " + name + " " + creation.clientData().length + " " + creation.attestation().length);
        return new Made(LAPTOP, List.of("aaaaa-bbbbb"));
    }

    @Override
    public Question question(Site site, String from) {
        return new Question("begun", new byte[] {9}, "vault", List.of());
    }

    @Override
    public Start<Question> question(Login login, Site site, String from) {
        return login.password().equals(FakeAccess.PASSWORD) ? new Start.Begun<>(new Question("begun", new byte[] {9}, "vault", List.of(new byte[] {1})))
                : new Start.Not<>(new Entry.Refused());
    }

    @Override
    public Entry open(String secret, Signature signature, String from) throws BackupException {
        return !"begun".equals(secret) ? new Entry.Refused("passkey.challenge") : signature.signature()[0] != 7 ? new Entry.Refused("passkey.signature")
                : sessions.open(new Login("ann", FakeAccess.PASSWORD, null), from);
    }

    @Override
    public Start<Passkey> remove(Session session, Login again, String id) throws BackupException {
        return new Start.Begun<>(remove(new UserName("ann"), id));
    }

    @Override
    public Passkey remove(UserName user, String id) throws BackupException {
        if (!id.equals(LAPTOP.id())) {
            throw BackupException.operator("passkey.unknown", id, "ann has no passkey " + id);
        }
        asked.add("remove passkey " + id + " of " + user);
        return LAPTOP;
    }
}
