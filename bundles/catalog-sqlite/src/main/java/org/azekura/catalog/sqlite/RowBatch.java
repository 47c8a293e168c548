package org.azekura.catalog.sqlite;

import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.catalog.sql.Sql;

/** Rows that are inserted many at a time: a call of the database costs more than the row. Within one transaction. */
final class RowBatch {

    private static final int ROWS = 64;

    private final Sql sql;
    private final String one;
    private final String many;
    private final List<Object> values = new ArrayList<>();
    private final int width;

    /**
     * @param insert up to VALUES
     * @param width  how many values a row has
     */
    RowBatch(Sql sql, String insert, int width) {
        this.sql = sql;
        this.width = width;
        String row = "(?" + ", ?".repeat(width - 1) + ")";
        this.one = insert + " VALUES " + row;
        this.many = one + (", " + row).repeat(ROWS - 1);
    }

    void add(Object... row) throws BackupException {
        for (Object value : row) {
            values.add(value);
        }
        if (values.size() == ROWS * width) {
            sql.update(many, values.toArray());
            values.clear();
        }
    }

    void flush() throws BackupException {
        for (int at = 0; at < values.size(); at += width) {
            sql.update(one, values.subList(at, at + width).toArray());
        }
        values.clear();
    }
}
