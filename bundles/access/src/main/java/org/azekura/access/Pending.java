package org.azekura.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What was begun and waits for its second half, which comes once and within five minutes. From one address a bounded number waits, and of all; the oldest
 * give way. Safe for any number of threads.
 */
final class Pending<T> {

    static final Duration PATIENCE = Duration.ofMinutes(5);
    static final int FROM_ONE = 50;
    static final int OF_ALL = 5000;

    private final InstantSource clock;
    private final Map<String, Begun<T>> begun = new LinkedHashMap<>();

    Pending(InstantSource clock) {
        this.clock = clock;
    }

    private record Begun<T>(T what, String from, Instant until) {}

    /** @param key replaces what was begun under the same */
    synchronized void begin(String key, T what, String address) {
        // else one customer's addresses of version 6 would have the others' give way
        String from = Gate.network(address);
        Instant now = clock.instant();
        begun.remove(key);
        begun.values().removeIf(one -> one.until.isBefore(now));
        long here = begun.values().stream().filter(one -> one.from.equals(from)).count();
        Iterator<Begun<T>> oldest = begun.values().iterator();
        while (oldest.hasNext() && (here >= FROM_ONE || begun.size() >= OF_ALL)) {
            boolean mine = oldest.next().from.equals(from);
            if (mine || begun.size() >= OF_ALL) {
                oldest.remove();
                here -= mine ? 1 : 0;
            }
        }
        begun.put(key, new Begun<>(what, from, now.plus(PATIENCE)));
    }

    /** Empty if nothing was begun under this, or too long ago; from here on it is. @param key null: nothing is */
    synchronized Optional<T> take(String key) {
        Begun<T> found = key == null ? null : begun.remove(key);
        return found == null || found.until.isBefore(clock.instant()) ? Optional.empty() : Optional.of(found.what);
    }
}
