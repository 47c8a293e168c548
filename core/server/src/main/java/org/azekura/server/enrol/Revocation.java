package org.azekura.server.enrol;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.HostCertificate;

/** How certificates end before their time; within one transaction of the catalog. */
final class Revocation {

    private Revocation() {}

    /**
     * Revokes all certificates of a host: whoever holds one may hold them all.
     *
     * @return all names in them
     * @throws BackupException {@code host.unknown}
     */
    static Set<String> of(CatalogEdit edit, String peer, Instant now) throws BackupException {
        if (Standing.of(edit, peer, now) == Standing.UNKNOWN) {
            throw BackupException.operator("host.unknown", peer, "no " + peer.replace('/', ' ') + " has joined; \"azekura client list\" names them all");
        }
        List<HostCertificate> good = edit.certificates().stream().filter(each -> Standing.isGood(each, now)).toList();
        Set<String> names = SameHost.names(good, peer);
        for (HostCertificate each : good) {
            if (names.containsAll(each.names())) {
                edit.putCertificate(each.revoked(now));
            }
        }
        return names;
    }

    /**
     * Notes which certificate a host uses: earlier ones with no other names have done their service.
     *
     * @throws BackupException {@code identity.serial} if it has none of that number
     */
    static Void replace(CatalogEdit edit, String peer, String serial, Instant now) throws BackupException {
        List<HostCertificate> all = Standing.named(edit, peer);
        HostCertificate used = all.stream().filter(each -> each.serial().equals(serial) && Standing.isGood(each, now)).findAny()
                .orElseThrow(() -> BackupException.operator("identity.serial", peer, "no certificate of " + peer + " has the number " + serial));
        for (HostCertificate each : edit.certificates()) {
            boolean older = !each.serial().equals(serial) && each.since().compareTo(used.since()) <= 0;
            if (older && each.replaced() == null && Standing.isGood(each, now) && used.names().containsAll(each.names())) {
                edit.putCertificate(each.replaced(now));
            }
        }
        return null;
    }

    /** @return whether there were any */
    static boolean retire(CatalogEdit edit, Predicate<String> connected, Instant now) throws BackupException {
        boolean any = false;
        for (HostCertificate each : edit.certificates()) {
            if (each.replaced() != null && Standing.isGood(each, now) && each.names().stream().noneMatch(connected)) {
                edit.putCertificate(each.revoked(now));
                any = true;
            }
        }
        return any;
    }
}
