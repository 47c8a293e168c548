package org.azekura.rest;

import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.server.Catalog;
import org.azekura.rest.call.Route;

/** What a server answers that stands by: what the catalog alone tells. */
record StandBy(Catalog catalog) {

    /** Hosts tell this, and they are connected with who leads. */
    private static final Set<String> OF_HOSTS = Set.of("devices", "libraries", "drivers", "alerts", "events", "downloads", "network");

    /** @throws BackupException {@code server.standby} if another server is to be asked, which it names */
    void require(Route route) throws BackupException {
        if (!route.method().equals("GET") || OF_HOSTS.contains(route.pattern().split("/")[0])) {
            catalog.requireLead();
        }
    }
}
