package org.azekura.api.names;

import java.util.List;
import org.azekura.api.ChunkId;
import org.azekura.api.ClientName;
import org.azekura.api.PathProblem;
import org.azekura.api.RawPath;
import org.azekura.api.SaveSetName;
import org.azekura.api.SnapshotId;

/**
 * What the index knows of the snapshots of one save set in one pool.
 *
 * @param days     the snapshots that it has whole and that were not forgotten, oldest first
 * @param newest   the one that was added last, be it forgotten since; null if none was
 * @param root     its tree of {@code /}; what comes next is the difference to this
 * @param partial  the one of which parts were added and the last one was not; null if there is none
 * @param upTo     the last path of those parts
 * @param problems directories that could not be read when their snapshots were added; a hundred at most
 */
public record NameLine(ClientName client, SaveSetName saveSet, List<SnapshotId> days, SnapshotId newest, ChunkId root, SnapshotId partial, RawPath upTo,
        List<PathProblem> problems) {

    public NameLine {
        days = List.copyOf(days);
        problems = List.copyOf(problems);
    }
}
