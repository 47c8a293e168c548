package org.azekura.server.enrol;

import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.identity.HostKeys;
import org.azekura.api.identity.Identity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The certificate of this very host, which the server makes for itself and for the other roles of its process. */
final class OwnIdentity {

    private static final Logger log = LoggerFactory.getLogger(OwnIdentity.class);

    private final Path home;
    private final Set<String> names;
    private final Certificates certificates;
    private volatile Instant expires;

    /** @param names that it has, like {@code server/backup1} */
    OwnIdentity(Path home, Set<String> names, Certificates certificates) {
        this.home = home;
        this.names = Set.copyOf(names);
        this.certificates = certificates;
    }

    Set<String> names() {
        return names;
    }

    Instant expires() {
        return expires;
    }

    /**
     * Makes a new key and certificate if there is none that is good for long enough.
     *
     * @throws BackupException {@code identity.file}
     */
    void ensure() throws BackupException {
        X509Certificate known = known();
        if (known != null) {
            expires = known.getNotAfter().toInstant();
            return;
        }
        KeyPair pair = HostKeys.generate();
        X509Certificate made = certificates.issue(pair.getPublic(), names);
        new Identity(pair.getPrivate(), made, certificates.authority(), null).save(home);
        expires = made.getNotAfter().toInstant();
        log.info("this host has a certificate for {} until {}", names, expires);
    }

    /** Null if it has to be made anew: nothing is lost by that, since the server itself vouches for it. */
    private X509Certificate known() {
        try {
            Identity identity = Identity.load(home).orElse(null);
            return identity != null && identity.authority().equals(certificates.authority()) && Identity.names(identity.certificate()).equals(names)
                    && certificates.isFresh(identity.certificate()) ? identity.certificate() : null;
        } catch (BackupException e) {
            log.warn("this host gets a new certificate: {}", e.getMessage());
            return null;
        }
    }
}
