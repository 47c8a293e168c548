package org.azekura.server.enrol;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.HostCertificate;
import org.azekura.api.identity.CertificateAuthority;
import org.azekura.api.identity.Identity;

/**
 * Certificates as this server makes them: with a life of one length, by this server's clock and by the likely time. Hosts look at them by clocks of
 * their own, and are the better for it where this server's waits to be confirmed.
 */
record Certificates(CertificateAuthority ca, Duration life, InstantSource clock, InstantSource likely) {

    /** So many may be made for one name within a ninth of their life. */
    static final int MAX_ISSUED = 16;
    private static final int PART = 9;

    X509Certificate authority() {
        return ca.certificate();
    }

    Instant now() {
        return clock.instant();
    }

    /** @throws BackupException {@code identity.key} */
    X509Certificate issue(PublicKey key, Set<String> names) throws BackupException {
        Instant end = ca.certificate().getNotAfter().toInstant();
        Instant now = now();
        Instant other = likely.instant();
        Instant until = (now.isAfter(other) ? now : other).plus(life);
        return ca.issue(key, names, now.isBefore(other) ? now : other, until.isBefore(end) ? until : end);
    }

    /** Whether it is good and need not be renewed yet. */
    boolean isFresh(X509Certificate certificate) {
        Instant other = likely.instant();
        return now().isBefore(Identity.due(certificate)) && !now().isBefore(certificate.getNotBefore().toInstant())
                && other.isBefore(certificate.getNotAfter().toInstant()) && !other.isBefore(certificate.getNotBefore().toInstant());
    }

    /**
     * Keeps one that was made, and forgets those that have ended.
     *
     * @param peer for whom it was made
     * @throws BackupException {@code identity.many}
     */
    void keep(CatalogEdit edit, X509Certificate made, String peer) throws BackupException {
        Instant now = now();
        int issued = 0;
        for (HostCertificate each : edit.certificates()) {
            if (each.names().contains(peer) && each.since().plus(life.dividedBy(PART)).isAfter(now)) {
                issued++;
            }
            if (!each.until().plus(life).isAfter(now)) {
                edit.deleteCertificate(each.serial());
            }
        }
        if (issued >= MAX_ISSUED) {
            throw BackupException.operator("identity.many", peer, peer + " got " + issued + " certificates within " + life.dividedBy(PART).toHours()
                    + " hours, which is as many as it gets; look what it does with them");
        }
        edit.putCertificate(row(made));
    }

    private static HostCertificate row(X509Certificate certificate) {
        return new HostCertificate(Identity.serial(certificate), List.copyOf(new TreeSet<>(Identity.names(certificate))),
                certificate.getNotBefore().toInstant(), certificate.getNotAfter().toInstant(), null, null);
    }
}
