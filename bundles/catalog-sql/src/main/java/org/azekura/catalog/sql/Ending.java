package org.azekura.catalog.sql;

import org.azekura.api.BackupException;

/** How a transaction is made to last. */
@FunctionalInterface
public interface Ending {

    /**
     * The usual one.
     *
     * @see #commit
     */
    static void plain(Sql sql) throws BackupException {
        sql.script("COMMIT");
    }

    /** @throws BackupException if nothing of it is there */
    void commit(Sql sql) throws BackupException;
}
