package org.azekura.catalog.sqlite;

import java.nio.file.Path;
import org.azekura.api.catalog.CatalogStore;

/** The other store. */
public final class CatalogDoor implements AutoCloseable {

    private final SqliteCatalog catalog;

    public CatalogDoor(Path home) {
        catalog = new SqliteCatalog(home.toString());
    }

    public CatalogStore catalog() {
        return catalog;
    }

    @Override
    public void close() {
        catalog.close();
    }
}
