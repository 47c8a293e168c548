package org.azekura.catalog.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.catalog.sql.CatalogFault;
import org.azekura.catalog.sql.CatalogFault.Cause;
import org.azekura.catalog.sql.CatalogFault.Purpose;
import org.azekura.catalog.sql.Ending;
import org.azekura.catalog.sql.Sql;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.ssl.DefaultJavaSSLFactory;

/** Makes connections to the catalog's database. Those to another host are encrypted, and the server shows a certificate for its name. */
final class PostgresDatabase {

    private static final Set<String> THIS_HOST = Set.of("localhost", "127.0.0.1", "::1");
    private static final int CONNECT_TIMEOUT_S = 10;
    /** The longest time without a byte of an answer; longer than a turn is waited for. */
    private static final int SILENCE_TIMEOUT_S = 120;
    /** A machine that is gone holds no lock for longer than some seconds. */
    private static final String SOON_GONE = " -c tcp_keepalives_idle=4 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3 -c tcp_user_timeout=10000";
    private static final String PROGRAM = "azekura";
    private static final int LIFELINE_TIMEOUT_S = 6;
    private static final int TURN_TIMEOUT_S = 60;
    /** Rows that are fetched at a time: a pool's packs do not fit into memory. */
    private static final int ROWS_AT_ONCE = 1000;

    private final Address address;
    private final Patience patience;
    private final CatalogFault fault;

    PostgresDatabase(Address address, Patience patience) {
        this.address = address;
        this.patience = patience;
        this.fault = new CatalogFault(address.place(), Purpose.CATALOG, PostgresFault::cause);
    }

    CatalogFault fault() {
        return fault;
    }

    /** A connection that is lost within seconds when the other side is; dialled once. */
    Sql lifeline() throws BackupException {
        PGSimpleDataSource source = source(PROGRAM);
        source.setConnectTimeout(LIFELINE_TIMEOUT_S);
        source.setSocketTimeout(LIFELINE_TIMEOUT_S);
        try {
            return dial(source, Ending::plain);
        } catch (SQLException e) {
            throw fault.of(e);
        }
    }

    /** @param session what the server calls it */
    Bell bell(String channel, String session) throws BackupException {
        PGSimpleDataSource source = source(session);
        source.setConnectTimeout(LIFELINE_TIMEOUT_S);
        source.setSocketTimeout(LIFELINE_TIMEOUT_S);
        Connection connection = null;
        try {
            connection = source.getConnection();
            return new Bell(connection, channel, fault);
        } catch (SQLException e) {
            close(connection, e);
            throw fault.of(e);
        }
    }

    private PGSimpleDataSource source(String session) throws BackupException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        int[] ports = new int[address.hosts().size()];
        Arrays.fill(ports, address.port());
        source.setServerNames(address.hosts().toArray(String[]::new));
        source.setPortNumbers(ports);
        // Of several the one that may be written; the others follow it.
        source.setTargetServerType("primary");
        source.setDatabaseName(address.database());
        source.setUser(address.user());
        source.setPassword(address.password());
        source.setSslMode(THIS_HOST.containsAll(address.hosts()) ? "prefer" : "verify-full");
        if (address.certificates() != null) {
            source.setSslRootCert(address.certificates().toString());
        } else {
            source.setSslfactory(DefaultJavaSSLFactory.class.getName());
        }
        source.setApplicationName(session);
        source.setConnectTimeout(CONNECT_TIMEOUT_S);
        source.setSocketTimeout(SILENCE_TIMEOUT_S);
        source.setTcpKeepAlive(true);
        source.setDefaultRowFetchSize(ROWS_AT_ONCE);
        // What is acknowledged is on the server's disk, whatever somebody has set there.
        source.setOptions("-c synchronous_commit=on -c lock_timeout=" + TURN_TIMEOUT_S + "s" + SOON_GONE);
        return source;
    }

    Sql connect() throws BackupException {
        return connect(Ending::plain, PROGRAM);
    }

    /** A connection on which nothing was done yet can be made again as often as one likes. @param session what the server calls it */
    Sql connect(Ending ending, String session) throws BackupException {
        for (long begin = System.nanoTime();;) {
            try {
                return dial(source(session), ending);
            } catch (SQLException e) {
                if (PostgresFault.cause(e) != Cause.GONE || !patience.more(begin)) {
                    throw fault.of(e);
                }
            }
        }
    }

    private Sql dial(PGSimpleDataSource source, Ending ending) throws SQLException {
        Connection connection = null;
        try {
            connection = source.getConnection();
            // Only within a transaction of the driver's own are rows fetched by and by.
            connection.setAutoCommit(false);
            return new Sql(connection, fault, ending);
        } catch (SQLException e) {
            close(connection, e);
            throw e;
        }
    }

    private static void close(Connection connection, SQLException why) {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                why.addSuppressed(e);
            }
        }
    }
}
