package org.azekura.server.job.copy;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PackId;
import org.azekura.api.TrustGroup;
import org.azekura.api.message.ChunkAnswer;
import org.azekura.api.message.ChunkOrder;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.tree.PageRefs;
import org.azekura.engine.tree.Ref;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.job.run.Orders;
import org.azekura.server.trees.IdSet;
import org.azekura.server.trees.TreeStore;

/**
 * Goes through what a snapshot refers to, by the clear parts of its tree pages, and finds the packs that are still to be copied. What is there
 * already, on either side, stays until the copy ends.
 */
final class CopyWalk {

    private static final int BATCH = 8192;

    private final TreeStore trees;
    private final CopyLink link;
    private final TrustGroup group;
    private final IdSet seen;
    private final Set<PackId> bad;
    private final Set<PackId> wanted = new LinkedHashSet<>();
    private final List<ChunkId> open = new ArrayList<>();
    private final List<ChunkId> batch = new ArrayList<>();
    private long lost;
    private ChunkId firstLost;

    /**
     * @param seen pages that were walked already, with all below them; gets the others
     * @param bad  packs that can't be copied
     */
    CopyWalk(TreeStore trees, CopyLink link, TrustGroup group, IdSet seen, Set<PackId> bad) {
        this.trees = trees;
        this.link = link;
        this.group = group;
        this.seen = seen;
        this.bad = bad;
    }

    void run(ChunkId root) throws BackupException {
        take(root, ChunkKind.TREE);
        while (!open.isEmpty()) {
            for (Ref ref : PageRefs.parse(trees.frame(open.removeLast()).clear().duplicate())) {
                take(ref.id(), ref.kind());
            }
            if (batch.size() >= BATCH) {
                ask();
            }
        }
        ask();
    }

    private void take(ChunkId id, ChunkKind kind) {
        if (kind != ChunkKind.TREE) {
            batch.add(id);
        } else if (seen.add(id)) {
            batch.add(id);
            open.add(id);
        }
    }

    private void ask() throws BackupException {
        for (int from = 0; from < batch.size(); from += BATCH) {
            ask(List.copyOf(new LinkedHashSet<>(batch.subList(from, Math.min(batch.size(), from + BATCH)))));
        }
        batch.clear();
    }

    private void ask(List<ChunkId> chunks) throws BackupException {
        List<ChunkId> lacking = missing(link.taker(), new ChunkOrder.CheckChunks(link.record().id(), link.to(), group, chunks));
        if (lacking.isEmpty()) {
            return;
        }
        List<ChunkId> damaged = missing(link.giver(), new ChunkOrder.CheckChunks(link.record().id(), link.from(), group, lacking));
        damaged.forEach(this::lost);
        List<ChunkId> sound = new ArrayList<>(lacking);
        sound.removeAll(Set.copyOf(damaged));
        if (sound.isEmpty()) {
            return;
        }
        ChunkAnswer.Located located = link.giver().ask(new ChunkOrder.LocateChunks(link.from(), group, sound), ChunkAnswer.Located.class, Orders.PROMPT);
        located.missing().forEach(this::lost);
        for (ChunkAnswer.ChunkPlace place : located.places()) {
            if (bad.contains(place.pack())) {
                lost(place.chunk());
            } else {
                wanted.add(place.pack());
            }
        }
    }

    private static List<ChunkId> missing(ConnectedNode node, ChunkOrder.CheckChunks question) throws BackupException {
        return node.ask(question, ChunkAnswer.Missing.class, Orders.PROMPT).chunks();
    }

    private void lost(ChunkId chunk) {
        lost++;
        firstLost = firstLost == null ? chunk : firstLost;
    }

    /** In the order in which they were met. */
    List<PackId> wanted() {
        return List.copyOf(wanted);
    }

    /** Null if everything is there or can be had. */
    String problem() {
        return lost == 0 ? null : lost + " chunks can't be read in pool " + link.from() + " or lie in packs that can't be copied, " + firstLost
                + " among them";
    }
}
