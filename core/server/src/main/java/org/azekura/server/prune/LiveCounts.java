package org.azekura.server.prune;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.azekura.api.PoolName;
import org.azekura.api.TrustGroup;
import org.azekura.server.trees.TreeMarks;

/**
 * What earlier prunes have counted, pool by pool, for as long as this process and its tree store live. Whoever takes a pool's counts has them
 * alone; if they are not given back, because something went wrong, they count for nothing. Used by whoever has the {@link TreeMarks}, and
 * nobody else.
 */
public final class LiveCounts {

    /** Counts what only the prune that runs has to keep. */
    static final int KEEPING = 1;

    private record Counter(PoolName pool, TrustGroup group) {}

    private final Map<Counter, Integer> numbers = new HashMap<>();
    private final Map<PoolName, PoolCounts> kept = new HashMap<>();
    private boolean keeping;
    private int last = KEEPING;

    /**
     * To be called when marks begin: if pages went that were counted, everything is counted anew.
     *
     * @param pools that there are
     */
    public void check(TreeMarks marks, Set<PoolName> pools) {
        if (marks.isDoubtful()) {
            kept.clear();
            marks.clearAll();
        } else if (keeping) {
            marks.clear(number -> number == KEEPING);
        }
        keeping = false;
        kept.keySet().retainAll(pools);
        Set<Integer> gone = numbers(pool -> !pools.contains(pool));
        if (!gone.isEmpty()) {
            marks.clear(gone::contains);
            numbers.keySet().removeIf(counter -> !pools.contains(counter.pool()));
        }
    }

    private Set<Integer> numbers(Predicate<PoolName> pools) {
        Set<Integer> found = new HashSet<>();
        numbers.forEach((counter, number) -> {
            if (pools.test(counter.pool())) {
                found.add(number);
            }
        });
        return found;
    }

    /** The pool's counts to go on with; null if there are none. */
    public PoolCounts take(PoolName pool) {
        return kept.remove(pool);
    }

    /** Begins to count from nothing. */
    public PoolCounts begin(PoolName pool, TreeMarks marks) {
        kept.remove(pool);
        Set<Integer> earlier = numbers(pool::equals);
        marks.clear(earlier::contains);
        return new PoolCounts(pool, group -> numbers.computeIfAbsent(new Counter(pool, group), counter -> ++last));
    }

    /** Everything is counted. */
    public void keep(PoolCounts counts) {
        kept.put(counts.pool(), counts);
    }

    /** The pool's counts, to be looked at only, by who counts what else is to be kept; what is not kept counts as nothing counted. */
    PoolCounts keeping(PoolName pool, TreeMarks marks) {
        keeping = true;
        PoolCounts counts = kept.get(pool);
        return counts == null ? begin(pool, marks) : counts;
    }
}
