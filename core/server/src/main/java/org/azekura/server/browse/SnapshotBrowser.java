package org.azekura.server.browse;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.ClientName;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.catalog.SnapshotCopy;
import org.azekura.api.server.Snapshots;
import org.azekura.api.server.Spread;
import org.azekura.engine.snapshot.Manifest;
import org.azekura.engine.snapshot.SignedManifest;
import org.azekura.engine.tree.Entry;
import org.azekura.engine.tree.PageNames;
import org.azekura.engine.tree.TreeReader;
import org.azekura.server.names.NameSearch;
import org.azekura.server.pool.PoolVault;
import org.azekura.server.prune.SnapshotDeletion;
import org.azekura.server.trees.SealedTrees;
import org.azekura.server.trees.TreeStore;

/** Snapshots, and their directories as far as this server holds the key of their pool. */
public final class SnapshotBrowser implements Snapshots {

    /** Digits; fewer tell nothing apart. */
    private static final int SHORTEST = 4;

    private final CatalogStore catalog;
    private final TreeStore trees;
    private final PoolVault vault;
    private final SnapshotDeletion deletion;
    private final UnaryOperator<Instant> corrected;
    private final Where whereabouts;
    private final Spreading spreading;
    private final NameSearch search;

    /** Tells how snapshots are spread. */
    @FunctionalInterface
    public interface Spreading {
        Map<SnapshotId, Spread> of(Collection<Snapshot> snapshots) throws BackupException;
    }

    /** Tells where parts of a snapshot lie. */
    @FunctionalInterface
    public interface Where {
        List<Lying> of(Snapshot snapshot, List<RawPath> paths) throws BackupException;
    }

    /** @param corrected when something was received, by its stamp */
    public SnapshotBrowser(CatalogStore catalog, TreeStore trees, PoolVault vault, SnapshotDeletion deletion, UnaryOperator<Instant> corrected,
            Where whereabouts, Spreading spreading, NameSearch search) {
        this.spreading = spreading;
        this.search = search;
        this.whereabouts = new FewAtATime(whereabouts);
        this.corrected = corrected;
        this.deletion = deletion;
        this.catalog = catalog;
        this.trees = trees;
        this.vault = vault;
    }

    /** A reader of one pool's trees. */
    public static TreeReader reader(TreeStore trees, PoolVault vault, Pool pool) throws BackupException {
        return new TreeReader(new SealedTrees(trees, session -> vault.session(pool, session), new PageNames(vault.keys(pool).idKey())));
    }

    /** Whether the path is in the tree. */
    public static boolean exists(TreeReader trees, ChunkId root, RawPath path) throws BackupException {
        List<byte[]> names = path.names();
        return names.isEmpty() || entry(trees, root, names) != null;
    }

    @Override
    public List<Snapshot> list(ClientName client) throws BackupException {
        return catalog.read(view -> {
            requireKnown(view, client);
            return view.snapshots(client);
        }).stream().map(this::corrected).toList();
    }

    private static void requireKnown(CatalogView view, ClientName client) throws BackupException {
        if (client != null && view.client(client).isEmpty()) {
            throw BackupException.operator("client.unknown", client.value(), "there is no client " + client + "; \"azekura client list\" names them all");
        }
    }

    @Override
    public Page page(ClientName client, Place after, int limit, Instant until, Predicate<Snapshot> wanted) throws BackupException {
        catalog.read(view -> {
            requireKnown(view, client);
            return null;
        });
        return new SnapshotPages(catalog, client, this::corrected).page(after, limit, until, wanted);
    }

    private Snapshot corrected(Snapshot snapshot) {
        return snapshot.received(corrected.apply(snapshot.received()));
    }

    @Override
    public Snapshot find(String id) throws BackupException {
        return catalog.read(view -> {
            List<Snapshot> found = id.length() < SHORTEST ? List.of() : view.snapshotsBeginningWith(id);
            if (found.size() > 1) {
                throw BackupException.operator("snapshot.ambiguous", id, id + " is the beginning of more than one snapshot id, like "
                        + found.get(0).id() + " and " + found.get(1).id() + "; give more digits");
            }
            return found.isEmpty() ? Optional.<Snapshot>empty() : view.snapshot(found.getFirst().id());
        }).map(this::corrected).orElseThrow(() -> unknown(id));
    }

    private static BackupException unknown(String id) {
        return BackupException.operator("snapshot.unknown", id, "there is no snapshot " + id + "; \"azekura snapshot list\" names them all");
    }

