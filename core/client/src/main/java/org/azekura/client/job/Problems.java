package org.azekura.client.job;

import java.util.ArrayList;
import java.util.List;
import org.azekura.api.PathProblem;
import org.azekura.api.RawPath;

/** Paths that a job could not do, as many as fit in its memory; the rest is counted. One thread at a time. */
public final class Problems {

    private static final int MAX_BYTES = 16 << 20;
    private static final int OVERHEAD = 64;

    private final List<PathProblem> problems = new ArrayList<>();
    private long bytes;
    private long more;

    public void add(RawPath path, String reason) {
        add(new PathProblem(path, reason));
    }

    public void add(PathProblem problem) {
        bytes += bytes(problem);
        if (bytes > MAX_BYTES) {
            more++;
        } else {
            problems.add(problem);
        }
    }

    /** About what a problem takes, in memory and on the wire. */
    static long bytes(PathProblem problem) {
        return problem.path().bytes().length + problem.reason().length() + problem.ranges().size() * 20L + OVERHEAD;
    }

    /** How many there are by name. */
    public int count() {
        return problems.size();
    }

    /** Whether all are there by name. */
    public boolean isWhole() {
        return more == 0;
    }

    /** All but the first so many. */
    public List<PathProblem> behind(int count) {
        List<PathProblem> all = list();
        return all.subList(count, all.size());
    }

    public boolean isEmpty() {
        return problems.isEmpty();
    }

    public List<PathProblem> list() {
        if (more == 0) {
            return List.copyOf(problems);
        }
        List<PathProblem> all = new ArrayList<>(problems);
        all.add(new PathProblem(RawPath.of("/"), "and " + more + " more paths with problems"));
        return List.copyOf(all);
    }
}
