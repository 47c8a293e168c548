package org.azekura.catalog.postgresql;

import java.nio.file.Path;
import java.time.Duration;
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
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The catalog in a database of a PostgreSQL server, where it is configured. New settings have it opened anew. */
@Component(name = "org.azekura.catalog.postgresql", service = CatalogStore.class, configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = PostgresCatalog.Settings.class)
public final class PostgresCatalog extends LateStore {

    /** A call that waits for a store that is changed waits as long. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String FOLDER = "catalog";

    private final Settings settings;
    private final Patience patience = new Patience(PATIENCE);
    private final Path home;

    @ObjectClassDefinition(name = "Catalog on PostgreSQL", description = "Keeps the catalog in a database of a PostgreSQL server, of version 15 or later, made for it alone.")
    public @interface Settings {

        @AttributeDefinition(name = "Host", description = "The server's name or address, like db.example.net; of several that stand for each other, with commas between.")
        String host() default "localhost";

        @AttributeDefinition(name = "Port", description = "The server's port, of all hosts.", min = "1", max = "65535")
        int port() default 5432;

        @AttributeDefinition(name = "Database", description = "Its name. It must exist, with the encoding UTF8, and belong to the user.")
        String database() default "azekura";

        @AttributeDefinition(name = "User", description = "Who logs in there.")
        String user() default "azekura";

        @AttributeDefinition(name = "File of the password", description = "Its only line is the user's password. Nobody but the appliance may read it. A relative path begins at the home.")
        String passwordFile() default "etc/catalog.password";

        @AttributeDefinition(name = "Certificates", description = "Absolute path of a PEM file with the certificates that vouch for the server, like /etc/ssl/db-ca.pem."
                + " Empty for the public ones. A server on this very machine need not show any.")
        String rootCertificate() default "";
    }

    @Activate
    public PostgresCatalog(BundleContext context, Settings settings) {
        this(Path.of(context.getProperty("azekura.home")), settings);
    }

    PostgresCatalog(Path home, Settings settings) {
        super("PostgreSQL at " + settings.host() + ":" + settings.port() + "/" + settings.database());
        this.home = home;
        this.settings = settings;
    }

    @Override
    @Deactivate
    protected void close() {
        patience.end();
        super.close();
    }

    @Override
    protected Moving moving() {
        return PostgresStore.moving(new Intake(home.resolve(FOLDER)));
    }

    /** Within a transaction that is taken back: the scripts of a new version are tried, and none is there then. */
    @Override
    public <T> T rehearse(Query<T> query) throws BackupException {
        CatalogStore opened = opened();
        return opened != null ? opened.read(query) : PostgresStore.rehearse(database(), query);
    }

    private PostgresDatabase database() throws BackupException {
        return new PostgresDatabase(Address.of(settings, home), patience);
    }

    @Override
    protected SqlStore opening() throws BackupException {
        return seated(PostgresStore.open(database(), moving()), new Seat(home.resolve(FOLDER), "postgresql"));
    }
}
