package org.azekura.server.job.damage;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.tree.PageRefs;
import org.azekura.engine.tree.Ref;
import org.azekura.server.job.run.Halt;
import org.azekura.server.trees.TreeStore;

/** Which tree pages lead to damage, by their clear parts alone. Each is looked at once. One thread. */
final class LeadingPages {

    private final TreeStore trees;
    private final Predicate<ChunkId> damaged;
    private final Halt halt;
    private final Map<ChunkId, Boolean> known = new HashMap<>();

    /** @param halt ends it */
    LeadingPages(TreeStore trees, Predicate<ChunkId> damaged, Halt halt) {
        this.trees = trees;
        this.damaged = damaged;
        this.halt = halt;
    }

    /** A tree may be thousands of directories deep: the way down is kept here, not on the thread's stack. */
    boolean leads(ChunkId root) throws BackupException {
        Deque<Descent> way = new ArrayDeque<>();
        if (!known.containsKey(root)) {
            way.push(descent(root));
        }
        while (!way.isEmpty()) {
            Descent top = way.peek();
            ChunkId child = top.trees.poll();
            if (child == null) {
                known.put(top.page, top.leads);
                way.pop();
            } else if (!known.containsKey(child)) {
                top.trees.push(child); // looked at again when it is known
                way.push(descent(child));
            } else {
                top.leads |= known.get(child);
            }
        }
        return known.get(root);
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
        descent.leads = damaged.test(page);
        for (Ref ref : PageRefs.parse(trees.frame(page).clear().duplicate())) {
            descent.leads |= damaged.test(ref.id());
            if (ref.kind() == ChunkKind.TREE) {
                descent.trees.add(ref.id());
            }
        }
        return descent;
    }
}
