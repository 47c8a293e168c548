package org.azekura.server.prune;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.azekura.api.PoolName;
import org.azekura.api.SessionId;
import org.azekura.api.TrustGroup;

/** What was counted of one pool: from which roots, and who sealed the pages that were met. Used by one thread at a time. */
public final class PoolCounts {

    /** Roots of one trust group that came, and that went. */
    public record Change(TrustGroup group, List<LiveRoots.Root> came, List<LiveRoots.Root> went) {}

    private final PoolName pool;
    private final ToIntFunction<TrustGroup> numbers;
    private final Map<TrustGroup, Set<LiveRoots.Root>> roots = new HashMap<>();
    /** How many live pages each has sealed. */
    private final Map<SessionId, Integer> sessions = new HashMap<>();
    private long name;

    PoolCounts(PoolName pool, ToIntFunction<TrustGroup> numbers) {
        this.pool = pool;
        this.numbers = numbers;
    }

    PoolName pool() {
        return pool;
    }

    /** What the storage node calls its counts; 0 while nothing is counted. */
    public long name() {
        return name;
    }

    /** Everything is counted; the node has kept its counts under this name. */
    public void keep(long counts) {
        name = counts;
    }

    /** What a group's counts go by in the tree store. */
    int number(TrustGroup group) {
        return numbers.applyAsInt(group);
    }

    /** What is to be counted, so that these roots are those that were counted: they are from here on. */
    public List<Change> change(LiveRoots live) {
        List<Change> changes = new ArrayList<>();
        Set<TrustGroup> groups = new HashSet<>(live.roots().keySet());
        groups.addAll(roots.keySet());
        for (TrustGroup group : groups) {
            Set<LiveRoots.Root> now = new HashSet<>(live.roots().getOrDefault(group, List.of()));
            Set<LiveRoots.Root> before = roots.getOrDefault(group, Set.of());
            changes.add(new Change(group, now.stream().filter(root -> !before.contains(root)).toList(),
                    before.stream().filter(root -> !now.contains(root)).toList()));
            roots.put(group, now);
        }
        roots.values().removeIf(Set::isEmpty);
        return changes;
    }

    /** A page is alive from here on ({@code by} 1), or not any more (-1). */
    void sealed(SessionId session, int by) {
        sessions.merge(session, by, (a, b) -> a + b == 0 ? null : a + b);
    }

    /** Sessions that sealed what is alive. */
    public Set<SessionId> sessions() {
        return Set.copyOf(sessions.keySet());
    }
}
