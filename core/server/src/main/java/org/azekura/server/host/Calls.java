package org.azekura.server.host;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.Endpoint;
import org.azekura.api.NodeName;
import org.azekura.api.transport.Connection;
import org.azekura.wire.Transports;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Dials the clients and nodes that may not dial this server, and again after every loss. Safe for any number of threads. */
public final class Calls implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Calls.class);
    private static final Duration DIAL = Duration.ofSeconds(10);
    private static final long FIRST_PAUSE_MS = 500;
    private static final long LONGEST_PAUSE_MS = 15_000;

    private final Transports transports;
    private final String self;
    private final Hosts hosts;
    private final Reception reception;
    private final Map<String, Line> lines = new LinkedHashMap<>();
    private boolean closed;

    /** @param self by which name others know this server */
    public Calls(Transports transports, String self, Hosts hosts, Reception reception) {
        this.transports = transports;
        this.self = self;
        this.hosts = hosts;
        this.reception = reception;
    }

    /** @param at where the client is dialled from now on; null: it dials */
    public void set(ClientName client, Endpoint at) {
        set("client/" + client, () -> hosts.isConnected(client), at);
    }

    /** @param at where the node is dialled from now on; null: it dials */
    public void set(NodeName node, Endpoint at) {
        set("node/" + node, () -> hosts.isConnected(node), at);
    }

    private synchronized void set(String peer, BooleanSupplier connected, Endpoint at) {
        Line before = lines.remove(peer);
        if (before != null) {
            before.end.countDown();
        }
        if (at != null && !closed) {
            Line line = new Line(peer, connected, at);
            lines.put(peer, line);
            Thread.ofVirtual().name("server-calls-" + peer).start(line::run);
        }
    }

    /** Nobody is dialled any more. Connections that exist stay. */
    @Override
    public synchronized void close() {
        closed = true;
        lines.values().forEach(line -> line.end.countDown());
        lines.clear();
    }

    private final class Line {

        private final String peer;
        private final BooleanSupplier connected;
        private final Endpoint at;
        private final CountDownLatch end = new CountDownLatch(1);
        private String told = "";

        Line(String peer, BooleanSupplier connected, Endpoint at) {
            this.peer = peer;
            this.connected = connected;
            this.at = at;
        }

        private void run() {
            long pause = FIRST_PAUSE_MS;
            try {
                do {
                    if (connected.getAsBoolean()) {
                        pause = FIRST_PAUSE_MS;
                    } else {
                        call();
                        pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
                    }
                } while (!end.await(pause, TimeUnit.MILLISECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** The other side says hello on what is made, as on a connection of its own. */
        private void call() {
            try {
                Connection connection = transports.dial(at, self, DIAL);
                if (!connection.peer().equals(peer)) {
                    connection.close();
                    throw BackupException.operator("peer.name", peer, "there answers " + connection.peer());
                }
                told = "";
                reception.called(connection, at);
            } catch (BackupException e) {
                if (!told.equals(e.getMessage())) {
                    told = e.getMessage();
                    log.info("{} is not reached at {} yet: {}", peer, at, told);
                }
            }
        }
    }
}
