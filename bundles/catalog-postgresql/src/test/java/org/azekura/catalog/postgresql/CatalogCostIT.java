package org.azekura.catalog.postgresql;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import org.azekura.catalog.sql.SqlStore;
import org.azekura.testkit.catalog.CatalogCost;
import org.azekura.testkit.postgresql.PostgresServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Prints what {@code docs/scale.md} reckons with. */
class CatalogCostIT {

    @Test
    void canBeMeasured() throws Exception {
        CatalogCost.Costs costs = measure(CatalogCost.Extent.FEW);
        assertTrue(costs.pack().bytes() > 50 && costs.snapshot().bytes() > 1_500 && costs.job().bytes() > 300, costs::toString);
    }

    @Test
    @EnabledIfSystemProperty(named = "azekura.slow", matches = "true")
    void whatRowsAndTransactionsCost() throws Exception {
        measure(CatalogCost.Extent.SOME).lines().forEach(line -> System.out.println("PostgreSQL, " + line));
    }

    private static CatalogCost.Costs measure(CatalogCost.Extent extent) throws Exception {
        PostgresServer.assumeInstalled();
        PostgresServer server = new PostgresServer();
        SqlStore store = null;
        try {
            String database = server.newDatabase("");
            store = PostgresStore.open(PostgresStoreIT.at(server, database, Duration.ZERO), PostgresStoreIT.NOTHING_COMES);
            return new CatalogCost(store, () -> size(server, database), extent).measure();
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
