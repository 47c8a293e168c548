package org.azekura.server;

import java.time.Instant;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;

/**
 * Which lead of its appliance one is: hosts obey the server that says the highest number. It lies in the catalog and goes wherever that goes. Since it is
 * never lower than the time in seconds, one that begins on an older state of the catalog, brought back from a file or from media, is the higher one, too.
 */
final class LeadNumber {

    private static final String SETTING = "server.lead";

    private LeadNumber() {}

    /** That of whoever leads, or led last. */
    static long last(CatalogStore catalog) throws BackupException {
        return catalog.read(LeadNumber::last);
    }

    private static long last(CatalogView view) throws BackupException {
        return view.setting(SETTING).map(Long::parseLong).orElse(0L);
    }

    /** Begins a lead: higher than each before on this catalog. */
    static long next(CatalogStore catalog, Instant now) throws BackupException {
        return catalog.write(edit -> {
            long last = last(edit);
            long next = Math.max(last + 1, now.getEpochSecond());
            edit.putSetting(SETTING, Long.toString(next));
            return next;
        });
    }
}
