package org.azekura.api.catalog;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** That a server stands for the lead. Safe for any number of threads. */
@ConsumerType
public interface Candidacy extends AutoCloseable {

    /** Those that have the catalog open as they were seen some seconds ago at most, who leads first, then by name. */
    List<CatalogServer> servers();

    /** Which lead this one is, of all that were on this catalog: each that begins has a higher number. 0 before it leads, and where nobody else can. */
    default long epoch() {
        return 0;
    }

    /** Resigns, so that another can lead at once; nothing is told to the candidate any more. Bounded in time. */
    @Override
    void close();
}
