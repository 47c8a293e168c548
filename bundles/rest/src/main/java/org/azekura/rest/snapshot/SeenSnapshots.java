package org.azekura.rest.snapshot;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.PathProblem;
import org.azekura.api.PoolName;
import org.azekura.api.access.Caller;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.server.Snapshots;
import org.azekura.api.server.Snapshots.Found;
import org.azekura.api.server.Snapshots.Version;
import org.azekura.api.server.Snapshots.Wanted;
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
        // several: their ids are all the caller's, and the service says what would tell them apart
        return found.size() == 1 ? all.find(found.getFirst().id().toString()) : all.find(id);
    }

    /** @param wanted its client null or there for the caller */
    public Found search(Wanted wanted, int limit) throws BackupException {
        if (wanted.client() != null || !Scope.isBounded(caller)) {
            return all.search(wanted, limit);
        }
        List<Version> versions = new ArrayList<>();
        Set<PoolName> closed = new LinkedHashSet<>();
        List<PathProblem> problems = new ArrayList<>();
        boolean more = false;
        for (ClientName client : clients()) {
            Found found = all.search(new Wanted(wanted.pattern(), wanted.ignoreCase(), client), limit - versions.size());
            versions.addAll(found.versions());
            closed.addAll(found.closed());
            problems.addAll(found.problems());
            more = found.more();
            if (more || versions.size() >= limit) {
                return new Found(versions, true, List.copyOf(closed), problems);
            }
        }
        return new Found(versions, more, List.copyOf(closed), problems);
    }

    /** Those of his that have anything. */
    private List<ClientName> clients() throws BackupException {
        return list(null).stream().map(Snapshot::client).distinct().sorted(Comparator.comparing(ClientName::value)).toList();
    }

    private boolean sees(Snapshot snapshot) {
        return caller.sees(snapshot.client());
    }
}
