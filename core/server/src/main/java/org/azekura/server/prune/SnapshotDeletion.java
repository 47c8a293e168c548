package org.azekura.server.prune;

import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Replica;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.message.Answer;
import org.azekura.api.message.PoolOrder;
import org.azekura.server.clock.ServerClock;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.host.Hosts;
import org.azekura.server.host.ManifestTurn;
import org.azekura.server.pool.LeftManifests;
import org.azekura.server.pool.MediaSets;
import org.azekura.server.pool.PoolCheckpoint;
import org.azekura.server.pool.PoolVault;
import org.azekura.server.retention.Ages;
import org.azekura.server.retention.Holds;
import org.azekura.server.trees.TreeStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes snapshots: the manifest from the medium first, so that nothing deleted comes back when the catalog is made anew from the media,
 * then the row. Killed in between, the snapshot is there still, and deleting it again completes it.
 */
public final class SnapshotDeletion {

    private static final Logger log = LoggerFactory.getLogger(SnapshotDeletion.class);
    private static final Set<String> HELD = Set.of("snapshot.locked", "snapshot.pinned");

    private final CatalogStore catalog;
    private final TreeStore trees;
    private final PoolVault vault;
    private final Hosts hosts;
    private final ServerClock clock;

    /** @param clock that snapshots are stamped with */
    public SnapshotDeletion(CatalogStore catalog, TreeStore trees, PoolVault vault, Hosts hosts, ServerClock clock) {
        this.catalog = catalog;
        this.trees = trees;
        this.vault = vault;
        this.hosts = hosts;
        this.clock = clock;
    }

    /**
     * @param snapshot as the catalog has it
     * @throws BackupException {@code snapshot.locked}, {@code snapshot.pinned}: nothing was done; or if its pool can't be reached or its medium not be written: the snapshot is there still
     */
    public void delete(Snapshot snapshot) throws BackupException {
        Pool pool = catalog.read(view -> {
            new Holds(view, Ages.of(clock)).requireNone(snapshot);
            return view.pool(snapshot.pool());
        }).orElseThrow();
        SnapshotId id = snapshot.id();
        boolean lies = !catalog.read(view -> MediaSets.isVoid(view, pool));
        if (lies) {
            removeFrom(hosts.node(pool.node()), pool, snapshot);
        } else {
            remove(snapshot);
        }
        removeCopies(snapshot);
        log.info("snapshot={} pool={} client={} deleted", id, pool.name(), snapshot.client());
        if (lies) {
            new PoolCheckpoint(catalog, trees, vault, hosts.node(pool.node()), pool.name()).writeIfDue();
        }
    }

    private void removeFrom(ConnectedNode node, Pool pool, Snapshot snapshot) throws BackupException {
        try (ManifestTurn.Taken _ = node.manifests(pool.name()).take()) {
            node.ask(new PoolOrder.RemoveManifest(pool.name(), snapshot.id()), Answer.Done.class, ConnectedNode.DURABLE);
            try {
                remove(snapshot);
            } catch (BackupException e) {
                if (HELD.contains(e.failure().code())) {
                    layAgain(node, pool, snapshot.id(), e);
                }
                throw e;
            }
        }
    }

    /** Its medium may have taken long: who has pinned or locked it meanwhile was told that it stays. */
    private void remove(Snapshot snapshot) throws BackupException {
        catalog.write(edit -> {
            new Holds(edit, Ages.of(clock)).requireNone(snapshot);
            edit.deleteSnapshot(snapshot.id(), clock.instant());
            return null;
        });
    }

    /** If that fails, a verify does it. */
    private void layAgain(ConnectedNode node, Pool pool, SnapshotId id, BackupException why) {
        try {
            Snapshot whole = catalog.read(view -> view.snapshot(id)).orElse(null);
            if (whole != null) {
                node.ask(new PoolOrder.StoreManifest(null, pool.name(), id, whole.manifest()), Answer.Done.class, ConnectedNode.DURABLE);
            }
        } catch (BackupException e) {
            log.warn("snapshot={} stays, and its manifest is not in pool {} again before a verify: {}", id, pool.name(), e.getMessage());
            why.addSuppressed(e);
        }
    }

    /** A copy whose volume is away now goes when that is served again. */
    private void removeCopies(Snapshot snapshot) throws BackupException {
        SnapshotId id = snapshot.id();
        for (Replica copies : catalog.read(CatalogView::replicas)) {
            if (!copies.of().equals(snapshot.pool())) {
                continue;
            }
            Pool replica = catalog.read(view -> view.pool(copies.name())).orElseThrow();
            try {
                ConnectedNode node = hosts.node(replica.node());
                new LeftManifests(catalog, node, replica.name()).remove(id);
                new PoolCheckpoint(catalog, trees, vault, node, replica.name()).writeIfDue();
            } catch (BackupException e) {
                log.info("snapshot={} its copy in {} goes later: {}", id, replica.name(), e.getMessage());
            }
        }
    }
}
