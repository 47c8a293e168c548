package org.azekura.transport.tls;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.SSLException;
import org.azekura.api.BackupException;
import org.azekura.api.Failure;
import org.azekura.api.identity.Identity;
import org.azekura.transport.tls.Greeting.Answer;

/** Dials, and dials again as long as a connection can be resumed. Safe for any number of threads. */
final class Dialling {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Means means;
    private final SecureRandom random = new SecureRandom();
    /** The first half of all ids: who starts anew has another one. */
    private final byte[] instance = new byte[Greeting.ID / 2];

    Dialling(Means means) {
        this.means = means;
        random.nextBytes(instance);
    }

    private record Linked(Link link, Answer answer) {}

    Session dial(Place place, String self, Duration timeout) throws BackupException {
        byte[] id = new byte[Greeting.ID];
        random.nextBytes(id);
        System.arraycopy(instance, 0, id, 0, instance.length);
        Greeting greeting = new Greeting(HexFormat.of().formatHex(id), false, 0, place.service(), Greeting.checked(self));
        Linked linked = link(place, greeting, timeout);
        Session session = new Session(greeting.id(), linked.answer.text(), place.host(), self, true, means);
        means.sessions().dialled(session);
        goOn(session, linked);
        session.links().start();
        Thread.ofPlatform().daemon().name("tls from " + session).start(() -> keep(session, place, linked.link));
        return session;
    }

    private void goOn(Session session, Linked linked) throws BackupException {
        session.links().attach(linked.link, linked.answer.received());
        if (means.trust().distrusts(linked.link.certificate())) {
            session.end("the certificate " + Trust.described(linked.link.certificate()) + " is revoked", false);
        }
    }

    /** Reads one link after the other; where none brings anything they come ever less often. */
    private void keep(Session session, Place place, Link first) {
        Duration pause = Duration.ZERO;
        for (Link link = first; link != null; link = again(session, place, pause)) {
            long before = session.links().progress();
            session.links().read(link);
            pause = session.links().progress() > before ? Duration.ZERO : next(pause);
        }
    }

    /** @return null if the connection is over */
    private Link again(Session session, Place place, Duration first) {
        Duration pause = first;
        while (session.links().pause(pause)) {
            try {
                Linked linked = link(place, new Greeting(session.id(), true, session.links().received(), place.service(), session.self()),
                        means.settings().greeting());
                if (!linked.answer.text().equals(session.peer())) {
                    linked.link.cut();
                    throw refused(place, "it is " + linked.answer.text() + ", not " + session.peer(), null);
                }
                goOn(session, linked);
                return linked.link;
            } catch (BackupException e) {
                if (e.failure().kind() != Failure.Kind.NETWORK || e.failure().code().equals("transport.closed")) {
                    session.end(e.getMessage(), false);
                }
            } catch (RuntimeException e) {
                session.end(e.toString(), false);
            }
            pause = next(pause);
        }
        return null;
    }

    /** Not all at once after a cut that all have seen. */
    private static Duration next(Duration pause) {
        Duration twice = pause.isZero() ? FIRST_PAUSE : pause.multipliedBy(2);
        long most = Math.min(twice.toMillis(), LONGEST_PAUSE.toMillis());
        return Duration.ofMillis(most - ThreadLocalRandom.current().nextLong(most / 4));
    }

    private Linked link(Place place, Greeting greeting, Duration timeout) throws BackupException {
        Credential own = means.credentials().current();
        if (!own.names().contains(greeting.self())) {
            throw refused(place, "this host's certificate is for " + own.names() + ", not for " + greeting.self(), null);
        }
        long begin = System.nanoTime();
        Wire wire = null;
        Future<?> cut = null;
        boolean done = false;
        try {
            wire = new Wire(connect(place, timeout), own.engine(true));
            cut = means.watch().cut(wire, timeout.minusNanos(System.nanoTime() - begin));
            wire.handshake();
            Link link = new Link(wire);
            link.write(greeting.encode());
            Answer answer = Answer.decode(link.message());
            check(place, answer, wire);
            link.trusted();
            done = true;
            return new Linked(link, answer);
        } catch (SSLException e) {
            throw refused(place, reason(e), e);
        } catch (IOException e) {
            boolean late = cut != null && System.nanoTime() - begin >= timeout.toNanos();
            throw unreachable(place, late ? "no answer within " + timeout.toMillis() + " ms" : e.getMessage() == null ? e.toString() : e.getMessage(), e);
        } finally {
            if (cut != null) {
                cut.cancel(false);
            }
            if (wire != null && !done) {
                wire.close();
            }
        }
    }

    private static SocketChannel connect(Place place, Duration timeout) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            var address = place.socket();
            if (address.isUnresolved()) {
                throw new IOException("there is no host of this name");
            }
            channel.socket().connect(address, Math.clamp(timeout.toMillis(), 1, Integer.MAX_VALUE));
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static void check(Place place, Answer answer, Wire wire) throws BackupException {
        switch (answer.code()) {
            case WELCOME -> {
                Set<String> names = Identity.names(wire.peer());
                if (!names.contains(answer.text())) {
                    throw refused(place, "its certificate is for " + names + ", not for " + answer.text(), null);
                }
            }
            case NO_SERVICE, BUSY -> throw unreachable(place, answer.text(), null);
            case NOT_TRUSTED -> throw refused(place, "it says: " + answer.text(), null);
            case NO_CONNECTION -> throw BackupException.network("transport.closed", place.toString(), place + " says: " + answer.text(), null);
        }
    }

    private static String reason(SSLException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    private static BackupException refused(Place place, String why, Exception cause) {
        return new BackupException(new Failure("transport.refused", Failure.Kind.OPERATOR, false, place.toString(),
                "no trust between this host and " + place + ": " + why), cause);
    }

    private static BackupException unreachable(Place place, String why, Exception cause) {
        return BackupException.network("transport.unreachable", place.toString(), place + " is not reached: " + why, cause);
    }
}
