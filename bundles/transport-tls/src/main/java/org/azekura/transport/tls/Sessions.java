package org.azekura.transport.tls;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The connections of a process. Safe for any number of threads. */
final class Sessions {

    private static final Duration FAREWELL = Duration.ofSeconds(1);

    private final Trust trust;
    private final Set<Session> all = ConcurrentHashMap.newKeySet();
    /** Those that others dialled; only they are resumed here. */
    private final Map<String, Session> accepted = new ConcurrentHashMap<>();

    Sessions(Trust trust) {
        this.trust = trust;
    }

    void dialled(Session session) {
        all.add(session);
    }

    /** @return whether the id was free */
    boolean accepted(Session session) {
        if (accepted.putIfAbsent(session.id(), session) != null) {
            return false;
        }
        all.add(session);
        return true;
    }

    /** One that is dialled tells that what the same host had dialled before it was started anew will never be resumed. */
    void endThoseBefore(Session fresh) {
        for (Session session : accepted.values()) {
            if (session.peer().equals(fresh.peer()) && !Greeting.sameProcess(session.id(), fresh.id()) && session.links().isDown()) {
                session.end("the other side was started anew", false);
            }
        }
    }

    int count() {
        return all.size();
    }

    /** @return null if there is none */
    Session find(String id) {
        return accepted.get(id);
    }

    void remove(Session session) {
        all.remove(session);
        accepted.remove(session.id(), session);
    }

    void tick() {
        all.forEach(session -> session.links().tick());
    }

    /** Ends those whose certificate is trusted no longer. */
    void check() {
        for (Session session : all) {
            var certificate = session.links().certificate();
            if (certificate != null && trust.distrusts(certificate)) {
                session.end("the certificate " + Trust.described(certificate) + " is revoked", false);
            }
        }
    }

    /** Ends all and waits, not long, until the other sides are told. */
    void close() {
        List<Session> last = List.copyOf(all);
        last.forEach(Session::close);
        long end = System.nanoTime() + FAREWELL.toNanos();
        try {
            for (Session session : last) {
                session.links().join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
