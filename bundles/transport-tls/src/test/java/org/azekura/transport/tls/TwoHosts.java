package org.azekura.transport.tls;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.azekura.api.transport.Connection;
import org.azekura.api.transport.Transport.Listener;
import org.azekura.testkit.net.TcpProxy;

/** A server, a client that dials it, and a network between them that a test has in its hand. */
final class TwoHosts implements AutoCloseable {

    static final Duration LONG = Duration.ofMinutes(2);
    static final String SERVER = "server/s1";
    static final String CLIENT = "client/c1";

    final Authority authority = new Authority();
    final TlsTransport server;
    final TlsTransport client;
    final Listener listener;
    final TcpProxy proxy;
    final Path serverHome;
    final Path clientHome;
    final BlockingQueue<String> refused = new LinkedBlockingQueue<>();
    private final BlockingQueue<Connection> incoming = new LinkedBlockingQueue<>();

    TwoHosts(Path folder) throws Exception {
        this(folder, Hosts.settings());
    }

    TwoHosts(Path folder, Settings settings) throws Exception {
        serverHome = authority.home(folder.resolve("server"), SERVER, "node/n1");
        clientHome = authority.home(folder.resolve("client"), CLIENT);
        server = new TlsTransport(serverHome, settings, new Refusals(refused::add));
        client = new TlsTransport(clientHome, settings, new Refusals());
        listener = server.listen("server", SERVER, incoming::add);
        proxy = TcpProxy.to(socket());
    }

    InetSocketAddress socket() throws BackupException {
        return Place.parse(listener.address()).socket();
    }

    /** What leads through the proxy. */
    String address() {
        return "127.0.0.1:" + proxy.address().getPort() + "/server";
    }

    Connection dial() throws BackupException {
        return client.dial(address(), CLIENT, LONG);
    }

    Connection accepted() throws InterruptedException {
        Connection connection = incoming.poll(120, TimeUnit.SECONDS);
        assertNotNull(connection, "no connection came in");
        return connection;
    }

    /** What the server has logged about somebody whom it refused. */
    String refusal() throws InterruptedException {
        String line = refused.poll(120, TimeUnit.SECONDS);
        assertNotNull(line, "nobody was refused");
        return line;
    }

    boolean nobodyCame() {
        return incoming.isEmpty();
    }

    @Override
    public void close() throws IOException {
        client.close();
        server.close();
        proxy.close();
    }
}
