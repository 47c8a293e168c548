package org.azekura.storagenode.copy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.azekura.api.BackupException;
import org.azekura.api.Endpoint;
import org.azekura.api.Failure;
import org.azekura.api.JobId;
import org.azekura.api.NodeName;
import org.azekura.api.PoolName;
import org.azekura.api.message.Answer;
import org.azekura.api.message.CopyOrder;
import org.azekura.api.message.Message;
import org.azekura.api.message.NodeRequest;
import org.azekura.api.message.PoolAnswer;
import org.azekura.api.transport.Connection;
import org.azekura.storagenode.pool.Pool;
import org.azekura.wire.Conversation;
import org.azekura.wire.Transports;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The copies from node to node that this node takes part in; it may have both sides of one. */
public final class Copies {

    private static final Duration DIAL = Duration.ofSeconds(15);
    private static final Duration OPEN = Duration.ofSeconds(30);
    private static final Logger LOG = LoggerFactory.getLogger(Copies.class);

    private record Key(JobId job, PoolName pool) {}

    private final NodeName self;
    private final Transports transports;
    private final Map<Key, CopySide> sides = new ConcurrentHashMap<>();

    public Copies(NodeName self, Transports transports) {
        this.self = self;
        this.transports = transports;
    }

    public PoolAnswer.VolumeReady begin(CopyOrder.BeginCopy order, Pool pool) throws BackupException {
        PoolAnswer.VolumeReady ready = pool.ready();
        CopySide[] old = new CopySide[1];
        sides.compute(new Key(order.job(), order.pool()), (key, before) -> {
            if (before != null && before.pool() == pool && before.is(order)) {
                return before;
            }
            old[0] = before;
            return new CopySide(order, pool);
        });
        if (old[0] != null) {
            old[0].end();
        }
        LOG.info("job={} volume={} {} node {}", order.job(), ready.label(), order.gives() ? "gives packs to" : "takes packs from", order.peer());
        return ready;
    }

    /** Null if the server has told of none. */
    public CopySide find(JobId job, PoolName pool) {
        return sides.get(new Key(job, pool));
    }

    /** @throws BackupException {@code job.unknown} */
    public CopySide get(JobId job, PoolName pool) throws BackupException {
        CopySide side = find(job, pool);
        if (side == null) {
            throw BackupException.operator("job.unknown", job.toString(), "job " + job + " copies nothing from or to pool " + pool
                    + " on this storage node");
        }
        return side;
    }

    /**
     * Connects to the other side of a copy.
     *
     * @param serverHost where this node reaches the server: what is on that very host is reached there as well
     */
    public void link(CopyOrder.LinkCopy order, String serverHost) throws BackupException {
        CopySide side = get(order.job(), order.pool());
        Endpoint at = order.at().at(serverHost);
        Connection connection = transports.dial(at, "node/" + self, DIAL);
        Conversation talk = new Conversation(connection, Copies::refuse);
        boolean linked = false;
        try {
            if (!connection.peer().equals("node/" + side.order().peer())) {
                throw BackupException.operator("peer.name", connection.peer(), "at " + at + " answers " + connection.peer() + ", expected node/"
                        + side.order().peer());
            }
            talk.start().ask(new NodeRequest.OpenCopy(order.job(), order.other(), side.order().secret()), Answer.Done.class, OPEN);
            side.attach(talk);
            linked = true;
        } finally {
            if (!linked) {
                talk.close();
            }
        }
    }

    private static Answer refuse(Message message) throws BackupException {
        throw unexpected(message);
    }

    private static BackupException unexpected(Message message) {
        return new BackupException(new Failure("message.unexpected", Failure.Kind.BUG, false, "node", "a storage node does not take "
                + message.getClass().getSimpleName() + " from another"));
    }

    /** Serves a node that has dialled, until the connection ends. */
    public void visit(Connection connection) {
        Conversation[] talk = new Conversation[1];
        talk[0] = new Conversation(connection, message -> {
            if (message instanceof NodeRequest.OpenCopy open) {
                admit(open, connection.peer()).attach(talk[0]);
                return new Answer.Done();
            }
            throw unexpected(message);
        });
        talk[0].start();
    }

    /** Only the node that the server named, with what the server told it. */
    private CopySide admit(NodeRequest.OpenCopy open, String peer) throws BackupException {
        CopySide side = find(open.job(), open.pool());
        if (side == null || !peer.equals("node/" + side.order().peer()) || !side.isSecret(open.secret())) {
            LOG.warn("{} asks for a copy of job {} that the server has not told of", peer, open.job());
            throw BackupException.operator("job.foreign", open.job().toString(), "the server has told nothing of a copy of job " + open.job() + " with "
                    + peer);
        }
        return side;
    }

    public void end(JobId job) {
        for (Key key : List.copyOf(sides.keySet())) {
            if (key.job().equals(job)) {
                CopySide side = sides.remove(key);
                if (side != null) {
                    side.end();
                }
            }
        }
    }

    public void endAll() {
        List.copyOf(sides.keySet()).forEach(key -> end(key.job()));
    }
}
