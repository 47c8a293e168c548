package org.azekura.felix.config.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.azekura.testkit.net.Sockets;
import org.azekura.testkit.net.TcpProxy;

/**
 * A host behind a gate that no packet passes. Whatever it dials is a proxy of the test, which stands at the very address and port of the
 * other host; so nothing has to be told where to go, and the test does to each way what it likes. Nobody can dial this host unless the
 * test opens a way in.
 */
final class Island implements AutoCloseable {

    private final Network.Host host;
    private final Namespace gate;
    private final Namespace outside;
    private final Map<InetSocketAddress, TcpProxy> ways = new LinkedHashMap<>();
    private final Map<InetSocketAddress, TcpProxy> in = new LinkedHashMap<>();
    private final Set<String> there = new HashSet<>();

    Island(Network.Host host, Namespace gate, Namespace outside) {
        this.host = host;
        this.gate = gate;
        this.outside = outside;
    }

    Network.Host host() {
        return host;
    }

    /** The way to a port of another host; asked again, the same. */
    TcpProxy to(Network.Host other, int port) {
        return to(other.address(), port);
    }

    /** The same for an address: the switch's is that of every other island. */
    TcpProxy to(String address, int port) {
        return ways.computeIfAbsent(new InetSocketAddress(address, port), target -> {
            if (there.add(address)) {
                gate.ip("address", "add", address + "/24", "dev", "br0");
            }
            // listens inside, dials outside
            return listen(target, target, new Between(gate, outside));
        });
    }

    /** A way in: who has seen this host come from the switch dials it there, at the same port. */
    TcpProxy from(int port) {
        return from(port, port);
    }

    /** The same at another port than this host's own, as who passes connections on may have it. */
    TcpProxy from(int outside, int port) {
        return in.computeIfAbsent(new InetSocketAddress(Network.SWITCH, outside),
                at -> listen(at, new InetSocketAddress(host.address(), port), new Between(this.outside, gate)));
    }

    private record Between(Namespace here, Namespace there) implements Sockets {
        @Override
        public ServerSocketChannel server() {
            return here.server();
        }

        @Override
        public SocketChannel client() {
            return there.client();
        }

        @Override
        public SocketChannel holder() {
            return here.client();
        }
    }

    private static TcpProxy listen(InetSocketAddress at, InetSocketAddress target, Sockets sockets) {
        try {
            return TcpProxy.listen(at, target, sockets);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        for (Map<InetSocketAddress, TcpProxy> direction : List.of(ways, in)) {
            for (TcpProxy way : direction.values()) {
                way.close();
            }
        }
    }
}
