package org.azekura.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often somebody has tried in vain, by one name or from one address. Some tries are free; each further one doubles the time until the next, up to
 * an hour. What is not tried again is forgotten. Remembers a bounded number, those that tried last. Safe for any number of threads.
 */
final class Attempts {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration FORGOTTEN = Duration.ofHours(2);

    private final InstantSource clock;
    private final int free;
    private final int most;
    /** The one that tried last is the last. */
    private final Map<String, Tries> tries = new LinkedHashMap<>(16, 0.75f, true);

    /** @param free tries without a delay @param most keys that are remembered */
    Attempts(InstantSource clock, int free, int most) {
        this.clock = clock;
        this.free = free;
        this.most = most;
    }

    private record Tries(int count, Instant last) {}

    /** How long this key has to wait; zero: not at all. */
    synchronized Duration wait(String key) {
        Tries before = tries.get(key);
        Duration left = before == null ? Duration.ZERO : Duration.between(clock.instant(), before.last.plus(delay(before.count)));
        return left.isPositive() ? left : Duration.ZERO;
    }

    /** Counts a try; made before it is known whether it is in vain, so that many at a time count, too. */
    synchronized void count(String key) {
        Instant now = clock.instant();
        Tries before = tries.get(key);
        int count = before == null || before.last.plus(FORGOTTEN).isBefore(now) ? 0 : before.count;
        tries.put(key, new Tries(count + 1, now));
        Iterator<String> oldest = tries.keySet().iterator();
        while (tries.size() > most) {
            oldest.next();
            oldest.remove();
        }
    }

    /** Takes one back that was not in vain. */
    synchronized void undo(String key) {
        tries.computeIfPresent(key, (k, before) -> before.count == 1 ? null : new Tries(before.count - 1, before.last));
    }

    synchronized void forget(String key) {
        tries.remove(key);
    }

    synchronized int remembered() {
        return tries.size();
    }

    private Duration delay(int count) {
        if (count < free) {
            return Duration.ZERO;
        }
        Duration doubled = FIRST.multipliedBy(1L << Math.min(count - free, 30));
        return doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    }
}
