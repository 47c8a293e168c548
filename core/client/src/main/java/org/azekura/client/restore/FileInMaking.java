package org.azekura.client.restore;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.azekura.api.PathProblem;
import org.azekura.client.posix.FileStat;
import org.azekura.engine.tree.Entry;

/** A file that is not complete yet. */
final class FileInMaking {

    final TargetPath path;
    final Entry entry;
    /** What it is called until it is complete. */
    final byte[] temporary;
    private final List<PathProblem.Range> gaps = new ArrayList<>();
    /** The file of the temporary name; null as long as there is none. */
    FileStat made;
    /** Whether it is open and has no name at all until it is complete. */
    boolean unnamed;
    /** Whether it may have got an access list from its directory. */
    boolean lists;
    /** Behind the last byte that was written: so long it is by itself. */
    long end;
    /** Nothing is done for it: it is kept as it is, or becomes a link. */
    boolean skipped;
    /** It could not be written; that was told. */
    boolean broken;
    /** How long it is by its plan; negative until the last part has been planned. */
    long length = -1;
    /** So much of that has been planned: parts come in any order. */
    long planned;
    /** Up to here it was written by an earlier attempt. */
    long have;
    /** Up to here it has been planned. */
    long to;
    /** Extents that are planned and not written. */
    int pending;

    FileInMaking(TargetPath path, Entry entry, byte[] temporary) {
        this.path = path;
        this.entry = entry;
        this.temporary = temporary;
    }

    boolean complete() {
        return planned == length && pending == 0;
    }

    /** What is missing, in no order. */
    List<PathProblem.Range> gaps() {
        return gaps;
    }

    /** Whether nothing or one piece is still to be written, and nothing has been: then it is complete as soon as it is begun. */
    boolean comesAtOnce() {
        return planned == length && pending <= 1 && made == null;
    }

    void gap(long from, long length) {
        gaps.add(new PathProblem.Range(from, from + length));
    }

    /** What is missing, in order, neighbours joined: chunks come in the device's order. */
    List<PathProblem.Range> missing() {
        List<PathProblem.Range> joined = new ArrayList<>();
        gaps.sort(Comparator.comparingLong(PathProblem.Range::from));
        for (PathProblem.Range gap : gaps) {
            PathProblem.Range before = joined.isEmpty() ? null : joined.getLast();
            if (before != null && before.to() >= gap.from()) {
                joined.set(joined.size() - 1, new PathProblem.Range(before.from(), Math.max(before.to(), gap.to())));
            } else {
                joined.add(gap);
            }
        }
        return joined;
    }
}
