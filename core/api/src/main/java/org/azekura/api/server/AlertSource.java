package org.azekura.api.server;

import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.Alert;
import org.osgi.annotation.versioning.ConsumerType;

/** Knows of things that need a look. Published as a service by whoever does; asked every twenty seconds, and for each status. */
@ConsumerType
public interface AlertSource {

    /**
     * All that there are now, without {@link Alert#since}; the same code and subject once only. Returns quickly.
     *
     * @throws BackupException nobody can say: what was there before is taken to be there still
     */
    List<Alert> alerts() throws BackupException;
}
