package org.azekura.server.pool;

import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.Pool;
import org.azekura.api.device.Element;
import org.azekura.server.host.ConnectedNode;

/** What lies in a pool's library, as its node says. */
final class LibraryInventory {

    private LibraryInventory() {}

    static Optional<List<Element>> of(Pool pool, ConnectedNode node) throws BackupException {
        return Optional.empty();
    }
}
