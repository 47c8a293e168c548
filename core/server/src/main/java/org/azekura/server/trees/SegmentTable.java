package org.azekura.server.trees;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which file of this process is which segment, for a {@link PageIndex} knows files by numbers. Not thread-safe. */
final class SegmentTable {

    private record Entry(Segment segment, long size) {}

    private final Map<Integer, Entry> entries = new HashMap<>();
    private final Map<Segment, Integer> numbers = new HashMap<>();
    private final Set<Segment> condemned = new HashSet<>();
    private int files;
    private int greatest;

    /** The number of a file that is no segment yet. */
    int file() {
        return ++files;
    }

    /** The number of the last file. */
    int last() {
        return files;
    }

    /** A number for a segment: greater than that of any that was met, or given here. */
    int next() {
        return ++greatest;
    }

    /** Takes note that there is such a segment, here or not. */
    void met(Segment segment) {
        greatest = Math.max(greatest, segment.number());
    }

    /** The file is this segment. */
    void put(int file, Segment segment, long size) {
        met(segment);
        entries.put(file, new Entry(segment, size));
        numbers.put(segment, file);
    }

    /** Null if the file is none, or is gone. */
    Segment segment(int file) {
        Entry entry = entries.get(file);
        return entry == null ? null : entry.segment();
    }

    /** Null if it is not here. */
    Integer file(Segment segment) {
        return numbers.get(segment);
    }

    long size(Segment segment) {
        return entries.get(numbers.get(segment)).size();
    }

    boolean has(Segment segment) {
        return numbers.containsKey(segment);
    }

    Set<Segment> segments() {
        return Set.copyOf(numbers.keySet());
    }

    /** Those that may be joined: nobody has condemned them. In order. */
    List<Segment> sound() {
        return numbers.keySet().stream().filter(segment -> !condemned.contains(segment)).sorted().toList();
    }

    void remove(Segment segment) {
        Integer file = numbers.remove(segment);
        entries.remove(file);
        condemned.remove(segment);
    }

    void condemn(Collection<Segment> segments) {
        condemned.addAll(segments);
    }

    boolean isCondemned(int file) {
        return !condemned.isEmpty() && condemned.contains(segment(file));
    }

    /** Those that are here. */
    Set<Segment> condemned() {
        Set<Segment> here = new HashSet<>(condemned);
        here.retainAll(numbers.keySet());
        return here;
    }
}
