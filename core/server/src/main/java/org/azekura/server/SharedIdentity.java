package org.azekura.server;

import java.util.Base64;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.identity.CertificateAuthority;
import org.azekura.api.identity.Identity;
import org.azekura.engine.volume.SigningKey;
import org.azekura.server.home.OwnerOnly;

/**
 * By what hosts and media know the server. The first that leads keeps in the catalog what it has, and each other server of that catalog has the same: else
 * hosts would refuse it, and what it writes.
 */
record SharedIdentity(CertificateAuthority ca, SigningKey signer) {

    /** What takes a catalog in from a file leaves it out: whose it was says nothing about the home that has it then. */
    private static final String SETTING = "server.identity";

    /** Of a home; makes what is not there yet. */
    static SharedIdentity of(Home home, CertificateAuthority ca) throws BackupException {
        OwnerOnly.directory(home.signingKey().getParent());
        return new SharedIdentity(ca, SigningKey.loadOrCreate(home.signingKey()));
    }

    private String words() throws BackupException {
        return Identity.fingerprint(ca.certificate()) + " " + Base64.getEncoder().encodeToString(signer.publicKey());
    }

    /** @throws BackupException {@code server.foreign}; nothing was changed */
    void keep(CatalogStore catalog) throws BackupException {
        String now = words();
        catalog.write(edit -> {
            if (known(edit).isEmpty()) {
                edit.putSetting(SETTING, now);
            }
            return null;
        });
        requireSame(catalog);
    }

    /** Makes the catalog this home's. */
    void adopt(CatalogStore catalog) throws BackupException {
        String now = words();
        catalog.write(edit -> {
            edit.putSetting(SETTING, now);
            return null;
        });
    }

    /** @throws BackupException {@code server.foreign} */
    void requireSame(CatalogStore catalog) throws BackupException {
        Optional<String> known = catalog.read(SharedIdentity::known);
        if (known.isPresent() && !known.get().equals(words())) {
            throw BackupException.operator("server.foreign", "", "the catalog at " + catalog.place() + " is that of a server with other keys than this home has: hosts and media would not know"
                    + " this one for it. Bring the keys over with \"azekura server twin\", or choose another database in etc/catalog.json; if the home that had them is lost for good, say once"
                    + " \"azekura up --adopt-catalog\": hosts join anew then");
        }
    }

    private static Optional<String> known(CatalogView view) throws BackupException {
        return view.setting(SETTING);
    }
}
