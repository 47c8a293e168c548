package org.azekura.catalog.postgresql;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts a row into every table that SQLite's scripts make, as far as its constraints let it be: also into those that nobody has thought of yet. */
final class FullCatalog {

    /** What a text may have in it. */
    private static final String TEXT = "a tab\t, a \\, lines\r\n, \"quotes', {5}, \\N, and \u6821\u5009 \ud83d\udce6";

    private final Map<String, Object> given = new HashMap<>();
    private final Connection connection;
    private int rows;

    private FullCatalog(Connection connection) {
        this.connection = connection;
    }

    /** @return how many tables there are */
    static int fill(Path database) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database)) {
            connection.setAutoCommit(false);
            FullCatalog full = new FullCatalog(connection);
            List<String> tables = full.texts("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY rowid");
            for (String table : tables) {
                full.add(table, full.texts("SELECT sql FROM sqlite_schema WHERE name = '" + table + "'").getFirst());
            }
            connection.commit();
            return tables.size();
        }
    }

    private List<String> texts(String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Statement one = connection.createStatement(); ResultSet found = one.executeQuery(query)) {
            while (found.next()) {
                texts.add(found.getString(1));
            }
        }
        return texts;
    }

    private void add(String table, String sql) throws SQLException {
        Map<String, Object> parents = parents(table);
        Map<String, Object> values = new HashMap<>();
        try (ResultSet columns = connection.getMetaData().getColumns(null, null, table, "%")) {
            while (columns.next()) {
                String column = columns.getString("COLUMN_NAME");
                Object value = parents.getOrDefault(column, value(column, columns.getString("TYPE_NAME"), sql));
                values.put(column, value);
                given.put(table + "." + column, value);
            }
        }
        List<String> names = List.copyOf(values.keySet());
        try (PreparedStatement insert = connection.prepareStatement("INSERT OR REPLACE INTO " + table + " (\"" + String.join("\", \"", names) + "\") VALUES (?" + ", ?".repeat(names.size() - 1) + ")")) {
            for (int i = 0; i < names.size(); i++) {
                insert.setObject(i + 1, values.get(names.get(i)));
            }
            insert.executeUpdate();
        }
        rows++;
    }

    /** By SQLite's own words: its driver mixes up the columns of a reference that names none. */
    private Map<String, Object> parents(String table) throws SQLException {
        Map<String, Object> parents = new HashMap<>();
        try (Statement one = connection.createStatement(); ResultSet keys = one.executeQuery("""
                SELECT k."from", k."table" || '.' || coalesce(k."to", (SELECT c.name FROM pragma_table_info(k."table") c WHERE c.pk = k.seq + 1))
                  FROM pragma_foreign_key_list('%s') k""".formatted(table))) {
            while (keys.next()) {
                parents.put(keys.getString(1), given.get(keys.getString(2)));
            }
        }
        return parents;
    }

    private Object value(String column, String type, String sql) {
        return switch (type) {
            case "INTEGER" -> sql.contains(column + " > 1") ? 2 : sql.contains(column + " IN (0, 1)") ? 0 : 1;
            case "BLOB" -> bytes(column, sql);
            default -> rows + TEXT;
        };
    }

    private byte[] bytes(String column, String sql) {
        Matcher length = Pattern.compile("length\\(" + column + "\\) = (\\d+)").matcher(sql);
        byte[] bytes = new byte[length.find() ? Integer.parseInt(length.group(1)) : 0];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (rows * 37 + i * 101);
        }
        return bytes;
    }
}
