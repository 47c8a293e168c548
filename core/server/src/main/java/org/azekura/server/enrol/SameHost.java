package org.azekura.server.enrol;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.HostCertificate;

/** Which names are one host's: those that stand in one certificate, and so on. */
public final class SameHost {

    private SameHost() {}

    /** @param peer like {@code client/web1} */
    public static Set<String> names(CatalogView view, String peer) throws BackupException {
        return names(view.certificates(), peer);
    }

    static Set<String> names(List<HostCertificate> certificates, String peer) {
        Set<String> names = new TreeSet<>(Set.of(peer));
        for (int before = 0; before < names.size();) {
            before = names.size();
            certificates.stream().filter(each -> each.names().stream().anyMatch(names::contains)).forEach(each -> names.addAll(each.names()));
        }
        return names;
    }
}
