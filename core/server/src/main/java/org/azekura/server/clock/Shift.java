package org.azekura.server.clock;

import java.time.Duration;
import java.time.Instant;

/**
 * What was stamped from {@code from} to {@code to}, both included, was received so much later than it says: at least it may have been, and nothing
 * may expire early.
 */
record Shift(Instant from, Instant to, Duration by) {

    boolean has(Instant stamp) {
        return !stamp.isBefore(from) && !stamp.isAfter(to);
    }

    /** One that says of neither's stamps less than the two did. */
    Shift with(Shift next) {
        return new Shift(from, next.to, larger(next));
    }

    Duration larger(Shift next) {
        return by.compareTo(next.by) > 0 ? by : next.by;
    }

    @Override
    public String toString() {
        return from + "/" + to + "/" + by;
    }

    /** @throws RuntimeException if it is not what {@link #toString} says */
    static Shift parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException(text + " is no shift");
        }
        Shift shift = new Shift(Instant.parse(parts[0]), Instant.parse(parts[1]), Duration.parse(parts[2]));
        if (shift.to.isBefore(shift.from) || shift.by.isNegative()) {
            throw new IllegalArgumentException(text + " is no shift");
        }
        return shift;
    }
}
