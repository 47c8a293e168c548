package org.azekura.server.names;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.azekura.api.BackupException;
import org.azekura.api.PathProblem;
import org.azekura.api.RawPath;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.names.NameChange;
import org.azekura.api.names.NameDay;
import org.azekura.api.names.NameIndex;
import org.azekura.api.names.NameLine;
import org.azekura.api.names.NameState;
import org.azekura.engine.plan.PairWalk;
import org.azekura.engine.tree.Entry;
import org.azekura.engine.tree.TreeReader;

/** Reads what a snapshot changed, and gives it to the index part by part. What is the same as before is not read. */
final class DayReading implements PairWalk.Visitor {

    private static final int PART_BYTES = 4 << 20;

    private final NameIndex index;
    private final Snapshot snapshot;
    private final boolean baseStands;
    private final int part;
    private final BooleanSupplier stop;
    private final List<NameChange> changes = new ArrayList<>();
    private final List<PathProblem> problems = new ArrayList<>();
    private long bytes;
    private boolean stopped;
    private boolean baseLost;

    /** How it ended. */
    enum End {
        WHOLE,
        /** A part is there; the rest is for another time. */
        STOPPED,
        /** What it was compared with is deleted, and has not all its pages any more. */
        BASE_LOST
    }

    /**
     * @param baseStands whether the snapshot that it is compared with is in the catalog
     * @param part       how many changes one part has
     * @param stop       asked after each part: whether to leave the rest for another time
     */
    DayReading(NameIndex index, Snapshot snapshot, boolean baseStands, int part, BooleanSupplier stop) {
        this.part = part;
        this.index = index;
        this.baseStands = baseStands;
        this.snapshot = snapshot;
        this.stop = stop;
    }

    /** @param line what the index has of its save set, null if nothing; if a part of this snapshot is there, it goes on behind that */
    End read(TreeReader trees, NameLine line) throws BackupException {
        RawPath after = line != null && snapshot.id().equals(line.partial()) ? line.upTo() : null;
        new PairWalk(trees, this).walk(line == null ? null : line.root(), snapshot.root(), after);
        if (baseLost) {
            return End.BASE_LOST;
        }
        if (!stopped) {
            give(null);
        }
        return stopped ? End.STOPPED : End.WHOLE;
    }

    @Override
    public PairWalk.Next pair(RawPath path, Entry before, Entry now) throws BackupException {
        NameState old = before == null ? null : Looks.of(before);
        NameState state = now == null ? null : Looks.of(now);
        if (old == null || !old.equals(state)) {
            changes.add(new NameChange(path, before != null, state));
            bytes += path.bytes().length;
        }
        if (changes.size() >= part || bytes >= PART_BYTES) {
            give(path);
            stopped = stop.getAsBoolean();
        }
        return stopped || baseLost ? PairWalk.Next.STOP : PairWalk.Next.INTO;
    }

    private void give(RawPath upTo) throws BackupException {
        index.add(snapshot.pool(), new NameDay(snapshot.client(), snapshot.saveSet(), snapshot.id(), snapshot.root(), upTo), List.copyOf(changes), List.copyOf(problems));
        changes.clear();
        problems.clear();
        bytes = 0;
    }

    @Override
    public void unreadable(PathProblem problem) {
        problems.add(problem);
        baseLost = !baseStands;
    }
}
