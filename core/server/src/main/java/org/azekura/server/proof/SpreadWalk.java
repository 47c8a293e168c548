package org.azekura.server.proof;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.NodeName;
import org.azekura.api.PoolName;
import org.azekura.api.SiteName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Replica;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.catalog.SnapshotCopy;
import org.azekura.api.server.Spread;
import org.azekura.server.job.damage.DamagedSnapshots;
import org.azekura.server.pool.DeviceTerms;
import org.azekura.server.pool.MediaSets;

/** Tells of snapshots how they are spread, as one view of the catalog has it. What is the same for many is looked up once. */
final class SpreadWalk {

    /** With so many it is less to read all copies there are than those of each. */
    private static final int MANY = 5_000;

    private final CatalogView view;
    private final Set<SnapshotId> damaged;
    private final SiteBook sites;
    /** Empty where nothing can lie any more. */
    private final Map<PoolName, Optional<Spreads.Place>> places = new HashMap<>();
    private final Map<ClientName, SiteName> sources = new HashMap<>();

    /** @param server the host on which the server runs */
    SpreadWalk(CatalogView view, NodeName server) throws BackupException {
        this.view = view;
        this.sites = SiteBook.read(view, server);
        this.damaged = DamagedSnapshots.all(view);
    }

    Map<SnapshotId, Spread> of(Collection<Snapshot> snapshots) throws BackupException {
        return of(snapshots, snapshots.size() < MANY ? null : copies());
    }

    /** @param copies of them all; null: they are looked up one by one */
    private Map<SnapshotId, Spread> of(Collection<Snapshot> snapshots, Map<SnapshotId, List<SnapshotCopy>> copies) throws BackupException {
        Map<SnapshotId, Spread> spreads = new HashMap<>();
        for (Snapshot snapshot : snapshots) {
            spreads.put(snapshot.id(), of(snapshot, copies == null ? view.copies(snapshot.id()) : copies.getOrDefault(snapshot.id(), List.of())));
        }
        return spreads;
    }

    /** @param newest the view's {@link CatalogView#newestSnapshots} of each, one */
    Map<SnapshotId, Spread> ofNewest(Collection<Snapshot> newest) throws BackupException {
        return of(newest, view.newestCopies(1).stream().collect(Collectors.groupingBy(SnapshotCopy::snapshot)));
    }

    private Map<SnapshotId, List<SnapshotCopy>> copies() throws BackupException {
        Map<SnapshotId, List<SnapshotCopy>> copies = new HashMap<>();
        for (Replica replica : view.replicas()) {
            view.copiesIn(replica.name()).forEach(copy -> copies.computeIfAbsent(copy.snapshot(), id -> new ArrayList<>(2)).add(copy));
        }
        return copies;
    }

    private Spread of(Snapshot snapshot, List<SnapshotCopy> copies) throws BackupException {
        List<Spreads.Place> whole = new ArrayList<>();
        if (!damaged.contains(snapshot.id())) {
            place(snapshot.pool()).ifPresent(whole::add);
        }
        for (SnapshotCopy copy : copies) {
            if (!copy.damaged()) {
                place(copy.replica()).ifPresent(whole::add);
            }
        }
        return Spreads.of(source(snapshot.client()), whole);
    }

    private Optional<Spreads.Place> place(PoolName name) throws BackupException {
        Optional<Spreads.Place> known = places.get(name);
        if (known == null) {
            Pool pool = view.pool(name).orElse(null);
            known = pool == null || MediaSets.isVoid(view, pool) ? Optional.empty()
                    : Optional.of(new Spreads.Place(DeviceTerms.of(view, pool).medium(), sites.of(pool)));
            places.put(name, known);
        }
        return known;
    }

    private SiteName source(ClientName client) throws BackupException {
        SiteName known = sources.get(client);
        if (known == null) {
            known = sites.of(client);
            sources.put(client, known);
        }
        return known;
    }
}
