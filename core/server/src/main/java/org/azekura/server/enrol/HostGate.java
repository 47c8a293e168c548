package org.azekura.server.enrol;

import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Comparator;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.HostCertificate;
import org.azekura.api.catalog.HostContact;
import org.azekura.api.identity.HostKeys;
import org.azekura.api.identity.Identity;
import org.azekura.api.identity.RenewalText;
import org.azekura.api.message.Answer;
import org.azekura.api.message.HostReport;
import org.azekura.server.host.Reception;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where hosts that have joined come in and go, and have their certificates renewed. */
final class HostGate implements Reception.Admission {

    private static final Logger log = LoggerFactory.getLogger(HostGate.class);

    private final CatalogStore catalog;
    private final Certificates certificates;
    private final Distrust distrust;
    private volatile boolean closed;

    HostGate(CatalogStore catalog, Certificates certificates, Distrust distrust) {
        this.catalog = catalog;
        this.certificates = certificates;
        this.distrust = distrust;
    }

    static BackupException revoked(String peer) {
        return BackupException.operator("host.revoked", peer, peer + " was revoked; it can be enrolled anew: azekura client enrol --name "
                + peer.substring(peer.indexOf('/') + 1));
    }

    @Override
    public void admit(String peer) throws BackupException {
        switch (catalog.read(view -> Standing.of(view, peer, certificates.now()))) {
            case VALID -> {}
            case REVOKED -> throw revoked(peer);
            case EXPIRED -> throw BackupException.operator("host.expired", peer, "the certificate of " + peer + " has ended; revoke and enrol it anew");
            case UNKNOWN -> throw BackupException.operator("host.unknown", peer, peer + " shows a certificate of this appliance's authority, and was never"
                    + " enrolled as far as the catalog knows; enrol it: azekura client enrol --name " + peer.substring(peer.indexOf('/') + 1));
        }
    }

    @Override
    public void seen(String peer, String version) throws BackupException {
        Instant now = certificates.now();
        catalog.write(edit -> {
            edit.putContact(new HostContact(peer, now));
            HostVersion.keep(edit, peer, version);
            return null;
        });
    }

    @Override
    public void left(String peer) {
        if (closed) {
            return;
        }
        try {
            Instant now = certificates.now();
            catalog.write(edit -> {
                edit.putContact(new HostContact(peer, now));
                return null;
            });
            distrust.retire();
        } catch (BackupException e) {
            log.warn("{}: that it left can't be kept: {}", peer, e.getMessage());
        }
    }

    @Override
    public Answer report(String peer, HostReport.OfCertificate report) throws BackupException {
        admit(peer);
        return switch (report) {
            case HostReport.Renew renew -> new Answer.Certificate(renew(peer, renew));
            case HostReport.Renewed renewed -> {
                catalog.write(edit -> Revocation.replace(edit, peer, renewed.serial(), certificates.now()));
                yield new Answer.Done();
            }
        };
    }

    private byte[] renew(String peer, HostReport.Renew renew) throws BackupException {
        PublicKey key = HostKeys.decode(renew.publicKey());
        if (!HostKeys.verifies(key, RenewalText.of(peer, renew.publicKey()), renew.possession())) {
            throw BackupException.operator("identity.possession", peer, peer + " does not have the private key that belongs to its new public one");
        }
        HostCertificate last = catalog.read(view -> Standing.named(view, peer)).stream().filter(each -> Standing.isGood(each, certificates.now()))
                .max(Comparator.comparing(HostCertificate::since)).orElseThrow(() -> revoked(peer));
        X509Certificate made = certificates.issue(key, Set.copyOf(last.names()));
        catalog.write(edit -> {
            certificates.keep(edit, made, peer);
            return null;
        });
        log.info("{} gets the certificate {} until {}", last.names(), Identity.serial(made), made.getNotAfter().toInstant());
        try {
            return made.getEncoded();
        } catch (CertificateEncodingException e) {
            throw BackupException.bug("certificate", e);
        }
    }

    /** The server goes: what its going cuts says nothing about hosts. */
    void close() {
        closed = true;
    }
}
