package org.azekura.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.azekura.api.transport.Connection;
import org.azekura.api.transport.Stream;
import org.junit.jupiter.api.Test;

class ArrivalsTest {

    private static final Duration SHORT = Duration.ofMillis(10);
    private static final Duration LONG = Duration.ofMinutes(2);

    private final Arrivals arrivals = new Arrivals();

    /** Knows who it is, and whether it was closed. */
    private static final class Known implements Connection {
        private final String peer;
        private volatile boolean closed;

        Known(String peer) {
            this.peer = peer;
        }

        @Override
        public String scheme() {
            return "known";
        }

        @Override
        public String peer() {
            return peer;
        }

        @Override
        public String host() {
            return "";
        }

        @Override
        public Stream control() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Stream open() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Stream accept(Duration timeout) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private Known arrive(String peer) {
        Known connection = new Known(peer);
        arrivals.add(connection);
        return connection;
    }

    @Test
    void givesEachPeerToWhoAsksForIt() throws Exception {
        Known server = arrive("server/a");
        Known node = arrive("node/n1");
        Known other = arrive("node/n12");
        assertSame(node, arrivals.await("node/n1", SHORT));
        assertSame(server, arrivals.await("server/", SHORT));
        assertSame(other, arrivals.await("node/n12", SHORT));
        assertFalse(server.closed || node.closed || other.closed);
    }

    @Test
    void waitsForOneThatIsStillToCome() throws Exception {
        CompletableFuture<Connection> found = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                found.complete(arrivals.await("server/", LONG));
            } catch (BackupException e) {
                found.completeExceptionally(e);
            }
        });
        Known server = arrive("server/a");
        assertSame(server, found.get(120, TimeUnit.SECONDS));
    }

    @Test
    void ofSeveralTheNewestCountsAndTheOthersAreClosed() throws Exception {
        Known first = arrive("server/a");
        Known second = arrive("server/a");
        assertSame(second, arrivals.await("server/", SHORT));
        assertTrue(first.closed);
        assertFalse(second.closed);
        assertEquals("transport.unreachable", assertThrows(BackupException.class, () -> arrivals.await("server/", SHORT)).failure().code());
    }

    @Test
    void letsNoClientInAndKeepsOnlySoMany() throws Exception {
        assertTrue(arrive("client/evil").closed);
        assertTrue(arrive("").closed);
        List<Known> nodes = new ArrayList<>();
        for (int i = 0; i < 17; i++) {
            nodes.add(arrive("node/n" + i));
        }
        assertTrue(nodes.getFirst().closed);
        assertSame(nodes.get(1), arrivals.await("node/n1", SHORT));
    }
}
