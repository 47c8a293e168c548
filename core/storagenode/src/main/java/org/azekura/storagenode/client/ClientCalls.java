package org.azekura.storagenode.client;

import java.time.Duration;
import org.azekura.api.BackupException;
import org.azekura.api.NodeName;
import org.azekura.api.message.NodeOrder;
import org.azekura.api.transport.Connection;
import org.azekura.storagenode.job.NodeJobs;
import org.azekura.wire.Peers;
import org.azekura.wire.Transports;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Dials clients that may not dial this node; what follows is the same as if they had. */
public final class ClientCalls {

    private static final Duration DIAL = Duration.ofSeconds(20);
    private static final Logger LOG = LoggerFactory.getLogger(ClientCalls.class);

    private final NodeName self;
    private final Transports transports;
    private final NodeJobs jobs;
    private final TicketCheck tickets;

    public ClientCalls(NodeName self, Transports transports, NodeJobs jobs, TicketCheck tickets) {
        this.self = self;
        this.transports = transports;
        this.jobs = jobs;
        this.tickets = tickets;
    }

    /**
     * Returns when the client has been reached; it opens its job on this connection, or not at all.
     *
     * @throws BackupException {@code transport.*}; {@code peer.name} if somebody else answers
     */
    public void call(NodeOrder.CallClient order) throws BackupException {
        Connection connection = transports.dial(order.at(), "node/" + self, DIAL);
        Peers.require(connection, "client/" + order.client());
        LOG.info("client={} is reached at {}", order.client(), order.at());
        Thread.ofVirtual().name("node " + self + " called client " + order.client()).start(() -> new ClientTalk(connection, jobs, tickets).run());
    }
}
