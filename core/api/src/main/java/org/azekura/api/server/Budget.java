package org.azekura.api.server;

import org.azekura.api.BackupException;

/**
 * What a device may carry and cost in a month of UTC; {@link #OPEN} where it has no bound.
 *
 * @param bytes    both ways
 * @param requests that services usually bill
 * @param micros   in millionths of the currency that the prices of its settings are in
 */
public record Budget(long bytes, long requests, long micros) {

    public static final long OPEN = -1;
    /** Bounds nothing. */
    public static final Budget NONE = new Budget(OPEN, OPEN, OPEN);

    /** @throws BackupException {@code budget.invalid} */
    public static Budget of(long bytes, long requests, long micros) throws BackupException {
        if (Math.min(Math.min(bytes, requests), micros) < OPEN) {
            throw BackupException.operator("budget.invalid", "", "a budget is 0 or more");
        }
        return new Budget(bytes, requests, micros);
    }

    /** Whether in anything there may be less than by the other one. */
    public boolean isTighterThan(Budget other) {
        return less(bytes, other.bytes) || less(requests, other.requests) || less(micros, other.micros);
    }

    /** Whether it may cost more than by the other one. */
    public boolean costsMoreThan(Budget other) {
        return less(other.micros, micros);
    }

    private static boolean less(long one, long other) {
        return one != OPEN && (other == OPEN || one < other);
    }
}
