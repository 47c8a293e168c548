package org.azekura.engine.plan;

import java.util.SortedMap;
import java.util.TreeMap;
import org.azekura.engine.chunk.Extent;

/** Counts what is wanted of each cartridge. Pieces of one file come one after the other. One thread. */
public final class NeedCount {

    private final SortedMap<Integer, RecallPlan.Need> needs = new TreeMap<>();
    private final SortedMap<Integer, Integer> lastFile = new TreeMap<>();

    public void add(int file, int cartridge, RestorePlan.Part part) {
        long bytes = RestorePlan.extents(part).stream().filter(extent -> !extent.isHole()).mapToLong(Extent::length).sum();
        boolean first = !Integer.valueOf(file).equals(lastFile.put(cartridge, file));
        needs.merge(cartridge, new RecallPlan.Need(first ? 1 : 0, bytes),
                (before, more) -> new RecallPlan.Need(before.files() + more.files(), before.bytes() + more.bytes()));
    }

    public SortedMap<Integer, RecallPlan.Need> all() {
        return needs;
    }
}
