package org.azekura.wire;

import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.azekura.api.Endpoint;
import org.azekura.api.transport.Connection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The servers that dial a role which may not dial itself: each has a link, and its newest connection is the one that counts. */
final class Callers<T extends ServerTalk> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Callers.class);

    private final ServerLinks<T> links;
    private final Endpoint awaited;
    private final Transports.Offer offer;
    private final Map<Endpoint, BlockingQueue<Connection>> waiting = new ConcurrentHashMap<>();
    private volatile boolean closed;

    Callers(ServerLinks<T> links, Endpoint awaited, String service) {
        this.links = links;
        this.awaited = awaited;
        this.offer = links.self().transports().awaitCalls(service, links.self().peer());
    }

    void start() {
        Thread.ofVirtual().name(links.self().peer() + " waits for calls").start(this::run);
    }

    private void run() {
        String told = "";
        while (!closed) {
            try {
                take(links.self().transports().dial(awaited, links.self().peer(), ServerLink.DIAL));
                told = "";
            } catch (BackupException e) {
                if (!told.equals(e.getMessage()) && links.standing().isEmpty()) {
                    told = e.getMessage();
                    LOG.info("{} is not called by a server yet: {}", links.self().peer(), told);
                }
            }
        }
    }

    private void take(Connection connection) {
        // two servers of one name are told apart by where they call from
        Endpoint by = new Endpoint(Transports.AWAIT, connection.peer() + (connection.host().isEmpty() ? "" : "@" + connection.host()));
        BlockingQueue<Connection> queue = waiting.computeIfAbsent(by, caller -> new LinkedBlockingQueue<>());
        ServerLink link = links.called(by, connection.peer(), () -> next(by, queue));
        if (link == null) {
            connection.close();
        } else {
            link.hangUp();
            queue.add(connection);
        }
    }

    /** The newest; the server has given up the others. */
    static Connection next(Endpoint by, BlockingQueue<Connection> queue) throws BackupException, InterruptedException {
        Connection newest = queue.poll(ServerLink.DIAL.toSeconds(), TimeUnit.SECONDS);
        for (Connection newer = queue.poll(); newer != null; newer = queue.poll()) {
            if (newest != null) {
                newest.close();
            }
            newest = newer;
        }
        if (newest == null) {
            throw BackupException.network("transport.unreachable", by.address(), by.address() + " has not called again", null);
        }
        return newest;
    }

    @Override
    public void close() {
        closed = true;
        offer.close();
    }
}
