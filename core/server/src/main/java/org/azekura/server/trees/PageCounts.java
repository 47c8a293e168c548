package org.azekura.server.trees;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntPredicate;
import org.azekura.api.ChunkId;

/**
 * How many live pages and roots refer to each page of a {@link PageIndex}, apart for everybody who counts; and which pages somebody came to rely on
 * since the marking began. By slots of the index, 6 bytes each: nearly every page is counted by one alone, what others count of it lies
 * beside. Not thread-safe.
 */
final class PageCounts {

    private static final int MAX_OWNER = 0xffff;

    private int[] counts;
    /** Whose count that is, where it is not 0. */
    private char[] owners;
    /** Counts of others, by page and by who they are. */
    private final Map<ChunkId, Map<Integer, Integer>> others;
    private final BitSet touched = new BitSet();
    private boolean marking;
    private boolean doubtful;

    private PageCounts(int slots, Map<ChunkId, Map<Integer, Integer>> others) {
        counts = new int[slots];
        owners = new char[slots];
        this.others = others;
    }

    /** Takes no memory before somebody counts. */
    PageCounts() {
        this(0, new HashMap<>());
    }

    /** The same for an index of so many slots; {@link #take} brings over what is in one. */
    PageCounts grown(int slots) {
        PageCounts grown = new PageCounts(counts.length == 0 ? 0 : slots, others);
        grown.marking = marking;
        grown.doubtful = doubtful;
        return grown;
    }

    void take(PageCounts from, int slot, int to) {
        if (counts.length > 0) {
            counts[to] = from.counts[slot];
            owners[to] = from.owners[slot];
        }
        touched.set(to, from.touched.get(slot));
    }

    /** From here on pages can be touched; none is. */
    void begin(int slots) {
        if (counts.length == 0) {
            counts = new int[slots];
            owners = new char[slots];
        }
        touched.clear();
        marking = true;
    }

    void end() {
        touched.clear();
        marking = false;
    }

    void touch(int slot) {
        if (marking) {
            touched.set(slot);
        }
    }

    /** Counts one more for this one, from 1. Returns whether it is the first. */
    boolean add(ChunkId page, int slot, int who) {
        if (isOwn(slot, who)) {
            counts[slot]++;
            return false;
        }
        Map<Integer, Integer> beside = others.get(page);
        if (counts[slot] == 0 && who <= MAX_OWNER && (beside == null || !beside.containsKey(who))) {
            counts[slot] = 1;
            owners[slot] = (char) who;
            return true;
        }
        return others.computeIfAbsent(page, id -> new HashMap<>()).merge(who, 1, Integer::sum) == 1;
    }

    /** Counts one less. Returns whether it was the last; if there was none, everything is doubtful. */
    boolean remove(ChunkId page, int slot, int who) {
        if (isOwn(slot, who)) {
            counts[slot]--;
            return counts[slot] == 0;
        }
        Map<Integer, Integer> beside = others.get(page);
        if (beside == null || !beside.containsKey(who)) {
            doubtful = true;
            return false;
        }
        boolean last = beside.merge(who, -1, Integer::sum) == 0;
        if (last) {
            beside.remove(who);
            if (beside.isEmpty()) {
                others.remove(page);
            }
        }
        return last;
    }

    int count(ChunkId page, int slot, int who) {
        return isOwn(slot, who) ? counts[slot] : others.getOrDefault(page, Map.of()).getOrDefault(who, 0);
    }

    private boolean isOwn(int slot, int who) {
        return slot < counts.length && counts[slot] > 0 && owners[slot] == who;
    }

    /** Whether anybody counts the page. */
    private boolean isCounted(ChunkId page, int slot) {
        return slot < counts.length && counts[slot] > 0 || !others.isEmpty() && others.containsKey(page);
    }

    /** Whether anybody counts the page, or it was touched. */
    boolean isMarked(ChunkId page, int slot) {
        return touched.get(slot) || isCounted(page, slot);
    }

    /** The page is not here any more. */
    void lost(ChunkId page, int slot) {
        doubtful |= isCounted(page, slot);
    }

    /** Whether counts were lost, or were wrong. */
    boolean isDoubtful() {
        return doubtful;
    }

    /** Takes back what these have counted. */
    void clear(IntPredicate who) {
        for (int slot = 0; slot < counts.length; slot++) {
            if (counts[slot] > 0 && who.test(owners[slot])) {
                counts[slot] = 0;
            }
        }
        others.values().forEach(beside -> beside.keySet().removeIf(who::test));
        others.values().removeIf(Map::isEmpty);
    }

    /** Takes back everything. */
    void clear() {
        Arrays.fill(counts, 0);
        others.clear();
        doubtful = false;
    }
}
