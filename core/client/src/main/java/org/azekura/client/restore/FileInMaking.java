package org.azekura.client.restore;

import java.util.ArrayList;
import java.util.List;
import org.azekura.api.PathProblem;
import org.azekura.engine.tree.Entry;

/** A file that is not complete yet. */
final class FileInMaking {

    final TargetPath path;
    final Entry entry;
    /** What it is called until it is complete. */
    final byte[] temporary;
    final List<PathProblem.Range> gaps = new ArrayList<>();
    /** Whether there is a file of the temporary name. */
    boolean begun;
    /** Nothing is done for it: it is kept as it is, or becomes a link. */
    boolean left;
    /** It could not be written; that was told. */
    boolean broken;
    /** Whether its last part has been planned. */
    boolean planned;
    /** Extents that are planned and not written. */
    int pending;

    FileInMaking(TargetPath path, Entry entry, byte[] temporary) {
        this.path = path;
        this.entry = entry;
        this.temporary = temporary;
    }

    boolean complete() {
        return planned && pending == 0;
    }

    void gap(long from, long length) {
        PathProblem.Range before = gaps.isEmpty() ? null : gaps.getLast();
        if (before != null && before.to() == from) {
            gaps.set(gaps.size() - 1, new PathProblem.Range(before.from(), from + length));
        } else {
            gaps.add(new PathProblem.Range(from, from + length));
        }
    }
}
