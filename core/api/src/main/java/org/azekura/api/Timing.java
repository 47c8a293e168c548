package org.azekura.api;

/**
 * When a policy runs.
 *
 * @param schedule as people give it, like {@code daily 22:00}; empty if it is run by hand
 */
public record Timing(String schedule) {

    /** Never by itself. */
    public static final Timing BY_HAND = new Timing("");

    public boolean byHand() {
        return schedule.isEmpty();
    }
}
