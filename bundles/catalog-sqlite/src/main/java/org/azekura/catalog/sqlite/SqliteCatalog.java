package org.azekura.catalog.sqlite;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.catalog.sql.LateStore;
import org.azekura.catalog.sql.SqlStore;
import org.azekura.catalog.sql.export.Intake;
import org.azekura.catalog.sql.export.Moving;
import org.azekura.catalog.sql.export.Seat;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;

/** The catalog in the appliance's home, where nobody has chosen another store: the launcher configures one of them. */
@Component(name = "org.azekura.catalog.sqlite", configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class SqliteCatalog implements CatalogStore {

    private final String home;
    private final LateStore store;

    @Activate
    public SqliteCatalog(BundleContext context) {
        this(context.getProperty("azekura.home"));
    }

    /** @param home the appliance's folder, null if nobody has said */
    SqliteCatalog(String home) {
        this.home = home;
        this.store = new LateStore("SQLite in " + home, this::open);
    }

    @Deactivate
    void close() {
        store.close();
    }

    @Override
    public <T> T read(Query<T> query) throws BackupException {
        return store.read(query);
    }

    @Override
    public <T> T write(Change<T> change) throws BackupException {
        return store.write(change);
    }

    @Override
    public void exportTo(OutputStream out) throws BackupException, IOException {
        moving().write(store.store(), out);
    }

    @Override
    public void admit(Path file, String name) throws BackupException {
        moving().admit(store.store(), file, name);
    }

    @Override
    public String place() {
        return store.place();
    }

    /** On a copy; once this store has the catalog open it reads that. */
    @Override
    public <T> T rehearse(Query<T> query) throws BackupException {
        CatalogStore opened = store.opened();
        return opened != null ? opened.read(query) : new Rehearsal(file(), Schema.scripts()).run(query);
    }

    private Path file() throws BackupException {
        if (home == null) {
            throw BackupException.operator("setting.home", "azekura.home",
                    "the framework property azekura.home is not set; start by the launcher");
        }
        return Path.of(home, "catalog", "azekura.db");
    }

    private Moving moving() throws BackupException {
        return new Moving(new Intake(file().getParent()), new SqliteParticulars(), 1, Schema.scripts().size());
    }

    private SqlStore open() throws BackupException {
        Path file = file();
        new Rehearsal(file, Schema.scripts()).clear();
        new SqliteIntake(file, moving()).runIfDue();
        SqlStore opened = SqliteStore.open(file);
        try {
            new Seat(file.getParent(), "sqlite").take(() -> moving().saved(opened));
            return opened;
        } catch (BackupException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }
}
