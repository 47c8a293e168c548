package org.azekura.server.job.damage;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PackId;
import org.azekura.api.PathProblem;
import org.azekura.api.RawPath;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.message.PackAnswer;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.plan.TreeWalk;
import org.azekura.engine.tree.Entry;
import org.azekura.engine.tree.PageRefs;
import org.azekura.engine.tree.Ref;
import org.azekura.engine.tree.TreeReader;
import org.azekura.server.browse.SnapshotBrowser;
import org.azekura.server.job.run.Halt;
import org.azekura.server.job.run.Stage;
import org.azekura.server.trees.IdSet;

/**
 * Finds the snapshots and files that damaged chunks belong to. Descends only into trees whose clear parts lead to damage;
 * a tree found clean once is not looked at again.
 */
public final class DamageSearch {

    /** More names than this help nobody; the snapshots are complete all the same. */
    private static final int MAX_FILES = 10_000;

    private final Stage stage;
    private final Pool pool;
    /** Null without the pool's key: then the snapshots are named, and no files. */
    private final TreeReader reader;
    private final Map<ChunkId, List<PackId>> packsOf = new HashMap<>();
    private final Set<ChunkId> lost = new HashSet<>();
    private final LeadingPages pages;
    private final Map<PackId, Set<SnapshotId>> snapshots = new HashMap<>();
    private final Map<PackId, List<String>> files = new HashMap<>();

    public DamageSearch(Stage stage, Pool pool) throws BackupException {
        this.pages = new LeadingPages(stage.trees(), packsOf::containsKey, new Halt());
        this.stage = stage;
        this.pool = pool;
        this.reader = stage.vault().opens(pool) ? SnapshotBrowser.reader(stage.trees(), stage.vault(), pool) : null;
    }

    /** The snapshots that need a damaged pack, and what its damage hits: files as {@code SNAPSHOT:PATH}. */
    public record Hit(List<SnapshotId> snapshots, List<String> files) {}

    /**
     * The snapshots that refer to any of these chunks.
     *
     * @param halt ends it
     */
    public static List<SnapshotId> needing(Stage stage, Pool pool, IdSet chunks, Halt halt) throws BackupException {
        List<SnapshotId> needing = new ArrayList<>();
        LeadingPages pages = new LeadingPages(stage.trees(), chunks::contains, halt);
        for (Snapshot snapshot : chunks.size() == 0 ? List.<Snapshot>of() : stage.catalog().read(view -> view.snapshotsIn(pool.name()))) {
            try {
                if (pages.leads(snapshot.root())) {
                    needing.add(snapshot.id());
                }
            } catch (BackupException e) {
                requireGone(stage, snapshot, e);
            }
        }
        return needing;
    }

    /** One that was deleted, and whose tree a prune took. */
    private static void requireGone(Stage stage, Snapshot snapshot, BackupException failure) throws BackupException {
        if (stage.catalog().read(view -> view.snapshot(snapshot.id())).isPresent()) {
            throw failure;
        }
    }

    public Map<PackId, Hit> hits(List<PackAnswer.DamagedPack> damaged) throws BackupException {
        for (PackAnswer.DamagedPack pack : damaged) {
            snapshots.put(pack.pack(), new LinkedHashSet<>());
            files.put(pack.pack(), new ArrayList<>());
            lost.addAll(pack.chunks());
            pack.chunks().forEach(chunk -> packsOf.computeIfAbsent(chunk, c -> new ArrayList<>()).add(pack.pack()));
            pack.intact().forEach(chunk -> packsOf.computeIfAbsent(chunk, c -> new ArrayList<>()).add(pack.pack()));
        }
        for (Snapshot snapshot : stage.catalog().read(view -> view.snapshotsIn(pool.name()))) {
            try {
                if (pages.leads(snapshot.root())) {
                    descend(snapshot.id(), snapshot.root());
                }
            } catch (BackupException e) {
                requireGone(stage, snapshot, e);
                forget(snapshot.id());
            }
        }
        Map<PackId, Hit> hits = new HashMap<>();
        snapshots.forEach((pack, ids) -> hits.put(pack, new Hit(List.copyOf(ids), files.get(pack))));
        return hits;
    }

    private void forget(SnapshotId snapshot) {
        snapshots.values().forEach(hit -> hit.remove(snapshot));
        files.values().forEach(names -> names.removeIf(name -> name.startsWith(snapshot + ":")));
    }

    private void descend(SnapshotId snapshot, ChunkId root) throws BackupException {
        if (reader == null) {
            descendWithoutKey(snapshot, root);
            return;
        }
        hit(snapshot, root, null);
        new TreeWalk(reader, new TreeWalk.Visitor() {
            @Override
            public boolean entry(RawPath path, Entry entry) throws BackupException {
                if (entry.content() instanceof Entry.Content.Directory(ChunkId below)) {
                    boolean leads = pages.leads(below);
                    if (leads) {
                        hit(snapshot, below, null);
                    }
                    return leads;
                }
                file(snapshot, entry.content(), path);
                return false;
            }

            @Override
            public void unreadable(PathProblem problem) {
                // A page that is damaged here is no damage of a pack: the medium has its own.
            }
        }).walk(root);
    }

    /** By the clear parts, each page once. */
    private void descendWithoutKey(SnapshotId snapshot, ChunkId root) throws BackupException {
        Set<ChunkId> seen = new HashSet<>(Set.of(root));
        Deque<ChunkId> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            ChunkId page = open.pop();
            hit(snapshot, page, null);
            for (Ref ref : PageRefs.parse(stage.trees().frame(page).clear().duplicate())) {
                hit(snapshot, ref.id(), null);
                if (ref.kind() == ChunkKind.TREE && seen.add(ref.id()) && pages.leads(ref.id())) {
                    open.push(ref.id());
                }
            }
        }
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
