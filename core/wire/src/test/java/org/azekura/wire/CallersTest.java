package org.azekura.wire;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.azekura.api.Endpoint;
import org.azekura.api.transport.Connection;
import org.azekura.api.transport.Stream;
import org.junit.jupiter.api.Test;

class CallersTest {

    private static final Endpoint BY = new Endpoint(Transports.AWAIT, "server/one");

    private final List<Connection> closed = new ArrayList<>();

    /** One whose patience is over at once. */
    private static final class Hasty extends LinkedBlockingQueue<Connection> {

        private static final long serialVersionUID = 1;

        @Override
        public Connection poll(long timeout, TimeUnit unit) {
            return null;
        }
    }

    private final class Call implements Connection {

        @Override
        public String scheme() {
            return "local";
        }

        @Override
        public String peer() {
            return "server/one";
        }

        @Override
        public String host() {
            return "";
        }

        @Override
        public Stream control() {
            throw new IllegalStateException("nobody talks");
        }

        @Override
        public Stream open() {
            throw new IllegalStateException("nobody talks");
        }

        @Override
        public Stream accept(Duration timeout) {
            return null;
        }

        @Override
        public void close() {
            closed.add(this);
        }
    }

    @Test
    void theNewestCallCountsAlsoOneThatCameAMomentTooLate() throws Exception {
        Hasty calls = new Hasty();
        assertRefused("transport.unreachable", () -> Callers.next(BY, calls));
        Call older = new Call();
        Call newest = new Call();
        calls.add(older);
        calls.add(newest);
        assertSame(newest, Callers.next(BY, calls));
        assertEquals(List.of(older), closed);
    }
}
