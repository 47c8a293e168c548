package org.azekura.catalog.sql.export;

import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import org.azekura.api.BackupException;
import org.azekura.catalog.sql.Sql;

/** Brings what is in a file into tables that nothing is in, of the same schema. Within a transaction. */
public final class Import {

    /** What alerts bring about when they are written; those of the file take its place. */
    private static final String MADE_BY_OTHERS = "happening";

    /** Whose keys the catalog was with: those of the home that takes it in are its own. */
    private static final String KEYS = "server.identity";

    private Import() {}

    /** The schema of a file's tables. */
    public static int schema(ExportFile file) throws BackupException {
        int[] found = new int[1];
        file.read(new ExportFile.Taker() {
            @Override
            public void begin(int schema, SortedMap<String, Long> numbers) {
                found[0] = schema;
            }

            @Override
            public Particulars.Rows table(String name, List<String> columns) {
                return Nowhere.ROWS;
            }
        });
        return found[0];
    }

    /** @throws BackupException {@code catalog.file} if it has other tables; what the database refuses */
    public static void run(Sql sql, ExportFile file, Particulars particulars) throws BackupException {
        Iterator<Layout> expected = Layout.of(sql).iterator();
        file.read(new ExportFile.Taker() {
            private SortedMap<String, Long> last;

            @Override
            public void begin(int schema, SortedMap<String, Long> numbers) {
                last = numbers;
            }

            @Override
            public Particulars.Rows table(String name, List<String> columns) throws BackupException {
                Layout layout = expected.hasNext() ? expected.next() : null;
                if (layout == null || !layout.table().equals(name) || !layout.columns().equals(columns)) {
                    throw file.refused("it has the table " + name + " " + columns + " where the schema has " + layout);
                }
                if (name.equals(MADE_BY_OTHERS)) {
                    sql.update("DELETE FROM " + name);
                }
                return new Counted(particulars.rows(sql, layout), () -> {
                    if (particulars.counts(sql).contains(name)) {
                        particulars.count(sql, name, last.getOrDefault(name, 0L));
                    }
                });
            }
        });
        if (expected.hasNext()) {
            throw file.refused("it has no table " + expected.next().table());
        }
        sql.update("DELETE FROM setting WHERE name = ?", KEYS);
    }

    /** What follows the last row. */
    @FunctionalInterface
    private interface Last {
        void run() throws BackupException;
    }

    private record Counted(Particulars.Rows rows, Last last) implements Particulars.Rows {

        @Override
        public void add(Object[] values) throws BackupException {
            rows.add(values);
        }

        @Override
        public void end() throws BackupException {
            rows.end();
            last.run();
        }
    }

    /** For who only looks whether a file is right. */
    private enum Nowhere implements Particulars.Rows {
        ROWS;

        @Override
        public void add(Object[] values) {
            // read is all that is wanted
        }

        @Override
        public void end() {
            // nothing was begun
        }
    }
}
