package org.azekura.catalog.sql.export;

import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.azekura.api.BackupException;
import org.azekura.catalog.sql.Sql;

/**
 * A table as a file has it.
 *
 * @param columns by name
 * @param key     by which rows are in order
 */
public record Layout(String table, List<String> columns, List<String> key) {

    /** What stores keep for themselves: how far their scripts are, who has written last, who leads, their own counters. */
    private static final Set<String> OWN = Set.of("schema_version", "writer_mark", "contender", "offer");

    /** Where rows are left out. */
    private static final String SETTINGS = "setting";
    /** Before a pool's name: its keys, sealed for the other servers of this catalog. Where a file goes, the home has keys of its own. */
    private static final String POOL_KEYS = "pool.key/";

    public Layout {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
    }

    /** All tables of a catalog in a file's order; within a transaction. */
    static List<Layout> of(Sql sql) throws BackupException {
        return sql.jdbc(connection -> {
            DatabaseMetaData look = connection.getMetaData();
            String schema = connection.getSchema();
            SortedMap<String, Set<String>> waiting = new TreeMap<>();
            for (String table : names(look.getTables(null, schema, "%", new String[] {"TABLE"}), "TABLE_NAME")) {
                if (!OWN.contains(table) && !table.startsWith("sqlite_")) {
                    waiting.put(table, new TreeSet<>(names(look.getImportedKeys(null, schema, table), "PKTABLE_NAME")));
                }
            }
            List<Layout> ordered = new ArrayList<>();
            while (!waiting.isEmpty()) {
                String next = waiting.entrySet().stream().filter(each -> each.getValue().stream().noneMatch(waiting::containsKey)).map(Map.Entry::getKey).findFirst()
                        .orElseThrow(() -> new IllegalStateException("tables refer to each other in a circle: " + waiting));
                waiting.remove(next);
                ordered.add(of(look, schema, next));
            }
            return ordered;
        });
    }

    private static Layout of(DatabaseMetaData look, String schema, String table) throws SQLException {
        SortedMap<Integer, String> key = new TreeMap<>();
        try (ResultSet rows = look.getPrimaryKeys(null, schema, table)) {
            while (rows.next()) {
                key.put(rows.getInt("KEY_SEQ"), rows.getString("COLUMN_NAME"));
            }
        }
        return new Layout(table, List.copyOf(new TreeSet<>(names(look.getColumns(null, schema, table, "%"), "COLUMN_NAME"))), List.copyOf(key.values()));
    }

    private static List<String> names(ResultSet found, String column) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet rows = found) {
            while (rows.next()) {
                names.add(rows.getString(column));
            }
        }
        return names;
    }

    /** Of the rows that a file has. */
    String select() {
        return "SELECT " + quoted(columns) + " FROM " + table + (table.equals(SETTINGS) ? " WHERE name NOT LIKE '" + POOL_KEYS + "%'" : "") + " ORDER BY " + quoted(key);
    }

    /** Up to the values. */
    public String insert() {
        return "INSERT INTO " + target();
    }

    /** The table with its columns. */
    public String target() {
        return table + " (" + quoted(columns) + ")";
    }

    /** A column may be called like a word of the language. */
    private static String quoted(List<String> names) {
        return "\"" + String.join("\", \"", names) + "\"";
    }

    /** By name. */
    static Map<String, Layout> byTable(List<Layout> all) {
        Map<String, Layout> named = new LinkedHashMap<>();
        all.forEach(one -> named.put(one.table, one));
        return named;
    }
}
