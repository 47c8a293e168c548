package org.azekura.catalog.postgresql;

import java.time.Duration;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.catalog.sql.Lane;
import org.azekura.catalog.sql.Sql;
import org.azekura.catalog.sql.SqlStore;
import org.azekura.catalog.sql.Transactions;
import org.azekura.catalog.sql.export.Intake;
import org.azekura.catalog.sql.export.Moving;

/** The catalog in a PostgreSQL database, which several servers may have open. Their writers take turns: what a change has read holds until its end. */
final class PostgresStore {

    /** What a transaction sees is taken by its first query, not by LOCK: so it sees what the one before it wrote. Readers are not kept waiting. */
    static final String WRITE = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; " + PostgresStore.TURN;
    /** The writers' turn, by itself. */
    static final String TURN = "LOCK TABLE schema_version IN EXCLUSIVE MODE";

    private static final int READERS = 4;
    private static final Duration TURN_TIMEOUT = Duration.ofSeconds(60);
    private static final String READ = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";

    private PostgresStore() {}

    /** What this store takes in and writes as a whole. */
    static Moving moving(Intake intake) {
        return new Moving(intake, new PostgresParticulars(), PostgresSchema.FIRST, PostgresSchema.newest());
    }

    /** Answers what a query would once the catalog is open; it stays as it is. */
    static <T> T rehearse(PostgresDatabase database, CatalogStore.Query<T> query) throws BackupException {
        try (Sql sql = database.connect()) {
            return new PostgresSchema(database.fault()).rehearse(sql, query);
        }
    }

    /**
     * Opens the catalog, or makes it in an empty database.
     *
     * @throws BackupException {@code catalog.*}
     */
    static SqlStore open(PostgresDatabase database, Moving moving) throws BackupException {
        return open(database, moving, Contest.Terms.USUAL);
    }

    static SqlStore open(PostgresDatabase database, Moving moving, Contest.Terms terms) throws BackupException {
        WriterMark mark = new WriterMark(database);
        try (Sql sql = database.connect()) {
            PostgresSchema schema = new PostgresSchema(database.fault());
            schema.apply(sql);
            sql.transaction(WRITE, () -> {
                mark.make(sql);
                return null;
            });
            schema.takeIn(sql, moving);
        }
        Lane one = new Lane("catalog-writer", 1, TURN_TIMEOUT, database.fault());
        Lane some = new Lane("catalog-reader", READERS, TURN_TIMEOUT, database.fault());
        return new SqlStore(new Transactions(one, WRITE, () -> database.connect(mark, mark.session())), new Transactions(some, READ, database::connect), new Contests(database, mark, terms));
    }
}
