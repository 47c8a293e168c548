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
import org.azekura.api.VolumeId;
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

/**
 * Finds the snapshots and files that damaged chunks belong to. Descends only into trees whose clear parts lead to damage;
 * a tree found clean once is not looked at again.
 */
public final class DamageSearch {

    /** More names than this help nobody; the snapshots are complete all the same. */
    private static final int MAX_FILES = 10_000;

    private final Stage stage;
    private final Pool pool;
    private final Halt halt;
    /** Null without the pool's key: then the snapshots are named, and no files. */
    private final TreeReader reader;
    private final Map<ChunkId, List<PackId>> packsOf = new HashMap<>();
    private final Set<ChunkId> lost = new HashSet<>();
    private final Map<ChunkId, Boolean> leadsToDamage = new HashMap<>();
    private final Map<PackId, Set<SnapshotId>> snapshots = new HashMap<>();
    private final Map<PackId, List<String>> files = new HashMap<>();

    public DamageSearch(Stage stage, Pool pool) throws BackupException {
        this(stage, pool, new Halt());
    }

    private DamageSearch(Stage stage, Pool pool, Halt halt) throws BackupException {
        this.halt = halt;
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
    public static List<SnapshotId> needing(Stage stage, Pool pool, List<ChunkId> chunks, Halt halt) throws BackupException {
        PackAnswer.DamagedPack all = new PackAnswer.DamagedPack(new PackId(0, 0), new VolumeId(0, 0), chunks, List.of(), "gone");
        return chunks.isEmpty() ? List.of() : new DamageSearch(stage, pool, halt).hits(List.of(all)).get(all.pack()).snapshots();
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
                if (leads(snapshot.root())) {
                    descend(snapshot.id(), snapshot.root());
                }
            } catch (BackupException e) {
                if (stage.catalog().read(view -> view.snapshot(snapshot.id())).isPresent()) {
                    throw e;
                }
                forget(snapshot.id()); // it was deleted, and a prune took its tree
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

    /** By the clear parts alone. A tree may be thousands of directories deep: the way down is kept here, not on the thread's stack. */
    private boolean leads(ChunkId root) throws BackupException {
        Deque<Descent> way = new ArrayDeque<>();
        if (!leadsToDamage.containsKey(root)) {
            way.push(descent(root));
        }
        while (!way.isEmpty()) {
            Descent top = way.peek();
            ChunkId child = top.trees.poll();
            if (child == null) {
                leadsToDamage.put(top.page, top.leads);
                way.pop();
            } else if (!leadsToDamage.containsKey(child)) {
                top.trees.push(child); // looked at again when it is known
                way.push(descent(child));
            } else {
                top.leads |= leadsToDamage.get(child);
            }
        }
        return leadsToDamage.get(root);
    }

    /** A page on the way down, with the trees below it that are still to be looked at. */
    private static final class Descent {
        final ChunkId page;
        final Deque<ChunkId> trees = new ArrayDeque<>();
        boolean leads;

        Descent(ChunkId page) {
            this.page = page;
        }
    }

    private Descent descent(ChunkId page) throws BackupException {
        halt.check();
        Descent descent = new Descent(page);
        descent.leads = packsOf.containsKey(page);
        for (Ref ref : PageRefs.parse(stage.trees().frame(page).clear().duplicate())) {
            descent.leads |= packsOf.containsKey(ref.id());
            if (ref.kind() == ChunkKind.TREE) {
                descent.trees.add(ref.id());
            }
        }
        return descent;
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
                    boolean leads = leads(below);
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
        Deque<ChunkId> pages = new ArrayDeque<>(seen);
        while (!pages.isEmpty()) {
            ChunkId page = pages.pop();
            hit(snapshot, page, null);
            for (Ref ref : PageRefs.parse(stage.trees().frame(page).clear().duplicate())) {
                hit(snapshot, ref.id(), null);
                if (ref.kind() == ChunkKind.TREE && seen.add(ref.id()) && leads(ref.id())) {
                    pages.push(ref.id());
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
