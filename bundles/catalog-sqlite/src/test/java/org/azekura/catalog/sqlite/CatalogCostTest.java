package org.azekura.catalog.sqlite;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import org.azekura.catalog.sql.SqlStore;
import org.azekura.testkit.catalog.CatalogCost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Prints what {@code docs/scale.md} reckons with. */
class CatalogCostTest {

    @TempDir
    Path home;

    @Test
    void canBeMeasured() throws Exception {
        CatalogCost.Costs costs = measure(CatalogCost.Extent.FEW);
        assertTrue(costs.pack().bytes() > 50 && costs.snapshot().bytes() > 1_500 && costs.job().bytes() > 300, costs::toString);
    }

    @Test
    @EnabledIfSystemProperty(named = "azekura.slow", matches = "true")
    void whatRowsAndTransactionsCost() throws Exception {
        measure(CatalogCost.Extent.MANY).lines().forEach(line -> System.out.println("SQLite, " + line));
    }

    private CatalogCost.Costs measure(CatalogCost.Extent extent) throws Exception {
        Path file = home.resolve("catalog/azekura.db");
        SqlStore store = SqliteStore.open(file);
        try {
            return new CatalogCost(store, () -> size(file), extent).measure();
        } finally {
            store.close();
        }
    }

    /** With what is in its journal still. */
    private static long size(Path file) throws Exception {
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + file);
                ResultSet size = database.createStatement().executeQuery("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")) {
            size.next();
            return size.getLong(1);
        }
    }
}
