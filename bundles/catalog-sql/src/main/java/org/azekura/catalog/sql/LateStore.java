package org.azekura.catalog.sql;

import org.azekura.api.BackupException;
import org.azekura.api.Failure;
import org.azekura.api.Failure.Kind;
import org.azekura.api.catalog.CatalogStore;

/**
 * A store that is opened by its first call, not by who makes it: what is wrong with the catalog then meets a caller who can report it. Safe for any
 * number of threads.
 */
public final class LateStore implements CatalogStore, AutoCloseable {

    private final String place;
    private final Opening opening;
    private volatile SqlStore store;
    private volatile boolean closed;

    /** @param place for people */
    public LateStore(String place, Opening opening) {
        this.place = place;
        this.opening = opening;
    }

    /** Opens it; called again if it fails. */
    @FunctionalInterface
    public interface Opening {
        SqlStore open() throws BackupException;
    }

    @Override
    public <T> T read(Query<T> query) throws BackupException {
        return store().read(query);
    }

    @Override
    public <T> T write(Change<T> change) throws BackupException {
        return store().write(change);
    }

    @Override
    public String place() {
        return place;
    }

    /** Null before the first call. */
    public CatalogStore opened() {
        return store;
    }

    /** Opened if it is not yet. */
    public SqlStore store() throws BackupException {
        SqlStore opened = store;
        return opened != null ? opened : open();
    }

    private synchronized SqlStore open() throws BackupException {
        if (store == null && !closed) {
            store = opening.open();
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
    @Override
    public void close() {
        closed = true;
        SqlStore opened = store;
        if (opened != null) {
            opened.close();
        }
    }
}
