package org.azekura.catalog.sqlite;

import java.nio.file.Path;
import org.azekura.api.BackupException;
import org.azekura.api.Failure;
import org.azekura.api.Failure.Kind;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.catalog.sql.SqlStore;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * The catalog in the appliance's home. It is opened by the first call, not at activation: what is wrong with it then meets a
 * caller who can report it.
 */
@Component(name = "org.azekura.catalog.sqlite")
public final class SqliteCatalog implements CatalogStore {

    private final String home;
    private volatile SqlStore store;
    private volatile boolean closed;

    @Activate
    public SqliteCatalog(BundleContext context) {
        this(context.getProperty("azekura.home"));
    }

    /** @param home the appliance's folder, null if nobody has said */
    SqliteCatalog(String home) {
        this.home = home;
    }

    @Deactivate
    void close() {
        closed = true;
        SqlStore opened = store;
        if (opened != null) {
            opened.close();
        }
    }

    @Override
    public <T> T read(Query<T> query) throws BackupException {
        return store().read(query);
    }

    @Override
    public <T> T write(Change<T> change) throws BackupException {
        return store().write(change);
    }

    /** On a copy; once this store has the catalog open it reads that. */
    @Override
    public <T> T rehearse(Query<T> query) throws BackupException {
        SqlStore opened = store;
        return opened != null ? opened.read(query) : new Rehearsal(file(), Schema.scripts()).run(query);
    }

    private SqlStore store() throws BackupException {
        SqlStore opened = store;
        return opened != null ? opened : open();
    }

    private Path file() throws BackupException {
        if (home == null) {
            throw BackupException.operator("setting.home", "azekura.home",
                    "the framework property azekura.home is not set; start by the launcher");
        }
        return Path.of(home, "catalog", "azekura.db");
    }

    private synchronized SqlStore open() throws BackupException {
        Path file = file();
        if (store == null && !closed) {
            new Rehearsal(file, Schema.scripts()).clear();
            store = SqliteStore.open(file);
            if (closed) {
                store.close();
            }
        }
        if (store == null) {
            throw new BackupException(new Failure("catalog.closed", Kind.DEVICE, true, home, "the catalog in " + home + " is closed"));
        }
        return store;
    }
}
