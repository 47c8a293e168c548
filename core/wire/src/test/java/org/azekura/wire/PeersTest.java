package org.azekura.wire;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import org.azekura.api.transport.Connection;
import org.junit.jupiter.api.Test;

class PeersTest {

    private final AtomicInteger closed = new AtomicInteger();

    private Connection with(String peer) {
        return (Connection) Proxy.newProxyInstance(Connection.class.getClassLoader(), new Class<?>[] {Connection.class},
                (self, method, args) -> switch (method.getName()) {
                    case "peer" -> peer;
                    case "close" -> closed.incrementAndGet();
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    @Test
    void aServerIsWhoTheTransportCallsOne() throws Exception {
        Peers.requireServer(with("server/hub"));
        assertEquals(0, closed.get());
        for (String other : new String[] {"client/hub", "node/server/hub", "server", "", "Server/hub"}) {
            assertRefused("peer.name", () -> Peers.requireServer(with(other)));
        }
        assertEquals(5, closed.get(), "nothing is said to them");
    }

    @Test
    void aPeerHasTheWholeNameThatWasExpected() throws Exception {
        Peers.require(with("node/n1"), "node/n1");
        for (String other : new String[] {"node/n11", "node/n", "client/n1"}) {
            assertTrue(assertRefused("peer.name", () -> Peers.require(with(other), "node/n1")).getMessage().contains("node/n1"));
        }
        assertEquals(3, closed.get());
    }
}
