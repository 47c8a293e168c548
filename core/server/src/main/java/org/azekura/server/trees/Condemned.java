package org.azekura.server.trees;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.azekura.api.JobId;

/**
 * When condemned segments may be deleted. A job that is in the catalog looks what is condemned, and writes anew what it needs of that. So jobs that began
 * when all could see it rely on nothing there; the others had not ended then, and are waited for: once they have, their snapshots are in the catalog,
 * and a prune that begins later finds what of it is alive. No clock is asked, and no other server. Thread-safe.
 *
 * <p>Nothing of this is written down: of a segment that another process has condemned nobody knows how long ago, so what has not ended now is waited for.
 */
final class Condemned {

    private final Map<Segment, Set<JobId>> awaited = new HashMap<>();
    private Set<Segment> ripe = Set.of();

    /** A prune begins. @param unended asked before anything alive is looked for */
    synchronized void look(Set<Segment> condemned, Set<JobId> unended) {
        awaited.keySet().retainAll(condemned);
        condemned.forEach(segment -> awaited.computeIfAbsent(segment, one -> new HashSet<>(unended)).retainAll(unended));
        ripe = new HashSet<>();
        awaited.forEach((segment, jobs) -> {
            if (jobs.isEmpty()) {
                ripe.add(segment);
            }
        });
    }

    /** These are condemned. @param unended asked behind that */
    synchronized void await(Collection<Segment> segments, Set<JobId> unended) {
        segments.forEach(segment -> awaited.put(segment, new HashSet<>(unended)));
    }

    /** Those that the prune may delete that has begun last, but for pages that it finds alive. */
    synchronized List<Segment> ripe() {
        return List.copyOf(ripe);
    }
}
