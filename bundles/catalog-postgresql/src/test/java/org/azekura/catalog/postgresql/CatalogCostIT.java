package org.azekura.catalog.postgresql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.azekura.catalog.sql.SqlStore;
import org.azekura.testkit.catalog.CatalogCost;
import org.azekura.testkit.postgresql.PostgresServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Prints what {@code docs/scale.md} reckons with. */
@EnabledIfSystemProperty(named = "azekura.slow", matches = "true")
class CatalogCostIT {

    @Test
    void whatRowsAndTransactionsCost() throws Exception {
        PostgresServer.assumeInstalled();
        PostgresServer server = new PostgresServer();
        SqlStore store = null;
        try {
            String database = server.newDatabase("");
            store = PostgresStore.open(PostgresStoreIT.at(server, database, Duration.ZERO), PostgresStoreIT.NOTHING_COMES);
            List<String> lines = new CatalogCost(store, () -> size(server, database)).lines();
            lines.forEach(line -> System.out.println("PostgreSQL, " + line));
            assertEquals(4, lines.size());
        } finally {
            if (store != null) {
                store.close();
            }
            server.close();
        }
    }

    private static long size(PostgresServer server, String database) throws Exception {
        try (Connection connection = PostgresStoreIT.connect(server, database); Statement statement = connection.createStatement();
                ResultSet size = statement.executeQuery("SELECT pg_database_size(current_database())")) {
            size.next();
            return size.getLong(1);
        }
    }
}
