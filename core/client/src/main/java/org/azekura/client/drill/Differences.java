package org.azekura.client.drill;

import java.util.ArrayList;
import java.util.List;
import org.azekura.api.PathProblem;
import org.azekura.api.RawPath;
import org.azekura.api.message.ClientReport;

/** What was found: the first by name, all by number. One thread. */
final class Differences {

    private static final int MOST_RANGES = 20;

    private final List<PathProblem> first = new ArrayList<>();
    private long count;

    void add(RawPath path, String what) {
        add(new PathProblem(path, what));
    }

    void add(PathProblem problem) {
        count++;
        if (first.size() < ClientReport.Rehearsed.MOST_TOLD) {
            List<PathProblem.Range> ranges = problem.ranges();
            first.add(new PathProblem(problem.path(), problem.reason(), List.copyOf(ranges.subList(0, Math.min(ranges.size(), MOST_RANGES)))));
        }
    }

    long count() {
        return count;
    }

    List<PathProblem> first() {
        return List.copyOf(first);
    }
}
