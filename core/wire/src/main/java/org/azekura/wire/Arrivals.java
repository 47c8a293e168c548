package org.azekura.wire;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.azekura.api.BackupException;
import org.azekura.api.transport.Connection;

/**
 * Connections that others have made to a role which may not dial itself, until the role asks for them. Only a server or a storage node is let
 * in: nothing else is ever asked for. Safe for any number of threads.
 */
final class Arrivals {

    /** One server and the nodes of a few jobs; more is a mistake, and the oldest goes. */
    private static final int MOST = 16;

    private final Deque<Connection> waiting = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();

    /** Keeps it for whoever asks; at once closes what nobody may ask for. */
    void add(Connection connection) {
        if (!connection.peer().startsWith("server/") && !connection.peer().startsWith("node/")) {
            connection.close();
            return;
        }
        Connection oldest = null;
        lock.lock();
        try {
            waiting.addFirst(connection);
            if (waiting.size() > MOST) {
                oldest = waiting.removeLast();
            }
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
        if (oldest != null) {
            oldest.close();
        }
    }

    /**
     * Waits for the connection of a peer; of several that it made takes the newest, for the others it has given up.
     *
     * @param peer like {@code node/n1}, or how its name begins: {@code server/}
     * @throws BackupException {@code transport.unreachable} if it does not come in time
     */
    Connection await(String peer, Duration timeout) throws BackupException {
        lock.lock();
        try {
            long left = timeout.toNanos();
            while (true) {
                Connection found = take(peer);
                if (found != null) {
                    return found;
                }
                if (left <= 0) {
                    throw BackupException.network("transport.unreachable", peer, peer + " is to dial this host, and did not within "
                            + timeout.toSeconds() + " s; is this host's address known to the server (\"azekura client address\")?", null);
                }
                left = arrived.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BackupException.network("transport.interrupted", peer, "interrupted while waiting for " + peer, e);
        } finally {
            lock.unlock();
        }
    }

    private Connection take(String peer) {
        Connection newest = waiting.stream().filter(one -> matches(one, peer)).findFirst().orElse(null);
        if (newest != null) {
            waiting.remove(newest);
            for (Connection older : waiting.stream().filter(one -> one.peer().equals(newest.peer()) && one.host().equals(newest.host())).toList()) {
                waiting.remove(older);
                older.close();
            }
        }
        return newest;
    }

    private static boolean matches(Connection connection, String peer) {
        return peer.endsWith("/") ? connection.peer().startsWith(peer) : connection.peer().equals(peer);
    }
}
