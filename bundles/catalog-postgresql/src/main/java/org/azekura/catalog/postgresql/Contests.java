package org.azekura.catalog.postgresql;

import org.azekura.api.BackupException;
import org.azekura.api.Failure.Kind;
import org.azekura.api.catalog.Candidacy;
import org.azekura.api.catalog.Candidate;
import org.azekura.catalog.sql.SqlStore;

/** Has the server that this store is open for stand for the lead, one time after the other. */
final class Contests implements SqlStore.Hustings {

    private final PostgresDatabase database;
    private final WriterMark mark;
    private final Contest.Terms terms;
    private Contest current;
    private boolean closed;

    Contests(PostgresDatabase database, WriterMark mark, Contest.Terms terms) {
        this.database = database;
        this.mark = mark;
        this.terms = terms;
    }

    @Override
    public synchronized Candidacy stand(Candidate candidate) throws BackupException {
        if (closed) {
            throw database.fault().failure("closed", Kind.DEVICE, true, "it is closed", null);
        }
        if (current != null) {
            current.stop();
            mark.renew();
        }
        current = Contest.begin(database, mark, candidate, terms);
        return current;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (current != null) {
            current.stop();
        }
    }
}
