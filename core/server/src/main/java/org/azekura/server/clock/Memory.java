package org.azekura.server.clock;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What outlives a run of the server.
 *
 * @param reading   the retention time
 * @param origin    the first one there was: what is stamped earlier was stamped by another clock
 * @param anchor    the retention time when it was last confirmed; the origin if it never was
 * @param confirmed whether it ever was
 * @param ahead     of what was confirmed then; it never goes back
 * @param shifts    by time; apart from each other
 */
record Memory(Instant reading, Instant origin, Instant anchor, boolean confirmed, Duration ahead, List<Shift> shifts) {

    /** As many starts without NTP as anybody has before what is kept for ever is thrown together. */
    static final int MOST_SHIFTS = 64;
    /** Nearer is the same. */
    static final Duration NEAR = Duration.ofSeconds(2);
    private static final String VERSION = "1";
    private static final int FIXED = 6;

    Memory {
        shifts = List.copyOf(shifts);
    }

    static Memory first(Instant machine) {
        return new Memory(machine, machine, machine, false, Duration.ZERO, List.of());
    }

    Memory passed(Duration time) {
        return new Memory(reading.plus(time), origin, anchor, confirmed, ahead, shifts);
    }

    /** What is stamped from now on has a later stamp than all that was. If nothing was since it was confirmed, nothing was stamped in between. */
    Memory started() {
        Instant next = reading.plusNanos(1);
        return new Memory(next, origin, anchor.equals(reading) ? next : anchor, confirmed, ahead, shifts);
    }

    /** It is so late by all that can be known. What was stamped since it was last known is as late as that, for all that can be known. */
    Memory confirmed(Instant time) {
        Duration behind = Duration.between(reading, time);
        if (behind.compareTo(NEAR) <= 0) {
            return new Memory(reading, origin, reading, true, behind.isNegative() ? behind.negated() : Duration.ZERO, shifts);
        }
        List<Shift> all = new ArrayList<>(shifts);
        if (anchor.isBefore(reading)) {
            all.add(new Shift(anchor, reading, behind));
        }
        return new Memory(time, origin, time, true, Duration.ZERO, bounded(all));
    }

    /** Those go together by which least is kept too long. */
    private static List<Shift> bounded(List<Shift> shifts) {
        while (shifts.size() > MOST_SHIFTS) {
            int least = 0;
            for (int i = 1; i + 1 < shifts.size(); i++) {
                if (shifts.get(i).larger(shifts.get(i + 1)).compareTo(shifts.get(least).larger(shifts.get(least + 1))) < 0) {
                    least = i;
                }
            }
            shifts.set(least, shifts.get(least).with(shifts.remove(least + 1)));
        }
        return shifts;
    }

    /** When something was received that has this stamp, or later. */
    Instant corrected(Instant stamp) {
        for (Shift shift : shifts) {
            if (shift.has(stamp)) {
                return stamp.plus(shift.by());
            }
        }
        return stamp;
    }

    @Override
    public String toString() {
        return VERSION + " " + reading + " " + origin + " " + anchor + " " + (confirmed ? "confirmed" : "new") + " " + ahead
                + shifts.stream().map(shift -> " " + shift).collect(Collectors.joining());
    }

    /** @throws RuntimeException if it is not what {@link #toString} says */
    static Memory parse(String text) {
        String[] parts = text.split(" ", -1);
        if (parts.length < FIXED || !parts[0].equals(VERSION) || !parts[4].equals("confirmed") && !parts[4].equals("new")) {
            throw new IllegalArgumentException("expected version " + VERSION);
        }
        return new Memory(Instant.parse(parts[1]), Instant.parse(parts[2]), Instant.parse(parts[3]), parts[4].equals("confirmed"),
                Duration.parse(parts[5]), Arrays.stream(parts).skip(FIXED).map(Shift::parse).toList());
    }
}
