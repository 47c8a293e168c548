package org.azekura.catalog.sqlite;

import java.nio.file.Path;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogStore;

/** The real catalog, for tests of a whole appliance. */
public final class CatalogDoor implements AutoCloseable {

    private final SqliteCatalog catalog;

    public CatalogDoor(Path home) {
        catalog = new SqliteCatalog(home.toString());
    }

    public CatalogStore catalog() {
        return catalog;
    }

    /** A change that answers nothing. */
    @FunctionalInterface
    public interface Step {
        void run(CatalogEdit edit) throws BackupException;
    }

    /** One transaction. */
    public void change(Step step) throws BackupException {
        catalog.write(edit -> {
            step.run(edit);
            return null;
        });
    }

    @Override
    public void close() {
        catalog.close();
    }
}
