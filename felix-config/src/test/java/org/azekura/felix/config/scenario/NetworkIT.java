package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import org.azekura.testkit.net.Direction;
import org.azekura.testkit.net.TcpProxy;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The lab itself: without it the other tests would prove nothing. */
class NetworkIT {

    private static final int PORT = 8444;
    /** Whoever asked in vain for an address asks again after a second. */
    private static final int PATIENCE_MS = 5_000;
    private static final int IMPATIENCE_MS = 300;

    @BeforeAll
    static void allowed() {
        Network.assumeAllowed();
    }

    private static ServerSocketChannel listen(Network.Host host) throws IOException {
        return host.namespace().server().bind(new InetSocketAddress(host.address(), PORT));
    }

    private static Socket dial(Network.Host from, String address) throws IOException {
        return dial(from, address, PATIENCE_MS);
    }

    private static Socket dial(Network.Host from, String address, int patience_ms) throws IOException {
        Socket socket = from.namespace().client().socket();
        socket.connect(new InetSocketAddress(address, PORT), patience_ms);
        return socket;
    }

    @Test
    void hostsReachEachOtherAndTheirBytesAreCounted() throws Exception {
        try (Network network = new Network()) {
            Network.Host server = network.host("server");
            Network.Host node = network.host("node");
            Network.Host client = network.host("client");
            Network.Counted before = server.counted();
            try (ServerSocketChannel listener = listen(node); Socket near = dial(client, node.address()); Socket far = listener.accept().socket()) {
                near.getOutputStream().write(new byte[50_000]);
                assertEquals(50_000, far.getInputStream().readNBytes(50_000).length);
            }
            assertTrue(node.counted().in() > 50_000 && client.counted().out() > 50_000, () -> node.counted() + " " + client.counted());
            assertTrue(server.counted().since(before).both() < 10_000, "others' bytes came to the server");
            System.out.println("netem: " + (network.hasNetem() ? "here" : "not in this kernel; slow links are the proxy's"));
        }
    }

    @Test
    void anIslandIsReachedAndReachesOthersOnlyThroughItsGate() throws Exception {
        try (Network network = new Network()) {
            Network.Host node = network.host("node");
            try (Island island = network.island("client"); ServerSocketChannel listener = listen(node); ServerSocketChannel alone = listen(island.host())) {
                assertTrue(alone.isOpen());
                assertThrows(IOException.class, () -> dial(node, island.host().address(), IMPATIENCE_MS));
                assertThrows(IOException.class, () -> dial(island.host(), node.address(), IMPATIENCE_MS));
                TcpProxy way = island.to(node, PORT);
                try (Socket near = dial(island.host(), node.address()); Socket far = listener.accept().socket()) {
                    assertEquals(Network.SWITCH, far.getInetAddress().getHostAddress());
                    near.getOutputStream().write(7);
                    assertEquals(7, far.getInputStream().read());
                    assertTrue(way.awaitBytes(Direction.FORWARD, 1, Namespace.LIMIT));
                }
                island.from(PORT);
                try (Socket near = dial(node, Network.SWITCH); Socket far = alone.accept().socket()) {
                    near.getOutputStream().write(8);
                    assertEquals(8, far.getInputStream().read());
                }
            }
        }
    }

    @Test
    void nothingIsLeftOfIt() {
        String name;
        try (Network network = new Network()) {
            name = network.host("server").namespace().name();
            assertTrue(Run.of(Namespace.LIMIT, "ip", "netns", "list").out().contains(name));
        }
        assertTrue(!Run.of(Namespace.LIMIT, "ip", "netns", "list").out().contains(name));
    }
}
