package org.azekura.catalog.sqlite;

import java.nio.file.Path;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.catalog.sql.SqlStore;
import org.azekura.catalog.sql.export.Intake;
import org.azekura.catalog.sql.export.LateStore;
import org.azekura.catalog.sql.export.Moving;
import org.azekura.catalog.sql.export.Seat;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;

/** The catalog in the appliance's home, where nobody has chosen another store: the launcher configures one of them. */
@Component(name = "org.azekura.catalog.sqlite", service = CatalogStore.class, configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class SqliteCatalog extends LateStore {

    private final String home;

    @Activate
    public SqliteCatalog(BundleContext context) {
        this(context.getProperty("azekura.home"));
    }

    /** @param home the appliance's folder, null if nobody has said */
    SqliteCatalog(String home) {
        super("SQLite in " + home);
        this.home = home;
    }

    @Override
    @Deactivate
    protected void close() {
        super.close();
    }

    /** On a copy; once this store has the catalog open it reads that. */
    @Override
    public <T> T rehearse(Query<T> query) throws BackupException {
        CatalogStore opened = opened();
        return opened != null ? opened.read(query) : new Rehearsal(file(), Schema.scripts()).run(query);
    }

    private Path file() throws BackupException {
        if (home == null) {
            throw BackupException.operator("setting.home", "azekura.home",
                    "the framework property azekura.home is not set; start by the launcher");
        }
        return Path.of(home, "catalog", "azekura.db");
    }

    @Override
    protected Moving moving() throws BackupException {
        return new Moving(new Intake(file().getParent()), new SqliteParticulars(), 1, Schema.scripts().size());
    }

    @Override
    protected SqlStore opening() throws BackupException {
        Path file = file();
        new Rehearsal(file, Schema.scripts()).clear();
        new SqliteIntake(file, moving()).runIfDue();
        return seated(SqliteStore.open(file), new Seat(file.getParent(), "sqlite"));
    }
}
