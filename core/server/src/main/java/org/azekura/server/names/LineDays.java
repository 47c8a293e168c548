package org.azekura.server.names;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.azekura.api.RawPath;
import org.azekura.api.SnapshotId;
import org.azekura.api.names.NameLine;
import org.azekura.api.names.NameSpan;
import org.azekura.api.names.NameState;
import org.azekura.api.server.Snapshots.Version;

/** The snapshots of a line that are in the catalog still: what the index has not heard of yet is left out. */
final class LineDays {

    private final NameLine line;
    private final List<SnapshotId> days = new ArrayList<>();
    /** How many of {@link #days} are before each of the index's. */
    private final int[] before;

    LineDays(NameLine line, Set<SnapshotId> alive) {
        this.line = line;
        this.before = new int[line.days().size() + 1];
        for (int i = 0; i < line.days().size(); i++) {
            if (alive.contains(line.days().get(i))) {
                days.add(line.days().get(i));
            }
            before[i + 1] = days.size();
        }
    }

    /** One version, from a day to another. */
    private record Run(NameState first, NameState last, int from, int to) {}

    /** What was forgotten between two states may have left one version of them. */
    List<Version> versions(RawPath path, List<NameSpan> spans, Predicate<NameState> wanted) {
        List<Run> runs = new ArrayList<>();
        for (NameSpan span : spans) {
            int from = before[span.first()];
            int to = before[span.last() + 1] - 1;
            Run last = runs.isEmpty() ? null : runs.getLast();
            if (from <= to && last != null && last.to + 1 == from && Looks.isSame(last.last, span.state())) {
                runs.set(runs.size() - 1, new Run(last.first, span.state(), last.from, to));
            } else if (from <= to) {
                runs.add(new Run(span.state(), span.state(), from, to));
            }
        }
        return runs.stream().filter(run -> wanted.test(run.first)).map(run -> new Version(path, run.first.type().word(), run.first.size(), run.first.mtime(),
                line.client(), line.saveSet(), days.get(run.from), days.get(run.to), run.to - run.from + 1)).toList();
    }
}
