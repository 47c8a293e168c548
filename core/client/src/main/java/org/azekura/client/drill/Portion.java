package org.azekura.client.drill;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.azekura.api.ChunkId;
import org.azekura.api.PathProblem;
import org.azekura.api.RawPath;
import org.azekura.api.message.RestoreBatch;
import org.azekura.client.restore.TargetPath;
import org.azekura.engine.chunk.Extent;
import org.azekura.engine.plan.PlanWriter;
import org.azekura.engine.plan.RestorePlan;
import org.azekura.engine.tree.Entry;

/**
 * What is in the scratch place at once: the parts of a plan as a plan of their own, and what is to be found of them. A file that is cut between two portions is a hole in each
 * where the other has its content. One thread.
 */
final class Portion {

    /** Some tens of MiB in memory. */
    private static final int MOST_ENTRIES = 50_000;
    private static final int MOST_SLICES = 200_000;

    private final long most;
    private final boolean asItLies;
    private final Witness witness;
    private final PlanWriter writer = new PlanWriter();
    private final Map<RawPath, Expected> expected = new LinkedHashMap<>();
    private final Map<Long, Expected> groups = new HashMap<>();
    private final Set<RawPath> open = new HashSet<>();
    private final Deque<RestoreBatch> ready = new ArrayDeque<>();
    private long bytes;
    private long slices;

    /**
     * @param most     bytes that it should take
     * @param asItLies whether parts of files come in any order: then none is cut
     */
    Portion(long most, boolean asItLies, Witness witness) {
        this.most = most;
        this.asItLies = asItLies;
        this.witness = witness;
    }

    /** Whether there is no more room for this, and something is there already. */
    boolean isFullWith(PlannedBatch batch) {
        return !expected.isEmpty() && (bytes + batch.bytes() > most || expected.size() + batch.parts().size() > MOST_ENTRIES || slices > MOST_SLICES);
    }

    boolean isOpen() {
        return !open.isEmpty();
    }

    long bytes() {
        return bytes;
    }

    Collection<Expected> entries() {
        return expected.values();
    }

    /** Null if nothing of that path was planned. */
    Expected get(RawPath path) {
        return expected.get(path);
    }

    /** The next batch for the restore, null if it has got all there is so far. */
    RestoreBatch next() {
        return ready.poll();
    }

    /** @param problems gets parts whose path no restore takes */
    void take(PlannedBatch batch, Differences problems) {
        witness.forget();
        List<RestorePlan.Part> parts = new ArrayList<>();
        for (RestorePlan.Part part : batch.parts()) {
            TargetPath path = TargetPath.of(part.path());
            if (path == null) {
                problems.add(part.path(), "its path is not absolute, or leads elsewhere: no restore makes it");
                continue;
            }
            if (!asItLies && part.from() > 0 && !expected.containsKey(part.path())) {
                add(before(path, part));
            }
            take(path, part);
            parts.add(part);
        }
        bytes += batch.bytes();
        List<ChunkId> chunks = batch.keys().stream().map(RestoreBatch.ChunkKey::chunk).toList();
        ready.add(new RestoreBatch(writer.parts(parts, chunks), batch.keys(), List.of()));
    }

    private void add(RestorePlan.Part part) {
        ready.add(new RestoreBatch(writer.parts(List.of(part), List.of()), List.of(), List.of()));
    }

    /** In place of what another portion has of the file. */
    private RestorePlan.Part before(TargetPath path, RestorePlan.Part part) {
        take(path, part.entry()).planned = part.from();
        return new RestorePlan.Part(part.path(), part.entry().with(new Entry.Content.Inline(List.of(Extent.hole(part.from())), null)), 0, false);
    }

    private void take(TargetPath path, RestorePlan.Part part) {
        Expected found = expected.get(path.saved());
        if (found == null) {
            found = take(path, part.entry());
        }
        long at = part.from();
        for (Extent extent : PlannedBatch.extents(part)) {
            if (extent.isHole()) {
                found.holes.add(new PathProblem.Range(at, at + extent.length()));
            } else if (found.first == null) {
                Slice slice = new Slice(at, (int) extent.length());
                found.slices.add(slice);
                slices++;
                witness.want(slice, extent.chunk(), extent.offset());
            }
            at += extent.length();
        }
        found.planned += at - part.from();
        if (part.last()) {
            found.length = at;
            found.ends = true;
        }
        if (found.isOpen()) {
            open.add(path.saved());
        } else {
            open.remove(path.saved());
        }
    }

    private Expected take(TargetPath path, Entry entry) {
        long group = entry.linkGroup();
        Expected made = new Expected(path, entry.with(new Entry.Content.None()), group == 0 ? null : groups.get(group));
        if (group != 0) {
            groups.putIfAbsent(group, made);
        }
        expected.put(path.saved(), made);
        return made;
    }

    /** The end of all files of which more is to come: the rest is a hole. Only of a plan in tree order. */
    void close() {
        for (RawPath path : open) {
            Expected file = expected.get(path);
            file.length = file.planned;
            add(new RestorePlan.Part(path, file.entry, file.planned, true));
        }
        open.clear();
        witness.forget();
    }
}
