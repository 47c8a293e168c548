package org.azekura.catalog.sqlite;

import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.azekura.api.BackupException;
import org.azekura.catalog.sql.Sql;
import org.azekura.catalog.sql.export.Layout;
import org.azekura.catalog.sql.export.Particulars;

/** Rows go in many at a time; what counts by itself is told in a table of SQLite's own. */
final class SqliteParticulars implements Particulars {

    @Override
    public SortedMap<String, Long> numbers(Sql sql) throws BackupException {
        SortedMap<String, Long> numbers = new TreeMap<>();
        sql.each("SELECT name, seq FROM sqlite_sequence WHERE seq > 0", row -> new Last(row.text(1), row.number(2)), last -> numbers.put(last.table, last.number));
        return numbers;
    }

    private record Last(String table, long number) {}

    @Override
    public Set<String> counts(Sql sql) throws BackupException {
        return new TreeSet<>(sql.list("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%'", row -> row.text(1)));
    }

    @Override
    public void count(Sql sql, String table, long last) throws BackupException {
        sql.update("DELETE FROM sqlite_sequence WHERE name = ?", table);
        sql.update("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", table, last);
    }

    @Override
    public Rows rows(Sql sql, Layout layout) {
        RowBatch batch = new RowBatch(sql, layout.insert(), layout.columns().size());
        return new Rows() {
            @Override
            public void add(Object[] values) throws BackupException {
                batch.add(values);
            }

            @Override
            public void end() throws BackupException {
                batch.flush();
            }
        };
    }
}
