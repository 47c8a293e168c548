package org.azekura.server.catalog;

import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.CatalogServer;
import org.azekura.api.catalog.Offers;

/** The servers that share this one's catalog. Safe for any number of threads. */
public interface Servers {

    /** Who leads first; none as long as the catalog was not opened. */
    List<CatalogServer> servers();

    /** @see org.azekura.api.catalog.Candidacy#forget */
    void forget(String server) throws BackupException;

    /** What they offer each other; empty where nobody else can have the catalog. */
    default Optional<Offers> offers() {
        return Optional.empty();
    }
}
