package org.azekura.rest.snapshot;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.access.Caller;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.server.Snapshots;
import org.azekura.rest.call.Names;
import org.azekura.rest.call.Scope;

/** The snapshots that are there for a caller. One of somebody else is answered as one that is not there, in the same words. */
public record SeenSnapshots(Snapshots all, Caller caller) {

    /** As {@link Snapshots} takes them. */
    private static final int SHORTEST = 4;

    /** Oldest first. @param client null for all; one that is there for the caller */
    public List<Snapshot> list(ClientName client) throws BackupException {
        List<Snapshot> found = all.list(client);
        return Scope.isBounded(caller) ? found.stream().filter(this::sees).toList() : found;
    }

    /** As {@link Snapshots#page}, of these. */
    Snapshots.Page page(ClientName client, Snapshots.Place after, int limit, Instant until, Predicate<Snapshot> wanted) throws BackupException {
        return all.page(client, after, limit, until, Scope.isBounded(caller) ? wanted.and(this::sees) : wanted);
    }

    /** @param id or the first digits of it, which need not tell it from what the caller does not see */
    public Snapshot find(String id) throws BackupException {
        if (!Scope.isBounded(caller)) {
            return Names.snapshot(all, id);
        }
        String digits = id.toLowerCase(Locale.ROOT);
        List<Snapshot> found = digits.length() < SHORTEST ? List.of() : list(null).stream().filter(one -> one.id().toString().startsWith(digits)).toList();
        if (found.isEmpty()) {
            throw Names.unknown("snapshot", id);
        }
        if (found.size() > 1) {
            throw BackupException.operator("snapshot.ambiguous", id, id + " is the beginning of more than one snapshot id, like " + found.get(0).id() + " and "
                    + found.get(1).id() + "; give more digits");
        }
        return all.find(found.getFirst().id().toString());
    }

    private boolean sees(Snapshot snapshot) {
        return caller.sees(snapshot.client());
    }
}
