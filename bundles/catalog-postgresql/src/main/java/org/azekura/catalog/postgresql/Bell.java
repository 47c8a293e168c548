package org.azekura.catalog.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.azekura.api.BackupException;
import org.azekura.catalog.sql.CatalogFault;
import org.postgresql.PGConnection;

/** A connection on which the server says that there is something to look for. Of one thread. */
final class Bell implements AutoCloseable {

    private final Connection connection;
    private final CatalogFault fault;

    /** @param connection outside of any transaction: within one nothing is said */
    Bell(Connection connection, String channel, CatalogFault fault) throws SQLException {
        this.connection = connection;
        this.fault = fault;
        try (Statement statement = connection.createStatement()) {
            statement.execute("LISTEN " + channel);
        }
    }

    /** Returns when it has rung, also before it was waited for, or when the time is over. */
    void await(Duration patience) throws BackupException {
        try {
            connection.unwrap(PGConnection.class).getNotifications(Math.toIntExact(Math.max(1, patience.toMillis())));
        } catch (SQLException e) {
            throw fault.of(e);
        }
    }

    @Override
    public void close() throws BackupException {
        try {
            connection.close();
        } catch (SQLException e) {
            throw fault.of(e);
        }
    }
}
