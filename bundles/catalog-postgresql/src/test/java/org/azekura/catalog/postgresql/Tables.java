package org.azekura.catalog.postgresql;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.SortedSet;
import java.util.TreeSet;
import org.azekura.catalog.sql.Scripts;

/** What tables a store's scripts make: a line for each column and each index, in words that are the same for both databases. */
final class Tables {

    private static final String OF_SQLITE = """
            SELECT m.name || '.' || p.name || ' ' || p.type || ' ' || CASE WHEN p."notnull" = 1 THEN 'always' ELSE 'or null' END || ' key ' || p.pk
              FROM sqlite_schema m JOIN pragma_table_info(m.name) p WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%'
            UNION ALL SELECT 'index ' || name || ' on ' || tbl_name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL""";
    private static final String OF_POSTGRESQL = """
            SELECT c.table_name || '.' || c.column_name || ' '
                || CASE WHEN c.domain_name = 'words' THEN 'TEXT' WHEN c.data_type = 'bigint' THEN 'INTEGER' WHEN c.data_type = 'bytea' THEN 'BLOB' ELSE c.data_type END
                || ' ' || CASE c.is_nullable WHEN 'NO' THEN 'always' ELSE 'or null' END || ' key ' || coalesce((SELECT k.ordinal_position
                  FROM information_schema.key_column_usage k JOIN information_schema.table_constraints t USING (constraint_schema, constraint_name)
                  WHERE t.constraint_type = 'PRIMARY KEY' AND k.table_name = c.table_name AND k.column_name = c.column_name), 0)
              FROM information_schema.columns c WHERE c.table_schema = 'public' AND c.table_name NOT IN ('schema_version', 'writer_mark', 'contender', 'offer')
            UNION ALL SELECT 'index ' || c.relname || ' on ' || t.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
              WHERE c.relnamespace = 'public'::regnamespace AND t.relname NOT IN ('writer_mark', 'contender', 'offer') AND NOT EXISTS (SELECT 1 FROM pg_constraint o WHERE o.conindid = c.oid AND o.contype IN ('p', 'u'))""";

    private Tables() {}

    static SortedSet<String> ofSqlite() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:"); Statement all = connection.createStatement()) {
            for (String script : Scripts.beside(Class.forName("org.azekura.catalog.sqlite.SqliteCatalog"), 1)) {
                all.executeUpdate(script);
            }
            return lines(connection, OF_SQLITE);
        }
    }

    static SortedSet<String> ofPostgresql(Connection connection) throws SQLException {
        return lines(connection, OF_POSTGRESQL);
    }

    private static SortedSet<String> lines(Connection connection, String query) throws SQLException {
        SortedSet<String> lines = new TreeSet<>();
        try (Statement one = connection.createStatement(); ResultSet rows = one.executeQuery(query)) {
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
        }
        return lines;
    }
}
