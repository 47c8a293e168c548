package org.azekura.catalog.sqlite;

import java.nio.file.Path;
import org.azekura.api.catalog.CatalogStore;

/** The real catalog. */
public record CatalogDoor(CatalogStore catalog, Runnable closing) implements AutoCloseable {

    public static CatalogDoor of(Path home) {
        SqliteCatalog catalog = new SqliteCatalog(home.toString());
        return new CatalogDoor(catalog, catalog::close);
    }

    @Override
    public void close() {
        closing.run();
    }
}
