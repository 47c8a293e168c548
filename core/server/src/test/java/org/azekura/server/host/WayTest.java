package org.azekura.server.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.azekura.api.Endpoint;
import org.junit.jupiter.api.Test;

class WayTest {

    private static final Endpoint LOCAL = new Endpoint("local", "node-n1");
    private static final Endpoint TLS = new Endpoint("tls", ":8444/node-n1");
    private static final Endpoint BOUND = new Endpoint("tls", "10.0.0.2:8444/node-n1");

    private static Optional<String> way(String nodeScheme, String nodeHost, List<Endpoint> endpoints, String scheme, String host) {
        return new Way(nodeScheme, nodeHost, endpoints).from(scheme, host).map(Endpoint::toString);
    }

    @Test
    void withinOneProcessTheShortestIsTaken() {
        assertEquals(Optional.of("local:node-n1"), way("local", "", List.of(TLS, LOCAL), "local", ""));
    }

    @Test
    void aClientElsewhereReachesTheServersOwnNodeByTheServersName() {
        assertEquals(Optional.of("tls::8444/node-n1"), way("local", "", List.of(LOCAL, TLS), "tls", "10.0.0.9"));
    }

    @Test
    void aNodeElsewhereIsReachedWhereItIsSeen() {
        assertEquals(Optional.of("tls:10.0.0.2:8444/node-n1"), way("tls", "10.0.0.2", List.of(LOCAL, TLS), "tls", "10.0.0.9"));
        assertEquals(Optional.of("tls:[fd00::2]:8444/node-n1"), way("tls", "fd00::2", List.of(LOCAL, TLS), "local", ""));
    }

    @Test
    void anAddressThatIsBoundIsTakenAsItIs() {
        assertEquals(Optional.of(BOUND.toString()), way("tls", "10.0.0.7", List.of(LOCAL, BOUND), "tls", "10.0.0.9"));
    }

    @Test
    void aNodeInAnotherProcessOfTheServersHostIsKnownToOthersByTheServersName() {
        assertEquals(Optional.of("tls::8444/node-n1"), way("tls", "127.0.0.1", List.of(LOCAL, TLS), "tls", "10.0.0.9"));
        assertEquals(Optional.of("tls:127.0.0.1:8444/node-n1"), way("tls", "127.0.0.1", List.of(LOCAL, TLS), "local", ""));
    }

    @Test
    void aNodeThatIsDialledIsReachedAtThePortThatIsDialled() {
        Way way = new Way("tls", "gate.example.org", List.of(LOCAL, TLS, BOUND)).calledAt(new Endpoint("tls", "gate.example.org:9444/orders-n1"));
        assertEquals(List.of(LOCAL, new Endpoint("tls", ":9444/node-n1"), BOUND), way.endpoints());
        assertEquals(Optional.of("tls:gate.example.org:9444/node-n1"), way.from("tls", "10.0.0.9").map(Endpoint::toString));
        assertEquals(List.of(new Endpoint("tls", ":9444/node-n1")), new Way("tls", "fd00::2", List.of(TLS)).calledAt(new Endpoint("tls",
                "[fd00::2]:9444/orders-n1")).endpoints());
    }

    @Test
    void aNodeWithNothingButItsOwnProcessIsReachedByNobodyElse() {
        assertEquals(Optional.empty(), way("local", "", List.of(LOCAL), "tls", "10.0.0.9"));
        assertEquals(Optional.empty(), way("tls", "10.0.0.2", List.of(LOCAL), "local", ""));
    }
}
