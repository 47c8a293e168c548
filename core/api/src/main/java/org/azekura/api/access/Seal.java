package org.azekura.api.access;

import org.azekura.api.BackupException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Seals secrets that the catalog has to give back, by a key that lies in the home and not in the catalog. Who has the catalog alone has none of them. Safe
 * for any number of threads.
 */
@ProviderType
public interface Seal {

    /** @param of whose it is, like {@code notify/ops}: it is opened for nobody else */
    String seal(byte[] secret, String of);

    /** @throws BackupException {@code secret.damaged}: by another key, of somebody else, or damaged */
    byte[] open(String sealed, String of) throws BackupException;
}
