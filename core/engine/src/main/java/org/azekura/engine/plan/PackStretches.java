package org.azekura.engine.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.azekura.api.BackupException;

/** Where in a sorted plan the pieces of each pack of one cartridge are; of so many packs that it matters. */
final class PackStretches {

    /** Bytes of the sorted file. */
    record Range(long from, long to) {}

    /** Orders packs by the object at which they begin. */
    @FunctionalInterface
    interface Order {
        List<Long> of(List<Long> objects) throws BackupException;
    }

    private final long from;
    private final List<Long> objects = new ArrayList<>();
    private final List<Long> begins = new ArrayList<>();
    private boolean many;
    private long end;

    PackStretches(long from) {
        this.from = from;
    }

    /** A piece of a pack, as they come. */
    void add(long object, long at) {
        if (many || !objects.isEmpty() && objects.getLast() == object) {
            return;
        }
        objects.add(object);
        begins.add(at);
        if (objects.size() > RecallPlan.MOST_ORDERED) {
            many = true;
            objects.clear();
            begins.clear();
        }
    }

    /** Said once, or again with the same. */
    void end(long at) {
        end = end == 0 ? at : end;
    }

    /** @throws BackupException {@code recall.order} if that is no permutation */
    List<Range> ordered(Order order) throws BackupException {
        if (many) {
            return List.of(new Range(from, end));
        }
        List<Long> wanted = order.of(List.copyOf(objects));
        if (wanted.size() != objects.size() || !new HashSet<>(wanted).equals(new HashSet<>(objects))) {
            throw BackupException.corrupt("recall.order", "", "the order in which " + objects.size() + " packs are to be read has " + wanted.size()
                    + ", and is none of the same");
        }
        List<Range> ranges = new ArrayList<>();
        for (long object : wanted) {
            int i = objects.indexOf(object);
            ranges.add(new Range(begins.get(i), i + 1 < begins.size() ? begins.get(i + 1) : end));
        }
        return ranges;
    }
}
