package org.azekura.catalog.postgresql;

import java.util.List;
import java.util.UUID;
import org.azekura.api.BackupException;
import org.azekura.catalog.sql.Ending;
import org.azekura.catalog.sql.Sql;

/**
 * Tells, when the connection is lost while a change is committed, whether the change is there: each change of this store writes a number into the store's own
 * row. Transactions' own numbers would not do: after a crash the server may give one of them again. One thread at a time.
 */
final class WriterMark implements Ending {

    private static final String FORGET = "DELETE FROM writer_mark WHERE at < CURRENT_TIMESTAMP - INTERVAL '400 days'";

    private final PostgresDatabase database;
    private final String store = UUID.randomUUID().toString();
    private long last;

    WriterMark(PostgresDatabase database) {
        this.database = database;
    }

    /** Makes the row; within a transaction. */
    void make(Sql sql) throws BackupException {
        sql.script("CREATE TABLE IF NOT EXISTS writer_mark (store TEXT NOT NULL PRIMARY KEY, mark BIGINT NOT NULL, at TIMESTAMPTZ NOT NULL)");
        sql.script(FORGET);
        sql.script("INSERT INTO writer_mark VALUES ('" + store + "', 0, CURRENT_TIMESTAMP)");
    }

    /** Whether a file was taken in. */
    static boolean hasTaken(Sql sql, String sum) throws BackupException {
        return !sql.list("SELECT 1 FROM writer_mark WHERE store = ?", row -> row.number(1), sum).isEmpty();
    }

    /** A file was taken in. */
    static void note(Sql sql, String sum) throws BackupException {
        sql.update("INSERT INTO writer_mark VALUES (?, 0, CURRENT_TIMESTAMP)", sum);
    }

    /** Both statements in one message: the mark costs no way to the server and back. */
    @Override
    public void commit(Sql sql) throws BackupException {
        last++;
        try {
            sql.script("UPDATE writer_mark SET mark = " + last + ", at = CURRENT_TIMESTAMP WHERE store = '" + store + "'; COMMIT");
        } catch (BackupException e) {
            if (sql.usable() || !isThere(e)) {
                throw e;
            }
        }
    }

    /** Once this is the one that writes, the transaction that was cut off has ended, one way or the other. */
    private boolean isThere(BackupException cut) throws BackupException {
        try (Sql other = database.connect()) {
            List<Long> marks = other.transaction(PostgresStore.WRITE, () -> other.list("SELECT mark FROM writer_mark WHERE store = ?", row -> row.number(1), store));
            return marks.equals(List.of(last));
        } catch (BackupException e) {
            cut.addSuppressed(e);
            throw database.fault().failure("unknown", cut.failure().kind(), false, "the connection was lost while a change was committed, and could not be made again: nobody can say"
                    + " whether the change is there; look before you do it again: " + cut.getMessage(), cut);
        }
    }
}
