package org.azekura.client.job;

import org.azekura.api.BackupException;
import org.azekura.api.transport.Transport;

/** The transports that are there just now. */
@FunctionalInterface
public interface Transports {

    /** @throws BackupException {@code transport.missing}, naming the scheme */
    Transport find(String scheme) throws BackupException;
}
