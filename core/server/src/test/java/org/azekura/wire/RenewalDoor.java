package org.azekura.wire;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import org.azekura.api.BackupException;

/** A host's renewal, at the moment that a test wants. */
public final class RenewalDoor {

    private RenewalDoor() {}

    public static X509Certificate renewIfDue(Path home, InstantSource clock, Conversation server, String self) throws BackupException {
        return new Renewal(home).renewIfDue(server, self, clock.instant());
    }
}
