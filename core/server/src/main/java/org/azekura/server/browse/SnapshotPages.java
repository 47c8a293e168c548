package org.azekura.server.browse;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.server.Snapshots.Page;
import org.azekura.api.server.Snapshots.Place;

/**
 * Snapshots page by page, as the catalog's index of when they were received has them.
 *
 * @param client    null for all
 * @param corrected never earlier than it was stamped
 */
record SnapshotPages(CatalogStore catalog, ClientName client, UnaryOperator<Snapshot> corrected) {

    /** Where few are wanted, so many are looked through at once, and others may read between. */
    private static final int AT_ONCE = 1_000;

    Page page(Place after, int limit, Instant until, Predicate<Snapshot> wanted) throws BackupException {
        List<Snapshot> rows = new ArrayList<>();
        Place last = null;
        Place behind = after;
        while (true) {
            List<Snapshot> some = some(behind, rows.isEmpty() && behind != after ? AT_ONCE : Math.min(AT_ONCE, limit - rows.size() + 1));
            for (Snapshot stamped : some) {
                if (until != null && !stamped.received().isBefore(until)) {
                    return new Page(rows, null);
                }
                Snapshot snapshot = corrected.apply(stamped);
                if (wanted.test(snapshot) && (until == null || snapshot.received().isBefore(until))) {
                    if (rows.size() == limit) {
                        return new Page(rows, last);
                    }
                    rows.add(snapshot);
                    last = Place.of(stamped);
                }
            }
            if (some.isEmpty()) {
                return new Page(rows, null);
            }
            behind = Place.of(some.getLast());
        }
    }

    private List<Snapshot> some(Place behind, int most) throws BackupException {
        return catalog.read(view -> behind == null ? view.received(client, null, null, most) : view.received(client, behind.stamped(), behind.id(), most));
    }
}
