package org.azekura.server.job;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who waits for a place, and who comes next: the highest priority, among those to who has the fewest places, among those to who has waited longest. What a step
 * takes grows with the logarithm of how many wait. Not thread-safe.
 *
 * @param <T> who waits; each is equal to itself alone
 */
final class Line<T> {

    private final int each;
    private final Map<String, Owner> owners = new HashMap<>();
    /** Those of whom somebody waits and may have one more. */
    private final NavigableSet<Owner> ready = new TreeSet<>(Comparator.comparingInt((Owner owner) -> -owner.priority()).thenComparingInt(owner -> owner.taken)
            .thenComparingLong(owner -> owner.first().getValue()));
    private long last;
    private int all;
    /** Below zero while more have places than there are now. */
    private int free;

    /**
     * @param all  places
     * @param each how many of them one owner has at most
     */
    Line(int all, int each) {
        this.all = all;
        this.free = all;
        this.each = each;
    }

    /** What is of one owner: within it the highest priority comes first, then who came first. */
    private final class Owner {

        private final String name;
        /** By priority, with the number in the order in which all came. */
        private final TreeMap<Integer, SequencedMap<T, Long>> waiting = new TreeMap<>(Comparator.reverseOrder());
        private int taken;

        Owner(String name) {
            this.name = name;
        }

        int priority() {
            return waiting.firstKey();
        }

        Map.Entry<T, Long> first() {
            return waiting.firstEntry().getValue().firstEntry();
        }

        void leaves(T who, int priority) {
            waiting.computeIfPresent(priority, (same, all) -> {
                all.remove(who);
                return all.isEmpty() ? null : all;
            });
        }
    }

    /** There are so many places from now on; nobody loses his. */
    void all(int now) {
        free += now - all;
        all = now;
    }

    void add(T who, Places.Claim claim) {
        Owner owner = leave(claim.whose());
        owner.waiting.computeIfAbsent(claim.priority(), priority -> new LinkedHashMap<>()).put(who, ++last);
        enter(owner);
    }

    /** Who waits does so no longer. */
    void remove(T who, Places.Claim claim) {
        Owner owner = leave(claim.whose());
        owner.leaves(who, claim.priority());
        enter(owner);
    }

    /** Who gets a place now, and has it then; null if nobody does. {@link #give} returns it. */
    T admit() {
        if (free <= 0 || ready.isEmpty()) {
            return null;
        }
        Owner owner = leave(ready.first().name);
        T next = owner.first().getKey();
        owner.leaves(next, owner.priority());
        owner.taken++;
        free--;
        enter(owner);
        return next;
    }

    void give(String whose) {
        Owner owner = leave(whose);
        owner.taken--;
        free++;
        enter(owner);
    }

    /** Its place in the order may change until {@link #enter}. */
    private Owner leave(String whose) {
        Owner owner = owners.computeIfAbsent(whose, Owner::new);
        if (!owner.waiting.isEmpty() && owner.taken < each) {
            ready.remove(owner);
        }
        return owner;
    }

    private void enter(Owner owner) {
        if (owner.waiting.isEmpty()) {
            if (owner.taken == 0) {
                owners.remove(owner.name);
            }
        } else if (owner.taken < each) {
            ready.add(owner);
        }
    }
}
