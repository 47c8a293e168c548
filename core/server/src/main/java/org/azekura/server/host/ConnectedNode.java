package org.azekura.server.host;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.Endpoint;
import org.azekura.api.NodeName;
import org.azekura.api.PoolName;
import org.azekura.api.message.Answer;
import org.azekura.api.message.NodeOrder;
import org.azekura.api.transport.Connection;
import org.azekura.api.transport.Stream;
import org.azekura.wire.Conversation;
import org.azekura.wire.Transports;

/** A storage node that has said hello. */
public final class ConnectedNode {

    /** Longer than a node dials. */
    private static final Duration CALL = Duration.ofSeconds(40);
    /**
     * For what is durable only when all that waits for tape is there: hours where much waits and the drive is slow. The node itself gives up when nothing
     * moves; whoever cancels the job, and the end of the connection, end the wait at once.
     */
    public static final Duration DURABLE = Duration.ofHours(12);
    private static final String UNREACHABLE = "node.unreachable";

    private final NodeName name;
    private volatile List<Endpoint> endpoints;
    private final Connection connection;
    private final Conversation conversation;
    private final Endpoint calledAt;
    private final Map<PoolName, ReentrantLock> turns = new ConcurrentHashMap<>();
    private final Map<PoolName, ManifestTurn> manifests = new ConcurrentHashMap<>();

    /** @param calledAt where it was dialled, null if it dialled */
    ConnectedNode(NodeName name, List<Endpoint> endpoints, Connection connection, Conversation conversation, Endpoint calledAt) {
        this.name = name;
        this.endpoints = endpoints;
        this.connection = connection;
        this.conversation = conversation;
        this.calledAt = calledAt;
    }

    public NodeName name() {
        return name;
    }

    /** Whether it is another process than this. */
    public boolean isElsewhere() {
        return !connection.host().isEmpty();
    }

    /** It is reached elsewhere from now on. */
    void moved(List<Endpoint> to) {
        endpoints = to;
    }

    /**
     * Where this client reaches it. A client that may not dial is dialled by the node at once, and waits for that.
     *
     * @throws BackupException {@code node.unreachable}; {@code transport.*} if it dials the client in vain for another reason than the network
     */
    public Endpoint reachedBy(ConnectedClient client) throws BackupException {
        if (client.calledAt().isPresent()) {
            call(client.name(), client.calledAt().get());
            return new Endpoint(Transports.AWAIT, "node/" + name);
        }
        return way().from(client.scheme(), client.host()).orElseThrow(() -> BackupException.network(UNREACHABLE, name.value(),
                "client " + client.name() + " can't reach storage node " + name + ": that offers only " + endpoints, null));
    }

    private void call(ClientName client, Endpoint at) throws BackupException {
        try {
            ask(new NodeOrder.CallClient(client, at), Answer.Done.class, CALL);
        } catch (BackupException e) {
            if (!e.failure().code().equals("transport.unreachable")) {
                throw e;
            }
            throw BackupException.network(UNREACHABLE, name.value(), "client " + client + " may not dial, and storage node " + name
                    + " can't dial it: " + e.getMessage() + "; one of the two has to reach the other", e);
        }
    }

    private Way way() {
        Way seen = new Way(connection.scheme(), connection.host(), endpoints);
        return calledAt == null ? seen : seen.calledAt(calledAt);
    }

    /**
     * Where another node reaches it.
     *
     * @throws BackupException {@code node.unreachable}
     */
    public Endpoint reachedBy(ConnectedNode other) throws BackupException {
        return way().from(other.connection.scheme(), other.connection.host()).orElseThrow(() -> BackupException.network(UNREACHABLE, name.value(),
                "storage node " + other.name() + " can't reach storage node " + name + ": that offers only " + endpoints, null));
    }

    /** Gives an order and waits for its answer. */
    public <A extends Answer> A ask(NodeOrder order, Class<A> answer, Duration timeout) throws BackupException {
        return conversation.ask(order, answer, timeout);
    }

    /** Opens a data stream to the node. */
    public Stream open() throws BackupException {
        return connection.open();
    }

    /**
     * Held by who has it write what the catalog says of a pool: one at a time, so that what it gets last is what was read last. Whoever waits for it holds nothing of
     * the catalog; the end of the connection ends his predecessor's wait, and so his.
     */
    public ReentrantLock turn(PoolName pool) {
        return turns.computeIfAbsent(pool, name -> new ReentrantLock());
    }

    /** Held by who takes a manifest off a pool's volume, with its row, or lays one down again because it has a row. */
    public ManifestTurn manifests(PoolName pool) {
        return manifests.computeIfAbsent(pool, ManifestTurn::new);
    }

    void close() {
        connection.close();
    }
}
