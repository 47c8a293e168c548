package org.azekura.ca;

import java.nio.file.Path;
import java.time.InstantSource;
import org.azekura.api.BackupException;
import org.azekura.api.identity.CertificateAuthority;

/** The real certificate authority, for tests of a whole appliance. */
public final class CaDoor {

    private CaDoor() {}

    public static CertificateAuthority open(Path home, InstantSource clock) throws BackupException {
        return HomeAuthority.open(home, clock);
    }
}
