package org.azekura.api.access;

import java.net.URI;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.UserName;
import org.azekura.api.access.Passkeys.Site;
import org.azekura.api.catalog.SignOn;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Login by a provider that knows who somebody is (OpenID Connect: authorization code with PKCE). Who comes for the first time becomes a user of his own, whatever
 * other users are called; what he may is what the provider says at each login. Safe for any number of threads; calls that ask the provider take seconds at most.
 */
@ProviderType
public interface SingleSignOn {

    /** Empty if there is no provider. Its secret is sealed. */
    Optional<SignOn> show() throws BackupException;

    /**
     * Takes a provider in place of the one before; sessions stay.
     *
     * @param wanted with the secret as it is; null: the one that is kept
     * @throws BackupException {@code sso.invalid}: nothing was changed
     */
    SignOn set(SignOn wanted) throws BackupException;

    /** Users that came by it stay, and can't come any more. @throws BackupException {@code sso.unknown} */
    SignOn remove() throws BackupException;

    /** What the provider says of itself. @param leave whether it can be told that somebody leaves */
    record Found(URI authorize, URI token, int keys, boolean leave) {}

    /** Asks the provider; nobody logs in by that. @throws BackupException {@code sso.unknown}, {@code sso.unreachable}, {@code sso.issuer} */
    Found test() throws BackupException;

    /** Where the provider sends browsers back to; it has to know this address. */
    static URI back(Site site) {
        return URI.create(site.origin() + "/sso");
    }

    /** @param secret by which the browser shows that it is the one that began @param address where it goes on */
    record Begun(String secret, URI address) {}

    /** @throws BackupException {@code sso.unknown}, {@code sso.unreachable} */
    Begun begin(Site site, String from) throws BackupException;

    /**
     * What a browser comes back with; each null if it was not there.
     *
     * @param issuer who the provider says it is (RFC 9207)
     * @param error  why not, in place of a code
     */
    record Return(String code, String state, String issuer, String error) {}

    /** @param secret of the beginning; null, unknown or used: it is refused */
    Entry finish(String secret, Return with, String from) throws BackupException;

    /** Where a browser goes on so that a user who came by the provider leaves it, too. Empty if he did not, or it can't be told. */
    Optional<URI> leave(UserName user, Site site) throws BackupException;
}
