package org.azekura.api.catalog;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

    /**
     * Writes all that is in the catalog as a file that every store can take in, of this one's kind or another; what is changed meanwhile is not in it.
     *
     * @throws BackupException {@code catalog.*}; what was written then is of no use
     * @throws IOException     what the stream throws
     */
    default void exportTo(OutputStream out) throws BackupException, IOException {
        throw unmoved();
    }

    /**
     * Makes sure that this catalog gives way to a file, before that is brought.
     *
     * @throws BackupException {@code catalog.taken} if something was saved
     */
    default void requireAdmitting() throws BackupException {
        // Who takes no file says so when there is one.
    }

    /**
     * Has such a file taken in, in place of what is there, when the catalog is opened next: until then all stays as it is, and from then on nothing is left of
     * it. Only where nothing was saved yet.
     *
     * @param file its bytes are kept before this returns
     * @param name of the file, for people
     * @throws BackupException {@code catalog.file} if it is another file, damaged, or of a newer version; {@code catalog.taken} if something was saved; {@code
     *                         catalog.*}. Nothing was changed
     */
    default void admit(Path file, String name) throws BackupException {
        throw unmoved();
    }

    /**
     * Has a server stand for the lead among those that have this catalog open: of them one at a time leads. What it had under way when another takes over is
     * refused with {@code catalog.superseded} from then on, so that nothing is changed by two. A catalog that one server alone can have is led by it at once
     * and for ever.
     *
     * @return once the candidate was told whether it leads already
     * @throws BackupException {@code catalog.*}: it does not stand
     */
    default Candidacy stand(Candidate candidate) throws BackupException {
        Instant since = Instant.now();
        candidate.leads();
        return new Candidacy() {
            @Override
            public List<CatalogServer> servers() {
                return List.of(new CatalogServer(candidate.name(), candidate.place(), candidate.hosts(), true, true, since, Duration.ZERO));
            }

            @Override
            public void close() {
                // Nobody else would lead.
            }
        };
    }

    private BackupException unmoved() {
        return BackupException.operator("catalog.unmoved", "", "the catalog's store can't move it into another one, or from there");
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