    @Override
    public void delete(SnapshotId id) throws BackupException {
        deletion.delete(catalog.read(view -> view.snapshot(id)).orElseThrow(() -> unknown(id.toString())));
        search.changed();
    }

    @Override
    public List<Copy> copies(SnapshotId id) throws BackupException {
        return catalog.read(view -> {
            view.snapshot(id).orElseThrow(() -> unknown(id.toString()));
            List<Copy> copies = new ArrayList<>();
            for (SnapshotCopy copy : view.copies(id)) {
                Pool replica = view.pool(copy.replica()).orElseThrow();
                copies.add(new Copy(view.replica(copy.replica()).orElseThrow().within(), replica.node(), copy.job(), copy.at(), copy.damaged()));
            }
            return copies;
        });
    }

    @Override
    public Map<SnapshotId, Spread> spreads(Collection<Snapshot> snapshots) throws BackupException {
        return spreading.of(snapshots);
    }

    @Override
    public List<Lying> where(SnapshotId id, List<RawPath> paths) throws BackupException {
        return whereabouts.of(catalog.read(view -> view.snapshot(id)).orElseThrow(() -> unknown(id.toString())), paths);
    }

    @Override
    public Details details(SnapshotId id) throws BackupException {
        Snapshot snapshot = catalog.read(view -> view.snapshot(id)).orElseThrow(() -> unknown(id.toString()));
        Pool pool = catalog.read(view -> view.pool(snapshot.pool())).orElseThrow();
        Manifest manifest = SignedManifest.parse(snapshot.manifest()).verified();
        var details = manifest.details(vault.keys(pool).session(manifest.sealedKey()));
        return new Details(details.roots(), details.rules(), details.oneFileSystem(), details.skipped());
    }

    @Override
    public List<Listed> list(SnapshotId id, RawPath path, RawPath after, int limit) throws BackupException {
        Snapshot snapshot = get(id);
        TreeReader reader = reader(snapshot.pool());
        List<byte[]> names = path.names();
        Entry entry = names.isEmpty() ? null : entry(reader, snapshot.root(), names);
        if (entry == null && !names.isEmpty()) {
            throw BackupException.operator("path.unknown", path.toString(), path + " is not in snapshot " + id);
        }
        if (entry != null && !(entry.content() instanceof Entry.Content.Directory)) {
            return List.of(listed(path, entry));
        }
        ChunkId tree = entry != null && entry.content() instanceof Entry.Content.Directory(ChunkId below) ? below : snapshot.root();
        List<Listed> page = new ArrayList<>();
        reader.entries(tree, after == null ? null : after.bytes(), one -> {
            page.add(listed(path.child(one.name()), one));
            return page.size() < limit;
        });
        return page;
    }

    @Override
    public List<Difference> differences(SnapshotId before, SnapshotId now, RawPath after, int limit) throws BackupException {
        Snapshot old = get(before);
        Snapshot young = get(now);
        if (!old.pool().equals(young.pool())) {
            throw BackupException.operator("snapshot.pools", before.toString(), "snapshot " + before + " is in pool " + old.pool() + ", " + now
                    + " in pool " + young.pool() + "; only snapshots of one pool can be compared");
        }
        return new Differences(reader(old.pool()), limit).between(old.root(), young.root(), after);
    }

    @Override
    public Found search(Wanted wanted, int limit) throws BackupException {
        if (wanted.clients() != null && wanted.clients().size() == 1) {
            list(wanted.clients().iterator().next()); // refuses one that is not there
        }
        return search.search(wanted, limit);
    }

    private Snapshot get(SnapshotId id) throws BackupException {
        return catalog.read(view -> view.snapshot(id)).orElseThrow(() -> unknown(id.toString()));
    }

    private TreeReader reader(PoolName name) throws BackupException {
        return reader(trees, vault, catalog.read(view -> view.pool(name)).orElseThrow());
    }

    /** The entry of these names, one below the other; null if there is none. */
    public static Entry entry(TreeReader trees, ChunkId root, List<byte[]> names) throws BackupException {
        ChunkId tree = root;
        Entry entry = null;
        for (byte[] name : names) {
            if (tree == null) {
                return null;
            }
            entry = trees.find(tree, name);
            if (entry == null) {
                return null;
            }
            tree = entry.content() instanceof Entry.Content.Directory(ChunkId below) ? below : null;
        }
        return entry;
    }

    private static Listed listed(RawPath path, Entry entry) {
        return new Listed(path, TypeWords.of(entry.type()), entry.size(), entry.mode(), entry.mtime(), entry.user(), entry.group(),
                entry.target() == null ? null : new RawPath(entry.target()));
    }
}
