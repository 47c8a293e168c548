package org.azekura.api.catalog;

import org.azekura.api.BackupException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Keeps the catalog. Published as an OSGi service; the server works while there is one. Safe for any number of threads;
 * writers take turns. Calls block on the store's own platform threads and may be made from virtual threads. A query or
 * change uses the view or edit it is given: calling the store within one, or a view after its end, throws
 * {@link IllegalStateException}.
 */
@ConsumerType
public interface CatalogStore {

    /**
     * Runs a query on a consistent view.
     *
     * @throws BackupException what the query throws, or {@code catalog.*} if the store fails
     */
    <T> T read(Query<T> query) throws BackupException;

    /**
     * Runs a change as one transaction: all of it is durable when this returns, none of it is there if this throws.
     *
     * @throws BackupException what the change throws, or {@code catalog.*} if the store fails
     */
    <T> T write(Change<T> change) throws BackupException;

    /**
     * Runs a query on the catalog as it will be once this store has opened it, and leaves what is there as it is, so that the version before can still
     * open it. Called before the first {@link #read}, while nobody has the catalog open: whoever puts a version in another's place asks it so whether
     * it can. A store that changes nothing when it opens the catalog of an older version need not do more than read.
     *
     * @throws BackupException what the query throws, or {@code catalog.*}: this store can't take the catalog over, or the catalog is damaged
     */
    default <T> T rehearse(Query<T> query) throws BackupException {
        return read(query);
    }

    /** Where the catalog is, for people, like "SQLite in /var/lib/azekura"; no secret is in it. Empty if the store does not say. */
    default String place() {
        return "";
    }

    /** Reads; must not keep the view beyond its return. */
    @FunctionalInterface
    interface Query<T> {
        T run(CatalogView view) throws BackupException;
    }

    /** Reads and writes; must not keep the edit beyond its return. */
    @FunctionalInterface
    interface Change<T> {
        T run(CatalogEdit edit) throws BackupException;
    }
}
