package org.azekura.driver.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * How a tape lies: it is written from end to end and back, in wraps, four bands of them one beside the other. What locating costs is a published model of
 * LTO drives, without its term for the landing zone: good for comparing orders, not for promises.
 *
 * @param capacity bytes on all wraps
 */
record Geometry(long capacity, int wraps) {

    /** Positions along a wrap, in the unit of the drives. */
    private static final double LENGTH = 170_000;
    private static final int BANDS = 4;

    /** Where a byte of the tape lies. */
    private record Spot(long wrap, long band, double along) {

        boolean backwards() {
            return wrap % 2 == 1;
        }
    }

    private Spot spot(long used) {
        double onWrap = (double) capacity / wraps;
        long wrap = Math.min(wraps - 1, (long) (used / onWrap));
        double along = (used - wrap * onWrap) / onWrap * LENGTH;
        return new Spot(wrap, wrap * BANDS / wraps, wrap % 2 == 1 ? LENGTH - along : along);
    }

    /** Bytes of tape up to the end of a wrap. @param number from 1 */
    long wrapEnd(int number) {
        return (long) Math.ceil((double) capacity * number / wraps);
    }

    /** Seconds from one byte of the tape to another. */
    double seconds(long from, long to) {
        if (from == to) {
            return 0;
        }
        Spot here = spot(from);
        Spot there = spot(to);
        boolean stepBack = here.wrap == there.wrap && to < from;
        return 4.29 + (here.wrap != there.wrap ? 6.69 : 0) + (here.band != there.band ? 3.2 : 0)
                + (here.backwards() != there.backwards() ? 5.22 : 0) + (stepBack ? 11.32 : 0) + 0.0006192 * Math.abs(here.along - there.along);
    }

    /** The nearest first, from each of them on: each costs a look at all that are left, so not for more than some thousand. */
    <T> List<T> order(long from, List<T> wanted, ToLongFunction<T> used) {
        List<T> left = new ArrayList<>(wanted);
        List<T> order = new ArrayList<>();
        long here = from;
        while (!left.isEmpty()) {
            int best = 0;
            for (int i = 1; i < left.size(); i++) {
                if (seconds(here, used.applyAsLong(left.get(i))) < seconds(here, used.applyAsLong(left.get(best)))) {
                    best = i;
                }
            }
            T next = left.remove(best);
            here = used.applyAsLong(next);
            order.add(next);
        }
        return order;
    }
}
