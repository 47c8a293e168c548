package org.azekura.api.catalog;

import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.osgi.annotation.versioning.ConsumerType;

/** That a server stands for the lead. Safe for any number of threads. */
@ConsumerType
public interface Candidacy extends AutoCloseable {

    /** Those that have the catalog open, or had and were not forgotten, as they were seen some seconds ago at most; who leads first, then by name. */
    List<CatalogServer> servers();

    /**
     * One that is gone for good is none of {@link #servers} any more, until it comes again.
     *
     * @param name of its host; neither this one nor one that leads
     */
    default void forget(String name) throws BackupException {}

    /** What servers offer each other of their jobs; empty where one server alone can have the catalog. */
    default Optional<Offers> offers() {
        return Optional.empty();
    }

    /** Resigns, so that another can lead at once; nothing is told to the candidate any more. Bounded in time. */
    @Override
    void close();
}
