package org.azekura.engine.snapshot;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.PathProblem;
import org.azekura.api.RawPath;
import org.azekura.api.Rule;

/**
 * What of a snapshot only holders of the pool's keys may read, because names are in it.
 *
 * @param roots         what was to be saved
 * @param rules         what of it; the first that matches wins
 * @param oneFileSystem whether other file systems below the roots were left out
 * @param skipped       what was not saved, or only in part; see {@link #fitting}
 */
public record Details(List<RawPath> roots, List<Rule> rules, boolean oneFileSystem, List<PathProblem> skipped) {

    private static final int MAX_SKIPPED_BYTES = 1 << 20;

    public Details {
        roots = List.copyOf(roots);
        rules = List.copyOf(rules);
        skipped = List.copyOf(skipped);
    }

    /**
     * As many of these as a manifest holds with ease (1 MiB). If that is not all, the last one has an empty path and says how
     * many are left out.
     */
    public static List<PathProblem> fitting(List<PathProblem> problems) {
        List<PathProblem> fitting = new ArrayList<>();
        long bytes = 0;
        for (PathProblem problem : problems) {
            bytes += problem.path().bytes().length + problem.reason().getBytes(StandardCharsets.UTF_8).length + 20L * problem.ranges().size() + 16;
            if (bytes > MAX_SKIPPED_BYTES) {
                fitting.add(new PathProblem(RawPath.of(""), problems.size() - fitting.size() + " more paths are only in the job's log"));
                break;
            }
            fitting.add(problem);
        }
        return List.copyOf(fitting);
    }

    byte[] encoded() {
        return DetailsForm.encode(this);
    }

    static Details parse(byte[] encoded) throws BackupException {
        return DetailsForm.decode(encoded);
    }
}
