package org.azekura.transport.tls;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.azekura.api.BackupException;
import org.azekura.api.transport.Connection;
import org.azekura.api.transport.Transport.Listener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one socket at which this process can be reached, open while a service is offered. Safe for any number of threads. */
final class Door {

    private static final Logger LOG = LoggerFactory.getLogger(Door.class);
    private static final int BACKLOG = 128;
    /** Until descriptors or memory may be there again. */
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Means means;
    private final Guests guests;
    private final Map<String, Offer> offers = new HashMap<>();
    private ServerSocketChannel socket;

    Door(Means means) {
        this.means = means;
        this.guests = new Guests(means, this);
    }

    /**
     * A service that can be dialled.
     *
     * @param self   by which it is known
     * @param accept takes its connections
     */
    final class Offer implements Listener {

        private final String service;
        private final String self;
        private final Consumer<Connection> accept;
        private final String address;

        Offer(String service, String self, Consumer<Connection> accept, String address) {
            this.service = service;
            this.self = self;
            this.accept = accept;
            this.address = address;
        }

        String self() {
            return self;
        }

        void accept(Connection connection) {
            Thread.ofVirtual().name(this + " accepts " + connection.peer()).start(() -> accept.accept(connection));
        }

        @Override
        public String address() {
            return address;
        }

        @Override
        public void close() {
            Door.this.close(this);
        }

        @Override
        public String toString() {
            return TlsTransport.SCHEME + ":" + address;
        }
    }

    synchronized Listener open(String service, String self, Consumer<Connection> accept) throws BackupException {
        if (offers.containsKey(service)) {
            throw BackupException.network("transport.taken", service, "somebody offers " + offers.get(service) + " already", null);
        }
        if (socket == null) {
            socket = bound();
            ServerSocketChannel at = socket;
            Thread.ofPlatform().daemon().name("tls door " + port(at)).start(() -> receive(at));
        }
        Offer offer = new Offer(Greeting.checked(service), Greeting.checked(self), accept, address(service));
        offers.put(service, offer);
        return offer;
    }

    private ServerSocketChannel bound() throws BackupException {
        InetSocketAddress wanted = new InetSocketAddress(means.settings().host(), means.settings().port());
        String shown = Place.at(means.settings().host(), means.settings().port());
        ServerSocketChannel made = null;
        try {
            made = ServerSocketChannel.open();
            if (wanted.isUnresolved()) {
                throw new IOException("there is no such address");
            }
            return made.bind(wanted, BACKLOG);
        } catch (IOException e) {
            cut(made);
            throw BackupException.network("transport.taken", shown, "cannot listen at " + shown + ": " + e.getMessage()
                    + "; \"--transport-port\" takes another port", e);
        }
    }

    private static int port(ServerSocketChannel socket) {
        return socket.socket().getLocalPort();
    }

    private String address(String service) {
        return address(socket.socket().getInetAddress().isAnyLocalAddress(), port(socket), service);
    }

    private String address(boolean any, int port, String service) {
        return (any ? ":" + port : Place.at(means.settings().host(), port)) + "/" + service;
    }

    /** Where a service would be; empty if the port is taken only when it is offered. */
    String reachable(String service) {
        InetSocketAddress wanted = new InetSocketAddress(means.settings().host(), means.settings().port());
        return wanted.isUnresolved() || wanted.getPort() == 0 ? "" : address(wanted.getAddress().isAnyLocalAddress(), wanted.getPort(), service);
    }

    /** @return null if nobody offers it */
    synchronized Offer find(String service) {
        return offers.get(service);
    }

    private synchronized void close(Offer offer) {
        if (offers.remove(offer.service, offer) && offers.isEmpty()) {
            shut();
        }
    }

    private void shut() {
        cut(socket);
        socket = null;
    }

    private static void cut(ServerSocketChannel socket) {
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException e) {
                // It listens no longer all the same.
            }
        }
    }

    private void receive(ServerSocketChannel at) {
        while (at.isOpen()) {
            try {
                SocketChannel guest = at.accept();
                guests.receive(guest);
            } catch (IOException | RuntimeException | OutOfMemoryError e) {
                if (at.isOpen()) {
                    LOG.error("cannot take a connection at port {}", port(at), e);
                    LockSupport.parkNanos(PAUSE.toNanos());
                }
            }
        }
    }

    /** Ends all offers, and cuts who has not said who he is. */
    synchronized void close() {
        offers.clear();
        shut();
        guests.close();
    }
}
