package org.azekura.catalog.sql;

import org.azekura.api.BackupException;
import org.azekura.api.catalog.Candidacy;
import org.azekura.api.catalog.Candidate;
import org.azekura.api.catalog.CatalogStore;

/** A catalog in an SQL database: readers see the state at their beginning while one writer works. */
public final class SqlStore implements CatalogStore, AutoCloseable {

    private final Transactions writing;
    private final Transactions reading;
    private final Hustings hustings;

    /** A catalog that one server alone can have. @param writing one at a time */
    public SqlStore(Transactions writing, Transactions reading) {
        this(writing, reading, null);
    }

    /** @param hustings where servers stand for the lead */
    public SqlStore(Transactions writing, Transactions reading, Hustings hustings) {
        this.writing = writing;
        this.reading = reading;
        this.hustings = hustings;
    }

    /** Where several servers that have a catalog open make out who leads. */
    public interface Hustings extends AutoCloseable {

        /** @see CatalogStore#stand */
        Candidacy stand(Candidate candidate) throws BackupException;

        /** Those that stand say nothing more, and have not resigned: the same server may go on with another store. */
        @Override
        void close();
    }

    @Override
    public Candidacy stand(Candidate candidate) throws BackupException {
        return hustings == null ? CatalogStore.super.stand(candidate) : hustings.stand(candidate);
    }

    @Override
    public <T> T read(Query<T> query) throws BackupException {
        refuseNesting();
        return reading.run(sql -> query.run(new Reading(sql)));
    }

    @Override
    public <T> T write(Change<T> change) throws BackupException {
        refuseNesting();
        return writing.run(sql -> change.run(new Editing(sql)));
    }

    /** Runs a query within a transaction that somebody else has begun. */
    public static <T> T query(Sql sql, Query<T> query) throws BackupException {
        return query.run(new Reading(sql));
    }

    /** A query that is not about rows of one kind. */
    public <T> T look(Transactions.Steps<T> steps) throws BackupException {
        refuseNesting();
        return reading.run(steps);
    }

    /** A thread of a lane that waits for a turn on it would wait for itself. */
    private void refuseNesting() {
        if (writing.isCurrent() || reading.isCurrent()) {
            throw new IllegalStateException("within read and write, use the view or edit at hand, not the store");
        }
    }

    /** Calls that have begun are waited for; later ones throw {@code catalog.closed}. */
    @Override
    public void close() {
        if (hustings != null) {
            hustings.close();
        }
        reading.close();
        // SQLite: the last connection that closes writes the log back into the file: let it be one that may.
        writing.close();
    }
}
