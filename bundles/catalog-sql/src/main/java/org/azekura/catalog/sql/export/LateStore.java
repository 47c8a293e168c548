package org.azekura.catalog.sql.export;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.azekura.api.BackupException;
import org.azekura.api.Failure;
import org.azekura.api.Failure.Kind;
import org.azekura.api.catalog.Candidacy;
import org.azekura.api.catalog.Candidate;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.catalog.sql.SqlStore;

/**
 * A store that is opened by its first call, not by who makes it: what is wrong with the catalog then meets a caller who can report it. Safe for any
 * number of threads.
 */
public abstract class LateStore implements CatalogStore {

    private final String place;
    private volatile SqlStore store;
    private volatile boolean closed;

    /** @param place for people */
    protected LateStore(String place) {
        this.place = place;
    }

    /** Opens it; called again if it fails, by one thread at a time. */
    protected abstract SqlStore opening() throws BackupException;

    protected abstract Moving moving() throws BackupException;

    /** Null before the first call. */
    protected final CatalogStore opened() {
        return store;
    }

    /** Has the home's catalog be in this kind of store; closes it if it may not. */
    protected final SqlStore seated(SqlStore opened, Seat seat) throws BackupException {
        boolean seated = false;
        try {
            seat.take(() -> moving().saved(opened));
            moving().intake().tellRefused(opened);
            seated = true;
            return opened;
        } finally {
            if (!seated) {
                opened.close();
            }
        }
    }

    @Override
    public final <T> T read(Query<T> query) throws BackupException {
        return store().read(query);
    }

    @Override
    public final <T> T write(Change<T> change) throws BackupException {
        return store().write(change);
    }

    @Override
    public final void exportTo(OutputStream out) throws BackupException, IOException {
        moving().write(store(), out);
    }

    @Override
    public final void requireAdmitting() throws BackupException {
        moving().requireEmpty(store());
    }

    @Override
    public final void admit(Path file, String name) throws BackupException {
        moving().admit(store(), file, name);
    }

    @Override
    public final Candidacy stand(Candidate candidate) throws BackupException {
        return store().stand(candidate);
    }

    @Override
    public final String place() {
        return place;
    }

    private SqlStore store() throws BackupException {
        SqlStore opened = store;
        return opened != null ? opened : open();
    }

    private synchronized SqlStore open() throws BackupException {
        if (store == null && !closed) {
            store = opening();
            if (closed) {
                store.close();
            }
        }
        if (store == null) {
            throw new BackupException(new Failure("catalog.closed", Kind.DEVICE, true, place, "the catalog " + place + " is closed"));
        }
        return store;
    }

    /** Does not wait for one that is being opened: it is closed once it is open. */
    protected void close() {
        closed = true;
        SqlStore opened = store;
        if (opened != null) {
            opened.close();
        }
    }
}
