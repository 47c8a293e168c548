package org.azekura.server.job.drill;

import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PathProblem;
import org.azekura.api.RawPath;
import org.azekura.api.server.JobOrder;
import org.azekura.engine.plan.TreeWalk;
import org.azekura.engine.tree.Entry;
import org.azekura.engine.tree.TreeReader;
import org.azekura.server.job.run.Halt;

/**
 * Which part of a snapshot is rehearsed.
 *
 * @param paths      of the files; none for all of the snapshot
 * @param chosen     how many they are
 * @param ofFiles    that the snapshot has
 * @param asked      how many were asked for
 * @param unreadable directories that the choice could not look into
 */
record DrillChoice(List<RawPath> paths, long chosen, long ofFiles, long asked, List<PathProblem> unreadable) {

    /** All of a snapshot of so many files. */
    static DrillChoice all(long files) {
        return new DrillChoice(List.of(), files, files, files, List.of());
    }

    /** Goes through all names; content is not touched. @throws BackupException what was said meanwhile */
    static DrillChoice of(TreeReader trees, ChunkId root, JobOrder.DrillSample wanted, Halt halt) throws BackupException {
        FileSample sample = new FileSample(wanted);
        List<PathProblem> unreadable = new ArrayList<>();
        new TreeWalk(trees, new TreeWalk.Visitor() {
            @Override
            public boolean entry(RawPath path, Entry entry) throws BackupException {
                halt.check();
                if (entry.type() == Entry.Type.DIRECTORY) {
                    return true;
                }
                sample.show(path, entry.type() == Entry.Type.FILE ? entry.size() : -1);
                return false;
            }

            @Override
            public void unreadable(PathProblem problem) {
                unreadable.add(problem);
            }
        }).walk(root);
        List<RawPath> paths = sample.chosen();
        return new DrillChoice(paths, paths.size(), sample.files(), sample.asked(), unreadable);
    }
}
