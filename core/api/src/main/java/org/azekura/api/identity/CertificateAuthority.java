package org.azekura.api.identity;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Set;
import org.azekura.api.BackupException;
import org.osgi.annotation.versioning.ProviderType;

/** The backup server's own certificate authority. Published as an OSGi service where the role server is. Safe for any number of threads. */
@ProviderType
public interface CertificateAuthority {

    /** The only name in certificates of who signs reports; no host has it. */
    String REPORT = "report/appliance";

    /** Its certificate, the same for the life of the appliance. */
    X509Certificate certificate();

    /**
     * Makes a certificate. Whether its holder may have these names is the caller's to know.
     *
     * @param names what the holder may be, like {@code node/n1}
     * @param until not after the authority's own end
     * @throws BackupException {@code identity.key} if it is not a key that is taken: an elliptic curve of 256 bits or more
     */
    X509Certificate issue(PublicKey key, Set<String> names, Instant until) throws BackupException;

    /**
     * The same with a begin that the caller has a clock of its own for.
     *
     * @param now from when on it is needed: it begins a little earlier, for clocks of hosts may be behind
     */
    X509Certificate issue(PublicKey key, Set<String> names, Instant now, Instant until) throws BackupException;

    /**
     * Signs a report with a key that is made for it alone.
     *
     * @return a detached CMS signature, PEM, with the signer's certificate, whose name is {@link #REPORT}, and that of this authority
     */
    String sign(byte[] report) throws BackupException;
}
