package org.azekura.server.names;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.azekura.api.PathProblem;
import org.azekura.api.RawPath;
import org.azekura.api.SnapshotId;
import org.azekura.api.names.NameLine;
import org.azekura.api.names.NameSpan;
import org.azekura.api.names.NameState;
import org.azekura.api.names.NameVisitor;
import org.azekura.api.server.Snapshots.Bounds;
import org.azekura.api.server.Snapshots.Version;
import org.azekura.api.server.Snapshots.Wanted;

/** Collects a page of versions. Ends early after a while, be it with few: whoever wants more goes on from there. */
final class FoundVersions implements NameVisitor {

    private static final Duration LONG_ENOUGH = Duration.ofMillis(400);
    private static final int MAX_PROBLEMS = 100;
    private static final Comparator<Version> ORDER = Comparator.comparing(Version::client).thenComparing(v -> v.saveSet().value()).thenComparing(Version::path);

    private final Wanted wanted;
    private final NamePattern pattern;
    private final byte[] below;
    private final Set<SnapshotId> alive;
    private final int limit;
    private final long begin = System.nanoTime();
    private final Map<NameLine, LineDays> lines = new HashMap<>();
    private final List<Version> versions = new ArrayList<>();
    private final List<PathProblem> problems = new ArrayList<>();
    private boolean lookedAtAny;

    /** @param alive the snapshots that are in the catalog */
    FoundVersions(Wanted wanted, NamePattern pattern, Set<SnapshotId> alive, int limit) {
        this.wanted = wanted;
        this.pattern = pattern;
        RawPath folder = wanted.bounds().below();
        this.below = folder == null || folder.names().isEmpty() ? null : folder.child(new byte[0]).bytes();
        this.alive = alive;
        this.limit = limit;
    }

    List<Version> versions() {
        return versions.stream().sorted(ORDER).toList();
    }

    List<PathProblem> problems() {
        return problems.subList(0, Math.min(problems.size(), MAX_PROBLEMS));
    }

    boolean isFull() {
        return versions.size() >= limit || isLate();
    }

    private boolean isLate() {
        return lookedAtAny && System.nanoTime() - begin > LONG_ENOUGH.toNanos();
    }

    @Override
    public boolean wants(NameLine line) {
        boolean wants = (wanted.clients() == null || wanted.clients().contains(line.client()))
                && (wanted.bounds().saveSet() == null || wanted.bounds().saveSet().equals(line.saveSet()));
        if (wants) {
            lines.put(line, new LineDays(line, alive));
            problems.addAll(line.problems());
        }
        return wants;
    }

    @Override
    public Next name(byte[] name) {
        if (isFull()) {
            return Next.STOP;
        }
        lookedAtAny = true;
        return pattern.path() || pattern.matches(null, name) ? Next.TAKE : Next.PASS;
    }

    @Override
    public boolean looksOn() {
        lookedAtAny = true;
        return !isFull();
    }

    @Override
    public boolean path(NameLine line, RawPath path, List<NameSpan> spans) {
        List<Version> some = isWanted(path) ? lines.get(line).versions(path, spans, this::isWanted) : List.of();
        if (!versions.isEmpty() && versions.size() + some.size() > limit || isLate() && versions.size() + some.size() > 0) {
            return false;
        }
        versions.addAll(some);
        return true;
    }

    private boolean isWanted(RawPath path) {
        return (below == null || path.bytes().length > below.length && Arrays.equals(path.bytes(), 0, below.length, below, 0, below.length))
                && (!pattern.path() || pattern.matches(path, null));
    }

    private boolean isWanted(NameState state) {
        Bounds bounds = wanted.bounds();
        boolean dated = bounds.from() == null && bounds.until() == null || state.mtime() != null
                && (bounds.from() == null || !state.mtime().isBefore(bounds.from())) && (bounds.until() == null || state.mtime().isBefore(bounds.until()));
        return dated && (bounds.type() == null || bounds.type().equals(state.type().word())) && state.size() >= bounds.smallest() && state.size() <= bounds.largest();
    }
}
