package org.azekura.extract;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.JobId;
import org.azekura.api.Overwrite;
import org.azekura.api.PathProblem;
import org.azekura.api.RawPath;
import org.azekura.client.job.Breaker;
import org.azekura.client.job.Problems;
import org.azekura.client.job.Tally;
import org.azekura.client.restore.Restorer;
import org.azekura.engine.tree.Entry;
import org.azekura.engine.tree.TreeReader;

/** Restores one snapshot, or paths of it. */
record Recovery(Media media, ChunkReader chunks, Saved saved, ChunkId root) {

    /** No job of an appliance: its number shows nowhere. */
    private static final JobId JOB = new JobId(1);

    /** @param notRestored exactly the files that are not at the target as they were saved */
    record Outcome(long files, long bytes, List<PathProblem> notRestored) {}

    /** @throws BackupException {@code path.unknown} if none of the paths is there */
    Outcome restore(RawPath target, Overwrite overwrite, List<RawPath> wanted, Notes notes) throws BackupException {
        TreeReader trees = new TreeReader(new VolumePages(chunks));
        List<PathProblem> unknown = new ArrayList<>();
        for (RawPath path : wanted) {
            if (!exists(trees, path)) {
                unknown.add(new PathProblem(path, "is not in snapshot " + saved.id()));
            }
        }
        if (!unknown.isEmpty() && unknown.size() == wanted.size()) {
            throw BackupException.operator("path.unknown", unknown.getFirst().path().toString(), unknown.getFirst().path()
                    + " is not in snapshot " + saved.id() + "; --list shows what is");
        }
        Problems problems = new Problems();
        unknown.forEach(problems::add);
        Tally tally = new Tally();
        try (Planner plan = new Planner(media, trees, root, wanted); VolumeChunks content = new VolumeChunks(chunks, media, notes)) {
            new Restorer(target, overwrite, new Breaker(JOB), problems, tally).run(plan, content);
        }
        return new Outcome(tally.files(), tally.bytes(), problems.list());
    }

    /** A path that leads over a page that can't be read may well be there. */
    private boolean exists(TreeReader trees, RawPath path) throws BackupException {
        ChunkId tree = root;
        for (String part : new String(path.bytes(), StandardCharsets.ISO_8859_1).split("/")) {
            if (part.isEmpty()) {
                continue;
            }
            Entry entry;
            try {
                entry = tree == null ? null : trees.find(tree, part.getBytes(StandardCharsets.ISO_8859_1));
            } catch (BackupException e) {
                return true;
            }
            if (entry == null) {
                return false;
            }
            tree = entry.content() instanceof Entry.Content.Directory(ChunkId below) ? below : null;
        }
        return true;
    }
}
