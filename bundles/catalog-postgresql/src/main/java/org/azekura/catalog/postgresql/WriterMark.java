package org.azekura.catalog.postgresql;

import java.util.List;
import java.util.UUID;
import org.azekura.api.BackupException;
import org.azekura.catalog.sql.Ending;
import org.azekura.catalog.sql.Sql;

/**
 * The life of this store: a row of its own, into which each change writes a number in the same message as its COMMIT. So it is known, when the connection is
 * lost meanwhile, whether the change is there; transactions' own numbers would not do: after a crash the server may give one of them again. And without the
 * row nothing is committed: whoever takes over deletes it. Who takes part in the lead of another has one, too, as long as that lead lasts. Changes come from one thread at a time.
 */
final class WriterMark implements Ending {

    /** An SQLSTATE of a class that neither the standard nor PostgreSQL uses. */
    static final String SUPERSEDED = "AZ001";

    /** Ends the session of a store that is taken to be gone, lest it keep the writers' turn. */
    static final String CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'azekura ' || left(?, 36)";

    private static final String FORGET = "DELETE FROM writer_mark WHERE at < CURRENT_TIMESTAMP - INTERVAL '400 days'";
    /** Other rows are about files that were taken in, by their sum. */
    private static final String LIVES = "length(store) < 64";

    /** How many stores but this have a life. */
    static final String OTHERS = "(SELECT count(*) FROM writer_mark WHERE " + LIVES + " AND store <> ?)";

    private final PostgresDatabase database;
    private final String opened = UUID.randomUUID().toString();
    private volatile String store = opened;
    private int lives = 1;
    private long last;

    WriterMark(PostgresDatabase database) {
        this.database = database;
    }

    String store() {
        return store;
    }

    /** How the session is called in which changes are made, as {@link #CUT} finds it. */
    String session() {
        return "azekura " + opened;
    }

    /** How the session is called in which a server that takes part waits for what it may do. */
    String part() {
        return "azekura part " + opened;
    }

    /** Makes the row, unless a server leads: then only who leads writes. Within a transaction. */
    void make(Sql sql) throws BackupException {
        sql.script("CREATE TABLE IF NOT EXISTS writer_mark (store TEXT NOT NULL PRIMARY KEY, mark BIGINT NOT NULL, at TIMESTAMPTZ NOT NULL)");
        sql.script(Contest.TABLE);
        sql.script(OfferBook.TABLE);
        sql.script(FORGET);
        sql.script("INSERT INTO writer_mark SELECT '" + store + "', 0, CURRENT_TIMESTAMP WHERE NOT EXISTS (SELECT 1 FROM contender WHERE leads)");
    }

    /** Has no other store write from now on; within a transaction that has the writers' turn. */
    void takeOver(Sql sql) throws BackupException {
        sql.update("DELETE FROM writer_mark WHERE store <> ? AND " + LIVES, store);
        sql.update("INSERT INTO writer_mark VALUES (?, 0, CURRENT_TIMESTAMP) ON CONFLICT DO NOTHING", store);
    }

    /** Has this store write beside the one that leads, and no earlier life of it; within a transaction that has the writers' turn and has seen who leads. */
    void takePart(Sql sql) throws BackupException {
        sql.update("DELETE FROM writer_mark WHERE left(store, 36) = ? AND store <> ? AND " + LIVES, opened, store);
        sql.update("INSERT INTO writer_mark VALUES (?, 0, CURRENT_TIMESTAMP) ON CONFLICT DO NOTHING", store);
    }

    /** Has no store write that no server has any more: a run of the same server has followed it. Where this one leads. */
    void forgetOrphans(Sql sql) throws BackupException {
        sql.update("DELETE FROM writer_mark WHERE store <> ? AND " + LIVES + " AND NOT EXISTS (SELECT 1 FROM contender WHERE contender.store = writer_mark.store)", store);
    }

    /** Whether this store may write. */
    boolean isAlive(Sql sql) throws BackupException {
        return !sql.list("SELECT 1 FROM writer_mark WHERE store = ?", row -> row.number(1), store).isEmpty();
    }

    /** Has this store write no more. */
    void giveUp(Sql sql) throws BackupException {
        sql.update("DELETE FROM writer_mark WHERE store = ?", store);
    }

    /** Another life, which may write when it has taken over. What was under way in the one before has ended. */
    void renew() {
        store = opened + "." + ++lives;
    }

    /** Whether a file was taken in. */
    static boolean hasTaken(Sql sql, String sum) throws BackupException {
        return !sql.list("SELECT 1 FROM writer_mark WHERE store = ?", row -> row.number(1), sum).isEmpty();
    }

    /** A file was taken in. */
    static void note(Sql sql, String sum) throws BackupException {
        sql.update("INSERT INTO writer_mark VALUES (?, 0, CURRENT_TIMESTAMP)", sum);
    }

    /** All in one message: the mark costs no way to the server and back. What stands behind an error in it is not run. */
    @Override
    public void commit(Sql sql) throws BackupException {
        String life = store;
        last++;
        try {
            sql.script("DO $$ BEGIN UPDATE writer_mark SET mark = " + last + ", at = CURRENT_TIMESTAMP WHERE store = '" + life + "'; IF NOT FOUND THEN RAISE EXCEPTION"
                    + " 'no life %', '" + life + "' USING ERRCODE = '" + SUPERSEDED + "'; END IF; END $$; COMMIT");
        } catch (BackupException e) {
            if (sql.usable() || !isThere(life, e)) {
                throw e;
            }
        }
    }

    /** Once this is the one that writes, the transaction that was cut off has ended, one way or the other. */
    private boolean isThere(String life, BackupException cut) throws BackupException {
        try (Sql other = database.connect()) {
            List<Long> marks = other.transaction(PostgresStore.WRITE, () -> other.list("SELECT mark FROM writer_mark WHERE store = ?", row -> row.number(1), life));
            return marks.equals(List.of(last));
        } catch (BackupException e) {
            cut.addSuppressed(e);
            throw database.fault().failure("unknown", cut.failure().kind(), false, "the connection was lost while a change was committed, and could not be made again: nobody can say"
                    + " whether the change is there; look before you do it again: " + cut.getMessage(), cut);
        }
    }
}
