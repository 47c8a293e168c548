package org.azekura.catalog.sql.export;

import java.util.Set;
import java.util.SortedMap;
import org.azekura.api.BackupException;
import org.azekura.catalog.sql.Sql;

/** In what databases differ when a catalog comes or goes as a whole. Each call is within a transaction. */
public interface Particulars {

    /** The last number given in each table that counts by itself, where there was one. */
    SortedMap<String, Long> numbers(Sql sql) throws BackupException;

    /** The tables that count by themselves. */
    Set<String> counts(Sql sql) throws BackupException;

    /**
     * Has a table count on.
     *
     * @param last 0: it begins
     */
    void count(Sql sql, String table, long last) throws BackupException;

    /** Rows of one table, many of them. */
    Rows rows(Sql sql, Layout layout) throws BackupException;

    /** Takes rows; one table at a time. */
    interface Rows {

        /** @param values {@code null}, {@code Long}, {@code String} or {@code byte[]}, as many as columns */
        void add(Object[] values) throws BackupException;

        /** Called once behind the last row; not if something failed. */
        void end() throws BackupException;
    }
}
