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
    interface Pieces {
        /** Null behind the last. */
        RestorePlan.Part next() throws BackupException;
    }

    /** Those of one cartridge, by its number. */
    record Lane(int cartridge, Pieces pieces) {}

    /** What comes when a lane is at its end. */
    interface Lanes {

        Lanes NONE = new Lanes() {
            @Override
            public boolean isEmpty() {
                return true;
            }

            @Override
            public Lane after(int done) {
                throw new IllegalStateException("there are no more lanes");
            }
        };

        boolean isEmpty();

        /** The next one, if there is one; takes the place of this cartridge, -1 for none. */
        Lane after(int done) throws BackupException;
    }

    /** @param problems told with the first batch */
    PieceBatches(List<PathProblem> problems, RestorePlan.BatchSink sink) {
        this.problems = problems;
        this.sink = sink;
    }

    void run(List<Lane> begun, Intake intake, Lanes more) throws BackupException {
        List<Ahead> lanes = new ArrayList<>();
        for (Lane lane : begun) {
            lanes.add(new Ahead(lane));
        }
        for (int turn = 0; !lanes.isEmpty();) {
            turn %= lanes.size();
            Ahead lane = lanes.get(turn);
            if (lane.head != null) {
                take(lane);
                turn++;
            } else if (more.isEmpty()) {
                lanes.remove(turn);
            } else if (isRead(lane, lanes, intake)) {
                lanes.set(turn, new Ahead(more.after(lane.lane.cartridge)));
            } else {
                turn++;
            }
        }
        if (!told && !problems.isEmpty() || !parts.isEmpty()) {
            flush();
        }
    }

    /** What comes next takes the drive of a lane that is at its end. As long as that is read there others go on; if there are none it is waited for. */
    private boolean isRead(Ahead ended, List<Ahead> lanes, Intake intake) throws BackupException {
        if (ended.end < 0) {
            if (!parts.isEmpty()) {
                flush();
            }
            ended.end = intake.sent();
        } else if (ended.looked == intake.sent() && lanes.stream().anyMatch(lane -> lane.head != null)) {
            return false;
        }
        ended.looked = intake.sent();
        if (lanes.stream().allMatch(lane -> lane.head == null)) {
            if (!parts.isEmpty()) {
                flush();
            }
            intake.await(ended.end);
        }
        return intake.isThrough(ended.end);
    }

    private static final class Ahead {

        private final Lane lane;
        private RestorePlan.Part head;
        /** The batch with its last piece; -1: it is not at its end, or that was not sent. */
        private long end = -1;
        /** The last batch when it was looked whether that was read. */
        private long looked = -1;

        Ahead(Lane lane) throws BackupException {
            this.lane = lane;
            this.head = lane.pieces.next();
        }
    }

    /** One piece, and all that need no chunk beyond its own. */
    private void take(Ahead lane) throws BackupException {
        add(lane.head);
        lane.head = lane.lane.pieces.next();
        while (lane.head != null && RestorePlan.chunks(lane.head).allMatch(chunks::contains)) {
            add(lane.head);
            lane.head = lane.lane.pieces.next();
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
