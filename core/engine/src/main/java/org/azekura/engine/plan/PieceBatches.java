package org.azekura.engine.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PathProblem;
import org.azekura.engine.tree.EntryCodec;

/**
 * Cuts pieces into batches that fit in memory. Several lanes take turns, chunk by chunk, so that what reads them is busy with all of them. All that needs one
 * chunk comes in one batch, as long as that takes it. Used once, by one thread.
 */
final class PieceBatches {

    private final List<PathProblem> problems;
    private final RestorePlan.BatchSink sink;
    private final List<RestorePlan.Part> parts = new ArrayList<>();
    private final Set<ChunkId> chunks = new LinkedHashSet<>();
    private int bytes;
    private boolean told;

    /** Pieces in the order in which they are read. */
    @FunctionalInterface
    interface Lane {
        /** Null behind the last. */
        RestorePlan.Part next() throws BackupException;
    }

    /** What comes when a lane is at its end. */
    @FunctionalInterface
    interface Lanes {
        /** Null if nothing does. */
        Lane next() throws BackupException;
    }

    /** @param problems told with the first batch */
    PieceBatches(List<PathProblem> problems, RestorePlan.BatchSink sink) {
        this.problems = problems;
        this.sink = sink;
    }

    void run(List<Lane> begun, Lanes more) throws BackupException {
        List<Ahead> lanes = new ArrayList<>();
        for (Lane lane : begun) {
            lanes.add(new Ahead(lane));
        }
        for (int turn = 0; !lanes.isEmpty();) {
            turn %= lanes.size();
            if (lanes.get(turn).head == null) {
                if (lanes.size() == 1 && !parts.isEmpty()) {
                    // What comes next may take the only drive: what is read there before is told before.
                    flush();
                }
                Lane next = more.next();
                if (next == null) {
                    lanes.remove(turn);
                } else {
                    lanes.set(turn, new Ahead(next));
                }
            } else {
                take(lanes.get(turn++));
            }
        }
        if (!told && !problems.isEmpty() || !parts.isEmpty()) {
            flush();
        }
    }

    private static final class Ahead {

        private final Lane lane;
        private RestorePlan.Part head;

        Ahead(Lane lane) throws BackupException {
            this.lane = lane;
            this.head = lane.next();
        }
    }

    /** One piece, and all that need no chunk beyond its own. */
    private void take(Ahead lane) throws BackupException {
        add(lane.head);
        lane.head = lane.lane.next();
        while (lane.head != null && RestorePlan.chunks(lane.head).allMatch(chunks::contains)) {
            add(lane.head);
            lane.head = lane.lane.next();
        }
    }

    private void add(RestorePlan.Part part) throws BackupException {
        List<ChunkId> needed = RestorePlan.chunks(part).distinct().toList();
        long more = needed.stream().filter(chunk -> !chunks.contains(chunk)).count();
        int weight = EntryCodec.encode(part.entry()).length + part.path().bytes().length;
        if (chunks.size() + more > RestorePlan.MAX_CHUNKS || parts.size() == RestorePlan.MAX_ENTRIES || !parts.isEmpty() && bytes + weight > RestorePlan.MAX_BYTES) {
            flush();
        }
        chunks.addAll(needed);
        parts.add(part);
        bytes += weight;
    }

    private void flush() throws BackupException {
        sink.batch(List.copyOf(parts), Collections.unmodifiableSet(new LinkedHashSet<>(chunks)), told ? List.of() : List.copyOf(problems));
        told = true;
        parts.clear();
        chunks.clear();
        bytes = 0;
    }
}
