package org.azekura.catalog.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of each column of the catalog it is decided, and written down, whether it comes back from media when the machine is lost, and if not, why. */
class SaidTest {

    private static final Path DECISION = Path.of("../../docs/decisions/0077-the-audit-log-on-media.md");
    private static final Pattern ROW = Pattern.compile("\\| `(\\w+)` \\|(.*)\\|(.*)\\|(.*)\\|");
    private static final Pattern NAME = Pattern.compile("`(\\w+)`");

    /** @param said columns that are on media @param not that are not */
    private record Row(List<String> said, List<String> not, String why) {}

    private static Map<String, Row> decided() throws Exception {
        Map<String, Row> rows = new TreeMap<>();
        for (String line : Files.readAllLines(DECISION)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                assertEquals(null, rows.put(row.group(1), new Row(names(row.group(2)), names(row.group(3)), row.group(4).strip())), line);
            }
        }
        return rows;
    }

    private static List<String> names(String cell) {
        return NAME.matcher(cell).results().map(name -> name.group(1)).toList();
    }

    private static Map<String, TreeSet<String>> schema(Path file) throws Exception {
        SqliteStore.open(file).close();
        Map<String, TreeSet<String>> tables = new TreeMap<>();
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + file);
                ResultSet columns = database.createStatement().executeQuery("SELECT t.name, c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c"
                        + " WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'")) {
            while (columns.next()) {
                tables.computeIfAbsent(columns.getString(1), name -> new TreeSet<>()).add(columns.getString(2));
            }
        }
        return tables;
    }

    @Test
    void everyColumnIsDecided(@TempDir Path dir) throws Exception {
        Map<String, Row> decided = decided();
        Map<String, TreeSet<String>> schema = schema(dir.resolve("catalog.db"));
        assertEquals(schema.keySet(), decided.keySet());
        decided.forEach((table, row) -> {
            List<String> all = new ArrayList<>(row.said);
            all.addAll(row.not);
            assertEquals(new TreeSet<>(all).size(), all.size(), table + " names a column twice");
            assertEquals(schema.get(table), new TreeSet<>(all), table);
            assertTrue(row.not.isEmpty() || !row.why.isBlank(), table + " says no reason");
        });
        assertFalse(decided.isEmpty());
    }
}
