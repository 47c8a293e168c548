package org.azekura.catalog.postgresql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import org.azekura.catalog.sql.SqlStore;
import org.azekura.testkit.catalog.CatalogCost;
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
            PostgresDatabase database = server.newDatabase("");
            store = PostgresStore.open(database);
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

    private static long size(PostgresServer server, PostgresDatabase database) throws Exception {
        try (Connection connection = server.connect(database); Statement statement = connection.createStatement();
                ResultSet size = statement.executeQuery("SELECT pg_database_size(current_database())")) {
            size.next();
            return size.getLong(1);
        }
    }
}
