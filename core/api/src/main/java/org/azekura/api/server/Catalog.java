package org.azekura.api.server;

import org.azekura.api.catalog.CatalogStore;
import org.osgi.annotation.versioning.ProviderType;

/** The server's catalog, whichever store keeps it just now: calls wait while another store takes over. Published once the server has opened it. */
@ProviderType
public interface Catalog extends CatalogStore {}
