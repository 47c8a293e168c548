package org.azekura.server.browse;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PathProblem;
import org.azekura.api.RawPath;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.server.Snapshots.Version;
import org.azekura.engine.plan.PairWalk;
import org.azekura.engine.tree.Entry;
import org.azekura.engine.tree.TreeReader;

/** What a search must find, by the trees alone: follows paths through the snapshots of one save set after the other, each compared with the one before. */
public final class NameWalk {

    private static final int MAX_PROBLEMS = 100;

    private final Predicate<RawPath> wanted;
    private final List<Version> versions = new ArrayList<>();
    private final List<PathProblem> problems = new ArrayList<>();

    public NameWalk(Predicate<RawPath> wanted) {
        this.wanted = wanted;
    }

    public List<Version> versions() {
        return versions;
    }

    public List<PathProblem> problems() {
        return problems;
    }

    /** @param days of one save set, oldest first */
    public void days(TreeReader trees, List<Snapshot> days) throws BackupException {
        Chain chain = new Chain(days);
        ChunkId before = null;
        for (chain.day = 0; chain.day < days.size(); chain.day++) {
            ChunkId now = days.get(chain.day).root();
            new PairWalk(trees, chain).walk(before, now, null);
            before = now;
        }
        Map.copyOf(chain.living).forEach((path, living) -> chain.end(path));
        chain.done.forEach((path, ended) -> versions.addAll(ended));
    }

    private record Living(Entry entry, int since) {}

    private final class Chain implements PairWalk.Visitor {

        final List<Snapshot> days;
        final Map<RawPath, Living> living = new TreeMap<>();
        final Map<RawPath, List<Version>> done = new TreeMap<>();
        int day;

        Chain(List<Snapshot> days) {
            this.days = days;
        }

        @Override
        public PairWalk.Next pair(RawPath path, Entry before, Entry now) {
            if (wanted.test(path) && EntryChange.between(before, now) != null) {
                if (living.containsKey(path)) {
                    end(path);
                }
                if (now != null) {
                    living.put(path, new Living(now, day));
                }
            }
            return PairWalk.Next.INTO;
        }

        void end(RawPath path) {
            Living ended = living.remove(path);
            Snapshot first = days.get(ended.since);
            done.computeIfAbsent(path, p -> new ArrayList<>()).add(new Version(path, TypeWords.of(ended.entry.type()), ended.entry.size(),
                    ended.entry.mtime(), first.client(), first.saveSet(), first.id(), days.get(day - 1).id(), day - ended.since));
        }

        @Override
        public void unreadable(PathProblem problem) {
            if (problems.size() < MAX_PROBLEMS) {
                problems.add(problem);
            }
        }
    }
}
