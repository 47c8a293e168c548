package org.azekura.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.azekura.api.access.Caller;
import org.azekura.api.access.Entry;
import org.azekura.api.access.Session;

/**
 * The sessions that are open, by the hash of their secrets. Their number is bounded, of each caller and of all: the one that was used longest ago gives
 * way. Safe for any number of threads.
 */
final class OpenSessions {

    static final Duration IDLE = Duration.ofMinutes(30);
    static final Duration LONGEST = Duration.ofHours(12);
    static final int OF_ONE = 10;
    static final int OF_ALL = 1000;

    private final InstantSource clock;
    private final Secrets secrets;
    private final Map<String, Open> open = new LinkedHashMap<>();

    OpenSessions(InstantSource clock, Secrets secrets) {
        this.clock = clock;
        this.secrets = secrets;
    }

    /** @param end when it ends, however it is used */
    private record Open(Session session, Instant end) {

        Open used(Instant now) {
            Session s = session;
            return new Open(new Session(s.id(), s.caller(), s.csrf(), s.duty(), s.from(), s.opened(), now, earlier(now.plus(IDLE), end)), end);
        }
    }

    /** @param lasts at the most; null: as long as any */
    synchronized Entry.Opened open(Caller caller, Session.Duty duty, String from, Duration lasts) {
        Instant now = clock.instant();
        dropEnded(now);
        makeRoom(one -> one.caller().name().equals(caller.name()), OF_ONE);
        makeRoom(one -> true, OF_ALL);
        Instant end = now.plus(lasts == null || lasts.compareTo(LONGEST) > 0 ? LONGEST : lasts);
        String secret = secrets.word();
        Session session = new Session(secrets.word().substring(0, 12), caller, secrets.word(), duty, from, now, now, earlier(now.plus(IDLE), end));
        open.put(key(secret), new Open(session, end));
        return new Entry.Opened(session, secret);
    }

    private void makeRoom(Predicate<Session> of, int most) {
        List<Map.Entry<String, Open>> found = open.entrySet().stream().filter(one -> of.test(one.getValue().session))
                .sorted(Comparator.comparing(one -> one.getValue().session.used())).toList();
        found.subList(0, Math.max(0, found.size() - most + 1)).forEach(one -> open.remove(one.getKey()));
    }

    synchronized Optional<Session> use(String secret) {
        Instant now = clock.instant();
        dropEnded(now);
        Open found = open.computeIfPresent(key(secret), (k, one) -> one.used(now));
        return Optional.ofNullable(found).map(Open::session);
    }

    /** The newest first. */
    synchronized List<Session> list() {
        dropEnded(clock.instant());
        List<Session> all = new ArrayList<>(open.values().stream().map(Open::session).toList());
        all.sort(Comparator.comparing(Session::opened).reversed());
        return all;
    }

    /** @return how many ended */
    synchronized int end(Predicate<Session> which) {
        int before = open.size();
        open.values().removeIf(one -> which.test(one.session));
        return before - open.size();
    }

    private void dropEnded(Instant now) {
        open.values().removeIf(one -> !one.session.expires().isAfter(now));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static String key(String secret) {
        return HexFormat.of().formatHex(Secrets.hash(secret));
    }
}
