package org.azekura.engine.plan;

import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.RawPath;
import org.azekura.engine.chunk.Extent;
import org.azekura.engine.tree.Entry;

/** Cuts files into pieces that lie in one go: a chunk, or some that lie one directly behind the other. Holes go with what is before or behind them. */
final class PieceCut {

    /** Large enough for reading on, small enough that two cartridges take turns. */
    static final int MAX_CHUNKS = 16;

    /** A run of a file's extents that is not located yet; of what is no file, whose number is -1, the whole. */
    record Run(int file, RawPath path, Entry entry, long from, List<Extent> extents, boolean last) {}

    /** Says where a chunk lies; null if it is nowhere. */
    @FunctionalInterface
    interface Lies {
        Lie of(ChunkId chunk);
    }

    /** Takes pieces; one without chunks, or whose chunk is nowhere, has no place. */
    @FunctionalInterface
    interface Sink {
        void piece(int file, Lie at, RestorePlan.Part part) throws BackupException;
    }

    private final Lies lies;
    private final Sink sink;

    PieceCut(Lies lies, Sink sink) {
        this.lies = lies;
        this.sink = sink;
    }

    void cut(Run run) throws BackupException {
        if (run.file < 0) {
            sink.piece(run.file, null, new RestorePlan.Part(run.path, run.entry, run.from, run.last));
            return;
        }
        List<Extent> piece = new ArrayList<>();
        long from = run.from;
        long at = run.from;
        boolean placed = false;
        Lie first = null;
        Lie before = null;
        int chunks = 0;
        for (Extent extent : run.extents) {
            if (!extent.isHole()) {
                Lie lie = lies.of(extent.chunk());
                boolean goesOn = placed && lie != null && before != null && lie.goesOn(before) && chunks < MAX_CHUNKS;
                if (placed && !goesOn) {
                    send(run, piece, from, first, false);
                    from = at;
                    placed = false;
                }
                if (!placed) {
                    first = lie;
                    chunks = 0;
                }
                placed = true;
                before = lie;
                chunks++;
            }
            piece.add(extent);
            at += extent.length();
        }
        send(run, piece, from, placed ? first : null, run.last);
    }

    private void send(Run run, List<Extent> piece, long from, Lie at, boolean last) throws BackupException {
        // No hash of the whole: what is restored is held against each chunk's id.
        sink.piece(run.file, at, new RestorePlan.Part(run.path, run.entry.with(new Entry.Content.Inline(List.copyOf(piece), null)), from, last));
        piece.clear();
    }
}
