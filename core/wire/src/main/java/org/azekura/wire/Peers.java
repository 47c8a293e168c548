package org.azekura.wire;

import org.azekura.api.BackupException;
import org.azekura.api.transport.Connection;

/** Who answers where one has dialled is who the transport vouches for, whatever the address says. */
public final class Peers {

    private Peers() {}

    /** @throws BackupException {@code peer.name} if the other side is no backup server; the connection is closed then */
    public static void requireServer(Connection connection) throws BackupException {
        require(connection, connection.peer().startsWith("server/"), "a backup server");
    }

    /** @throws BackupException {@code peer.name} if the other side has another name; the connection is closed then */
    public static void require(Connection connection, String name) throws BackupException {
        require(connection, connection.peer().equals(name), name);
    }

    private static void require(Connection connection, boolean right, String expected) throws BackupException {
        if (!right) {
            connection.close();
            throw BackupException.operator("peer.name", expected, "expected " + expected + " at the other end of the connection, found "
                    + connection.peer() + "; look whether the address leads to the right host");
        }
    }
}
