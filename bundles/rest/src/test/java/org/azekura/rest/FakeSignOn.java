package org.azekura.rest;

import java.net.URI;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.UserName;
import org.azekura.api.access.Entry;
import org.azekura.api.access.Passkeys.Site;
import org.azekura.api.access.Sessions;
import org.azekura.api.access.Sessions.Login;
import org.azekura.api.access.SingleSignOn;
import org.azekura.api.catalog.SignOn;

/** A provider that lets in Ann for the code and state "good". */
final class FakeSignOn implements SingleSignOn {

    private final Sessions sessions;
    SignOn kept;

    FakeSignOn(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public Optional<SignOn> show() {
        return Optional.ofNullable(kept);
    }

    @Override
    public SignOn set(SignOn wanted) throws BackupException {
        if (!wanted.issuer().startsWith("https://")) {
            throw BackupException.operator("sso.invalid", wanted.name(), "the issuer is an https address");
        }
        kept = wanted;
        return kept;
    }

    private SignOn require() throws BackupException {
        return show().orElseThrow(() -> BackupException.operator("sso.unknown", "", "no single sign-on is set"));
    }

    @Override
    public SignOn remove() throws BackupException {
        SignOn gone = require();
        kept = null;
        return gone;
    }

    @Override
    public Found test() throws BackupException {
        return new Found(URI.create(require().issuer() + "/auth"), URI.create(require().issuer() + "/token"), 2, true);
    }

    @Override
    public Begun begin(Site site, String from) throws BackupException {
        return new Begun("begun", URI.create(require().issuer() + "/auth?back=" + SingleSignOn.back(site)));
    }

    @Override
    public Entry finish(String secret, Return with, String from) throws BackupException {
        return "begun".equals(secret) && "good".equals(with.code()) && "good".equals(with.state()) ? sessions.open(new Login("ann", FakeAccess.PASSWORD, null), from)
                : new Entry.Refused("sso.state");
    }

    @Override
    public Optional<URI> leave(UserName user, Site site) {
        return show().map(settings -> URI.create(settings.issuer() + "/end"));
    }
}
