package org.azekura.server.enrol;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.HostCertificate;

/** What the certificates of a host say about it now. */
public enum Standing {
    /** It never had one here. */
    UNKNOWN,
    VALID, EXPIRED, REVOKED;

    /** @param peer like {@code client/web1} */
    public static Standing of(CatalogView view, String peer, Instant now) throws BackupException {
        List<HostCertificate> all = named(view, peer);
        if (all.stream().anyMatch(each -> isGood(each, now))) {
            return VALID;
        }
        return all.stream().max(Comparator.comparing(HostCertificate::since)).map(last -> last.revoked() == null ? EXPIRED : REVOKED).orElse(UNKNOWN);
    }

    static List<HostCertificate> named(CatalogView view, String peer) throws BackupException {
        return view.certificates().stream().filter(each -> each.names().contains(peer)).toList();
    }

    static boolean isGood(HostCertificate certificate, Instant now) {
        return certificate.revoked() == null && certificate.until().isAfter(now);
    }
}
