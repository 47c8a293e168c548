package org.azekura.api.catalog;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** That a server stands for the lead. Safe for any number of threads. */
@ConsumerType
public interface Candidacy extends AutoCloseable {

    /** Those that have the catalog open as they were seen some seconds ago at most, who leads first, then by name. */
    List<CatalogServer> servers();

    /** Resigns, so that another can lead at once; nothing is told to the candidate any more. Bounded in time. */
    @Override
    void close();
}
