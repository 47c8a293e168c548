package org.azekura.storagenode.lease;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeMap;
import org.azekura.api.JobId;

/**
 * The way of a tape through what several jobs want of it. Each of them was told its own order, which stays; who comes later has his places put in between. Not
 * thread-safe.
 */
final class Way {

    private final Map<JobId, SequencedSet<Long>> left = new HashMap<>();
    private List<Long> path = List.of();
    /** Of each object on the path, from 0. */
    private final TreeMap<Long, Integer> ranks = new TreeMap<>();

    /** What others than this one will still read, as the tape comes by. */
    List<Long> left(JobId but) {
        Set<Long> wanted = new HashSet<>();
        left.forEach((reader, objects) -> {
            if (!reader.equals(but)) {
                wanted.addAll(objects);
            }
        });
        return path.stream().filter(wanted::contains).toList();
    }

    /**
     * Takes in one more reader, or what he wants from now on. Each of his places goes where it makes the way of the others longer by least; if nobody can tell
     * how long that is, behind that of others which it follows in this plan.
     *
     * @param plan of his objects and of what is {@link #left} of others; also of more. What it has not of others stays where it was
     * @return his objects, each once
     */
    List<Long> join(JobId reader, Set<Long> objects, Pass.Plan plan) {
        List<Long> others = left(reader);
        List<Long> order = new ArrayList<>(new LinkedHashSet<>(plan.order()));
        Set<Long> wanted = new HashSet<>(others);
        wanted.addAll(objects);
        order.retainAll(wanted);
        path = List.copyOf(others.isEmpty() ? order : plan.distance() == null ? behind(others, order) : between(others, order, plan.distance()));
        ranks.clear();
        for (int i = 0; i < path.size(); i++) {
            ranks.put(path.get(i), i);
        }
        List<Long> his = path.stream().filter(objects::contains).toList();
        left.put(reader, new LinkedHashSet<>(his));
        return his;
    }

    private static List<Long> behind(List<Long> others, List<Long> order) {
        List<Long> way = new ArrayList<>();
        Map<Long, List<Long>> behind = new HashMap<>();
        Set<Long> known = new HashSet<>(others);
        List<Long> at = way;
        for (long object : order) {
            if (known.contains(object)) {
                at = behind.computeIfAbsent(object, first -> new ArrayList<>());
            } else {
                at.add(object);
            }
        }
        for (long other : others) {
            way.add(other);
            way.addAll(behind.getOrDefault(other, List.of()));
        }
        return way;
    }

    /** Never before the first: there the tape is. */
    private static List<Long> between(List<Long> others, List<Long> order, Pass.Distance distance) {
        List<Long> way = new ArrayList<>(others);
        Set<Long> known = new HashSet<>(others);
        for (long object : order) {
            if (known.add(object)) {
                int best = way.size();
                double least = distance.seconds(way.getLast(), object);
                for (int i = 1; i < way.size(); i++) {
                    double more = distance.seconds(way.get(i - 1), object) + distance.seconds(object, way.get(i)) - distance.seconds(way.get(i - 1), way.get(i));
                    if (more < least) {
                        least = more;
                        best = i;
                    }
                }
                way.add(best, object);
            }
        }
        return way;
    }

    /** He is at this object: what he wanted before it he has. */
    void at(JobId reader, long object) {
        SequencedSet<Long> his = left.get(reader);
        if (his != null && his.contains(object)) {
            while (his.getFirst() != object) {
                his.removeFirst();
            }
        }
    }

    /** He wants nothing any more. */
    void leave(JobId reader) {
        left.remove(reader);
    }

    /** When the tape comes by an object: who has announced nothing comes behind all others, and what he has not announced where it lies. */
    int rank(JobId reader, long object) {
        Map.Entry<Long, Integer> known = ranks.floorEntry(object);
        return !left.containsKey(reader) ? Integer.MAX_VALUE : known == null ? -1 : known.getValue();
    }
}
