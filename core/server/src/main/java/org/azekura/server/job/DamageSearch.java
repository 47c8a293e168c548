package org.azekura.server.job;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PackId;
import org.azekura.api.RawPath;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.message.Answer;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.tree.Entry;
import org.azekura.engine.tree.PageRefs;
import org.azekura.engine.tree.Ref;
import org.azekura.engine.tree.TreeReader;
import org.azekura.server.browse.SnapshotBrowser;

/**
 * Finds the snapshots and files that damaged chunks belong to. Descends only into trees whose clear parts lead to damage;
 * a tree found clean once is not looked at again.
 */
final class DamageSearch {

    /** More names than this help nobody; the snapshots are complete all the same. */
    private static final int MAX_FILES = 10_000;

    private final Stage stage;
    private final Pool pool;
    private final TreeReader reader;
    private final Map<ChunkId, List<PackId>> packsOf = new HashMap<>();
    private final Set<ChunkId> lost = new HashSet<>();
    private final Map<ChunkId, Boolean> leadsToDamage = new HashMap<>();
    private final Map<PackId, Set<SnapshotId>> snapshots = new HashMap<>();
    private final Map<PackId, List<String>> files = new HashMap<>();

    DamageSearch(Stage stage, Pool pool) throws BackupException {
        this.stage = stage;
        this.pool = pool;
        this.reader = SnapshotBrowser.reader(stage.trees(), stage.vault(), pool);
    }

    /** The snapshots that need a damaged pack, and what its damage hits: files as {@code SNAPSHOT:PATH}. */
    record Hit(List<SnapshotId> snapshots, List<String> files) {}

    Map<PackId, Hit> hits(List<Answer.DamagedPack> damaged) throws BackupException {
        for (Answer.DamagedPack pack : damaged) {
            snapshots.put(pack.pack(), new LinkedHashSet<>());
            files.put(pack.pack(), new ArrayList<>());
            lost.addAll(pack.chunks());
            pack.chunks().forEach(chunk -> packsOf.computeIfAbsent(chunk, c -> new ArrayList<>()).add(pack.pack()));
            pack.intact().forEach(chunk -> packsOf.computeIfAbsent(chunk, c -> new ArrayList<>()).add(pack.pack()));
        }
        for (Snapshot snapshot : stage.catalog().read(view -> view.snapshotsIn(pool.name()))) {
            if (leads(snapshot.root())) {
                descend(snapshot.id(), snapshot.root(), RawPath.of("/"));
            }
        }
        Map<PackId, Hit> hits = new HashMap<>();
        snapshots.forEach((pack, ids) -> hits.put(pack, new Hit(List.copyOf(ids), files.get(pack))));
        return hits;
    }

    /** By the clear parts alone; depth is that of the tree and its pages. */
    private boolean leads(ChunkId page) throws BackupException {
        Boolean known = leadsToDamage.get(page);
        if (known != null) {
            return known;
        }
        boolean leads = packsOf.containsKey(page);
        for (Ref ref : PageRefs.parse(stage.trees().frame(page).clear().duplicate())) {
            leads |= packsOf.containsKey(ref.id()) || ref.kind() == ChunkKind.TREE && leads(ref.id());
        }
        leadsToDamage.put(page, leads);
        return leads;
    }

    private void descend(SnapshotId snapshot, ChunkId tree, RawPath path) throws BackupException {
        hit(snapshot, tree, null);
        reader.entries(tree, null, entry -> {
            RawPath child = path.child(entry.name());
            switch (entry.content()) {
                case Entry.Content.None none -> { }
                case Entry.Content.Directory(ChunkId below) -> {
                    if (leads(below)) {
                        descend(snapshot, below, child);
                    }
                }
                case Entry.Content.Inline inline -> file(snapshot, inline, child);
                case Entry.Content.Paged paged -> file(snapshot, paged, child);
            }
            return true;
        });
    }

    private void file(SnapshotId snapshot, Entry.Content content, RawPath path) throws BackupException {
        Set<ChunkId> seen = new HashSet<>();
        reader.extents(content, extent -> {
            if (extent.chunk() != null && seen.add(extent.chunk())) {
                hit(snapshot, extent.chunk(), path);
            }
        });
    }

    private void hit(SnapshotId snapshot, ChunkId chunk, RawPath path) {
        for (PackId pack : packsOf.getOrDefault(chunk, List.of())) {
            snapshots.get(pack).add(snapshot);
            List<String> names = files.get(pack);
            String name = path == null || !lost.contains(chunk) ? null : snapshot + ":" + path;
            if (name != null && names.size() < MAX_FILES && (names.isEmpty() || !names.getLast().equals(name))) {
                names.add(name);
            }
        }
    }
}
