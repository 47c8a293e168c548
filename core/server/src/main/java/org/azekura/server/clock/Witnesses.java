package org.azekura.server.clock;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Who says what the time is, beside the machine's own clock. Not thread-safe. */
final class Witnesses {

    /** Clocks that are no further from each other say the same. */
    static final Duration AGREE = Duration.ofMinutes(5);
    /** Hosts tell it every hour. */
    private static final Duration FRESH = Duration.ofHours(2);
    private static final int MOST = 1000;
    private static final int ENOUGH = 2;
    static final String NTP = "ntp";

    private final Map<String, Word> words = new HashMap<>();
    private Word kernel;

    /**
     * @param name    of the host
     * @param address from where it came
     * @param time    what it said
     * @param at      when, in nanoseconds of the monotonic clock
     */
    private record Word(String name, String address, Instant time, long at) {
        Instant now(long nanos) {
            return time.plusNanos(nanos - at);
        }
    }

    /** @param host the same for all roles of a host, also by other connections; its last word counts */
    void told(String host, String name, String address, Instant time, long nanos) {
        words.values().removeIf(word -> nanos - word.at > FRESH.toNanos());
        if (words.size() < MOST || words.containsKey(host)) {
            words.put(host, new Word(name, address, time, nanos));
        }
    }

    /** @param time that the kernel has by NTP, empty if it has none */
    void kernel(Optional<Instant> time, long nanos) {
        kernel = time.map(known -> new Word(NTP, "", known, nanos)).orElse(null);
    }

    /**
     * That the machine's clock is right: by NTP, or by two other hosts at two addresses. It is believed what makes it the earliest.
     *
     * @param machine what the machine's clock says
     */
    Optional<Event.Confirmed> confirmation(Instant machine, long nanos) {
        if (kernel != null && agree(kernel.now(nanos), machine)) {
            return Optional.of(new Event.Confirmed(earlier(kernel.now(nanos), machine), List.of(NTP)));
        }
        List<Word> agreeing = words.values().stream().filter(word -> nanos - word.at <= FRESH.toNanos() && agree(word.now(nanos), machine))
                .sorted(Comparator.comparing(Word::name)).toList();
        List<String> by = new ArrayList<>();
        Set<String> addresses = new HashSet<>();
        Instant time = machine;
        for (Word word : agreeing) {
            if (addresses.add(word.address)) {
                by.add(word.name);
                time = earlier(time, word.now(nanos));
            }
        }
        return by.size() < ENOUGH ? Optional.empty() : Optional.of(new Event.Confirmed(time, by));
    }

    /**
     * Who says that it is earlier. A clock that is behind the retention time knows nothing.
     *
     * @param retention time
     */
    Optional<String> against(Instant machine, Instant retention, long nanos) {
        return Stream.concat(Stream.ofNullable(kernel), words.values().stream())
                .filter(word -> word.now(nanos).isBefore(machine.minus(AGREE)) && !word.now(nanos).isBefore(retention.minus(AGREE)))
                .map(word -> word.name + " says " + word.now(nanos)).sorted().findFirst();
    }

    private static boolean agree(Instant one, Instant other) {
        return Duration.between(one, other).abs().compareTo(AGREE) <= 0;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
