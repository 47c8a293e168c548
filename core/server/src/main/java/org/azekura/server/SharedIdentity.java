package org.azekura.server;

import java.util.Base64;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.identity.CertificateAuthority;
import org.azekura.api.identity.Identity;
import org.azekura.engine.volume.SigningKey;

/**
 * By what hosts and media know the server. Whoever leads keeps in the catalog what it has, and another server that would stand by has the same: else hosts
 * would refuse it when it takes over, and what it writes.
 */
record SharedIdentity(CertificateAuthority ca, SigningKey signer) {

    private static final String SETTING = "server.identity";

    private String words() throws BackupException {
        return Identity.fingerprint(ca.certificate()) + " " + Base64.getEncoder().encodeToString(signer.publicKey());
    }

    void keep(CatalogStore catalog) throws BackupException {
        String now = words();
        if (!catalog.read(view -> view.setting(SETTING)).filter(now::equals).isPresent()) {
            catalog.write(edit -> {
                edit.putSetting(SETTING, now);
                return null;
            });
        }
    }

    /** @throws BackupException {@code server.foreign} */
    void requireSame(CatalogStore catalog) throws BackupException {
        String known = catalog.read(view -> view.setting(SETTING)).orElse(null);
        if (known != null && !known.equals(words())) {
            throw BackupException.operator("server.foreign", "", "another server leads on this catalog, and this home has other keys than that one, so that it can't take its place: bring"
                    + " them over with \"azekura server twin\", or choose another database in etc/catalog.json");
        }
    }
}
