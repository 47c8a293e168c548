package org.azekura.storagenode.cartridge.drive;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.azekura.api.device.Drive;
import org.azekura.api.device.Position;

/**
 * How a tape lies: in wraps, one forwards, the next backwards, in four bands one beside the other. Made of the objects at which wraps end, as the
 * drive tells them: there is no constant in it that a medium could contradict.
 *
 * <p>What locating costs is a published model of LTO drives: good for comparing orders, not for promises.
 */
final class WrapMap {

    /** Positions along a wrap, in the unit of the drives. */
    private static final double LENGTH = 170_000;
    private static final int BANDS = 4;

    private final List<Long> ends;
    private final int wraps;

    private WrapMap(List<Long> ends, int wraps) {
        this.ends = ends;
        this.wraps = wraps;
    }

    /**
     * Null if that can be no map: one wrong boundary loses more than an order gains.
     *
     * @param told by the drive
     */
    static WrapMap of(Drive.Wraps told) {
        long before = 0;
        for (long end : told.ends()) {
            if (end <= before) {
                return null;
            }
            before = end;
        }
        return told.ends().isEmpty() || told.ends().size() > told.count() ? null : new WrapMap(List.copyOf(told.ends()), told.count());
    }

    /** Where something lies. @param along from the tape's beginning */
    private record Spot(int wrap, int band, double along) {

        boolean backwards() {
            return wrap % 2 == 1;
        }
    }

    private Spot spot(long object) {
        int found = Collections.binarySearch(ends, object);
        int wrap = found < 0 ? -found - 1 : found + 1;
        long from = wrap == 0 ? 0 : ends.get(wrap - 1);
        // The last wrap is not full: taken as long as the one before it.
        long objects = wrap < ends.size() ? ends.get(wrap) - from : Math.max(object - from + 1, from - (wrap > 1 ? ends.get(wrap - 2) : 0));
        double along = LENGTH * (object - from) / objects;
        return new Spot(wrap, wrap * BANDS / wraps, wrap % 2 == 1 ? LENGTH - along : along);
    }

    /** Seconds from one object to another. */
    double seconds(long from, long to) {
        return from == to ? 0 : seconds(spot(from), spot(to), to < from);
    }

    private static double seconds(Spot here, Spot there, boolean back) {
        boolean stepBack = here.wrap == there.wrap && back;
        return 4.29 + (here.wrap != there.wrap ? 6.69 : 0) + (here.band != there.band ? 3.2 : 0) + (here.backwards() != there.backwards() ? 5.22 : 0)
                + (stepBack ? 11.32 : 0) + 0.0006192 * Math.abs(here.along - there.along);
    }

    /** The one that is reached soonest, and so on from there: half or a third of the way in the order of numbers. */
    List<Position> nearestFirst(Position from, List<Position> places) {
        List<Position> left = new ArrayList<>(places);
        List<Spot> spots = new ArrayList<>(places.stream().map(place -> spot(place.object())).toList());
        List<Position> order = new ArrayList<>();
        Position here = from;
        Spot at = spot(from.object());
        while (!left.isEmpty()) {
            int best = 0;
            double least = Double.MAX_VALUE;
            for (int i = 0; i < left.size(); i++) {
                double seconds = left.get(i).object() == here.object() ? 0 : seconds(at, spots.get(i), left.get(i).object() < here.object());
                if (seconds < least) {
                    least = seconds;
                    best = i;
                }
            }
            here = left.remove(best);
            at = spots.remove(best);
            order.add(here);
        }
        return order;
    }
}
