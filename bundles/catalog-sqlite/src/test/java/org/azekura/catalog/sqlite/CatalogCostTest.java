package org.azekura.catalog.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.azekura.catalog.sql.SqlStore;
import org.azekura.testkit.catalog.CatalogCost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Prints what {@code docs/scale.md} reckons with. */
@EnabledIfSystemProperty(named = "azekura.slow", matches = "true")
class CatalogCostTest {

    @TempDir
    Path home;

    @Test
    void whatRowsAndTransactionsCost() throws Exception {
        Path file = home.resolve("catalog/azekura.db");
        SqlStore store = SqliteStore.open(file);
        try {
            List<String> lines = new CatalogCost(store, () -> Files.size(file)).lines();
            lines.forEach(line -> System.out.println("SQLite, " + line));
            assertEquals(4, lines.size());
        } finally {
            store.close();
        }
    }
}
