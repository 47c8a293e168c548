package org.azekura.catalog.postgresql;

import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.azekura.api.BackupException;
import org.azekura.catalog.sql.Sql;
import org.azekura.catalog.sql.export.Layout;
import org.azekura.catalog.sql.export.Particulars;

/** Rows go in by COPY; what counts by itself are sequences. */
final class PostgresParticulars implements Particulars {

    private static final String COUNTS = "FROM information_schema.columns WHERE table_schema = current_schema() AND is_identity = 'YES'";
    private static final String SEQUENCE = "pg_get_serial_sequence(quote_ident(table_name), column_name)::regclass";

    @Override
    public SortedMap<String, Long> numbers(Sql sql) throws BackupException {
        SortedMap<String, Long> numbers = new TreeMap<>();
        sql.each("SELECT table_name, pg_sequence_last_value(" + SEQUENCE + ") " + COUNTS, row -> new Last(row.text(1), row.number(2)), last -> {
            if (last.number > 0) {
                numbers.put(last.table, last.number);
            }
        });
        return numbers;
    }

    /** @param number 0 if none was given */
    private record Last(String table, long number) {}

    @Override
    public Set<String> counts(Sql sql) throws BackupException {
        return new TreeSet<>(sql.list("SELECT table_name " + COUNTS, row -> row.text(1)));
    }

    @Override
    public void count(Sql sql, String table, long last) throws BackupException {
        sql.list("SELECT setval(" + SEQUENCE + ", ?, ?::int = 1) " + COUNTS + " AND table_name = ?", row -> row.number(1), Math.max(1, last), last > 0, table);
    }

    @Override
    public Rows rows(Sql sql, Layout layout) throws BackupException {
        return CopyRows.begin(sql, layout);
    }
}
