package org.azekura.server.host;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.NodeName;

/** The storage nodes and clients that are connected now. Safe for any number of threads. */
public final class Hosts {

    private final Map<NodeName, ConnectedNode> nodes = new ConcurrentHashMap<>();
    private final Map<ClientName, ConnectedClient> clients = new ConcurrentHashMap<>();
    /** By {@link System#nanoTime}. */
    private final Map<NodeName, Long> leftAt = new ConcurrentHashMap<>();
    private final long beganAt = System.nanoTime();
    private final ReentrantLock joining = new ReentrantLock();
    private final Condition joined = joining.newCondition();

    /** A second connection of the same name takes the place of the first, which is closed. */
    void joined(ConnectedNode node) {
        ConnectedNode before = nodes.put(node.name(), node);
        tellJoined();
        if (before != null) {
            before.close();
        }
    }

    /** A second connection of the same name takes the place of the first, which is closed. */
    void joined(ConnectedClient client) {
        ConnectedClient before = clients.put(client.name(), client);
        tellJoined();
        if (before != null) {
            before.close();
        }
    }

    private void tellJoined() {
        joining.lock();
        try {
            joined.signalAll();
        } finally {
            joining.unlock();
        }
    }

    void left(ConnectedNode node) {
        if (nodes.remove(node.name(), node)) {
            leftAt.put(node.name(), System.nanoTime());
        }
    }

    void left(ConnectedClient client) {
        clients.remove(client.name(), client);
    }

    public Collection<ConnectedNode> nodes() {
        return nodes.values();
    }

    public Collection<ConnectedClient> clients() {
        return clients.values();
    }

    public boolean isConnected(NodeName name) {
        return nodes.containsKey(name);
    }

    public boolean isConnected(ClientName name) {
        return clients.containsKey(name);
    }

    /** For how long it has not been connected: since it left, or since this server began; zero if it is. */
    public Duration away(NodeName name) {
        return isConnected(name) ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - leftAt.getOrDefault(name, beganAt));
    }

    /** Waits until a client is connected, at most for so long; says whether it is. */
    public boolean awaitClient(ClientName name, Duration timeout) throws InterruptedException {
        joining.lock();
        try {
            long left = timeout.toNanos();
            while (!isConnected(name) && left > 0) {
                left = joined.awaitNanos(left);
            }
            return isConnected(name);
        } finally {
            joining.unlock();
        }
    }

    /**
     * Waits until a node is connected, at most for so long.
     *
     * @param before a connection of it that does not count; null: any will do
     * @return null if it is not
     */
    public ConnectedNode awaitNode(NodeName name, ConnectedNode before, Duration timeout) throws InterruptedException {
        joining.lock();
        try {
            long left = timeout.toNanos();
            ConnectedNode now = nodes.get(name);
            while ((now == null || now == before) && left > 0) {
                left = joined.awaitNanos(left);
                now = nodes.get(name);
            }
            return now == before ? null : now;
        } finally {
            joining.unlock();
        }
    }

    /** Cuts the connection of a node, if there is one. */
    public void cut(NodeName name) {
        ConnectedNode node = nodes.get(name);
        if (node != null) {
            node.close();
        }
    }

    /** Cuts the connection of a client, if there is one. */
    public void cut(ClientName name) {
        ConnectedClient client = clients.get(name);
        if (client != null) {
            client.close();
        }
    }

    /** Lets everybody go. */
    public void close() {
        nodes.values().forEach(ConnectedNode::close);
        clients.values().forEach(ConnectedClient::close);
    }

    /** @throws BackupException {@code node.offline} */
    public ConnectedNode node(NodeName name) throws BackupException {
        ConnectedNode node = nodes.get(name);
        if (node == null) {
            throw BackupException.network("node.offline", name.value(),
                    "storage node " + name + " is not connected; start it, or wait until it has joined again", null);
        }
        return node;
    }

    /** @throws BackupException {@code client.offline} */
    public ConnectedClient client(ClientName name) throws BackupException {
        ConnectedClient client = clients.get(name);
        if (client == null) {
            throw BackupException.network("client.offline", name.value(),
                    "client " + name + " is not connected; start it, or wait until it has joined again", null);
        }
        return client;
    }
}
