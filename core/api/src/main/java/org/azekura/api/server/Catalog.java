package org.azekura.api.server;

import org.azekura.api.BackupException;
import org.azekura.api.catalog.CatalogStore;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The server's catalog, whichever store keeps it just now: calls wait while another store takes over. Published once the server has opened it, and anew when
 * it begins to lead, or to stand by: then what would change something is refused with {@code server.standby}.
 */
@ProviderType
public interface Catalog extends CatalogStore {

    /** Whether this server leads among those that share the catalog; alone it always does. As long as this service is there it does not change. */
    default boolean leads() {
        return true;
    }

    /** @throws BackupException {@code server.standby} if another leads, which it names */
    default void requireLead() throws BackupException {
        // Alone it always does.
    }
}
