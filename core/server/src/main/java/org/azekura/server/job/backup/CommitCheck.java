package org.azekura.server.job.backup;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.JobId;
import org.azekura.api.PoolName;
import org.azekura.api.TrustGroup;
import org.azekura.api.message.ChunkAnswer;
import org.azekura.api.message.ChunkOrder;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.tree.PageRefs;
import org.azekura.engine.tree.Ref;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.job.run.Orders;
import org.azekura.server.trees.TreeStore;

/**
 * Makes sure, before a snapshot is committed, that every id its new tree pages refer to exists. Pages that are not new are
 * the parent's, which was checked when it was committed. Needs no key.
 */
final class CommitCheck {

    private static final int BATCH = 8192;

    private final TreeStore trees;
    private final ConnectedNode node;
    private final JobId job;
    private final PoolName pool;
    private final TrustGroup trustGroup;
    private final Consumer<ChunkId> relied;
    private final Set<ChunkId> asked = new LinkedHashSet<>();

    /** @param relied is told of pages that must not go before the job has ended */
    CommitCheck(TreeStore trees, ConnectedNode node, JobId job, PoolName pool, TrustGroup trustGroup, Consumer<ChunkId> relied) {
        this.relied = relied;
        this.trees = trees;
        this.node = node;
        this.job = job;
        this.pool = pool;
        this.trustGroup = trustGroup;
    }

    /** @throws BackupException {@code snapshot.incomplete} naming the first id that is nowhere */
    void check(ChunkId root, List<ChunkId> newPages) throws BackupException {
        trees.renew();
        here(root);
        for (ChunkId page : newPages) {
            onVolume(page);
            for (Ref ref : PageRefs.parse(trees.frame(page).clear().duplicate())) {
                if (ref.kind() == ChunkKind.TREE) {
                    here(ref.id());
                }
                onVolume(ref.id());
            }
        }
        ask();
        trees.settle();
    }

    /**
     * The same where some pages came in an earlier run of the job, and nobody remembers which: all that the snapshot refers to is
     * looked for. Costs a read of every page.
     */
    void checkAll(ChunkId root) throws BackupException {
        trees.renew();
        Set<ChunkId> seen = new HashSet<>(Set.of(root));
        Deque<ChunkId> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            ChunkId page = open.pop();
            here(page);
            onVolume(page);
            for (Ref ref : PageRefs.parse(trees.frame(page).clear().duplicate())) {
                if (ref.kind() == ChunkKind.DATA) {
                    onVolume(ref.id());
                } else if (seen.add(ref.id())) {
                    open.push(ref.id());
                }
            }
        }
        ask();
        trees.settle();
    }

    /** Noted before it is looked for: a prune that begins in between finds it noted, one that has begun sees it relied on. */
    private void here(ChunkId page) throws BackupException {
        relied.accept(page);
        if (!trees.rely(page)) {
            throw incomplete(page, "the server has no such tree page");
        }
    }

    private void onVolume(ChunkId chunk) throws BackupException {
        asked.add(chunk);
        if (asked.size() == BATCH) {
            ask();
        }
    }

    private void ask() throws BackupException {
        if (!asked.isEmpty()) {
            List<ChunkId> missing = node.ask(new ChunkOrder.CheckChunks(job, pool, trustGroup, new ArrayList<>(asked)), ChunkAnswer.Missing.class,
                    Orders.PROMPT).chunks();
            if (!missing.isEmpty()) {
                throw incomplete(missing.getFirst(), missing.size() + " chunks of the new trees are not on the volume");
            }
            asked.clear();
        }
    }

    private static BackupException incomplete(ChunkId id, String what) {
        return BackupException.corrupt("snapshot.incomplete", id.toString(), "the snapshot was not committed: " + what + ": " + id);
    }
}
