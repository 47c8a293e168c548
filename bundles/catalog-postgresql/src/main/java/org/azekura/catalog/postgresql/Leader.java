package org.azekura.catalog.postgresql;

import org.azekura.api.BackupException;
import org.azekura.catalog.sql.Sql;

/**
 * Who leads.
 *
 * @param id   of its server's run
 * @param name of its host
 * @param beat grows as long as it lives
 */
record Leader(String id, String store, String name, long beat) {

    /** Null if nobody does. */
    static Leader now(Sql sql) throws BackupException {
        return sql.one("SELECT id, store, name, beat FROM contender WHERE leads", row -> new Leader(row.text(1), row.text(2), row.text(3), row.number(4))).orElse(null);
    }

    /** Whether it is the same lead. */
    boolean goesOnAs(Leader now) {
        return id.equals(now.id) && store.equals(now.store);
    }
}
