package org.azekura.api.server;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.Failure;
import org.azekura.api.NodeName;
import org.azekura.api.driver.InstalledDriver;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Drivers on the storage nodes that are connected. A change goes from node to node and may take minutes on each; who begins one is told how far it
 * is. Changes are made one after the other. Safe for any number of threads.
 */
@ProviderType
public interface Drivers {

    /** A package is not larger. */
    long MAX_PACKAGE = 256L << 20;

    /** A change is remembered until so many others have begun. */
    int REMEMBERED = 50;

    /**
     * By node, then by name.
     *
     * @param node null: all that are connected and answer
     * @throws BackupException {@code node.offline}
     */
    List<Installed> list(NodeName node) throws BackupException;

    /** A driver on a node. */
    record Installed(NodeName node, InstalledDriver driver) {}

    /**
     * Begins to install a driver.
     *
     * @param file a package of at most {@link #MAX_PACKAGE} bytes; if this returns it belongs to the change, which deletes it at its end
     * @param node null: every node that is connected
     * @param by   who wants it, for the log
     * @throws BackupException {@code node.offline}; {@code driver.busy} if too many changes wait. Nothing was begun
     */
    Change install(Path file, NodeName node, String by) throws BackupException;

    /**
     * Begins to put a newer version in a driver's place.
     *
     * @param file as in {@link #install}
     * @param name of the driver; null: as the package says
     * @param node null: every node that has it; one whose pools are of this driver and that is not connected is told of as failed
     * @throws BackupException as {@link #install}; {@code driver.unknown} if no node has it, {@code driver.other} if the package is not of the driver named
     */
    Change update(Path file, String name, NodeName node, String by) throws BackupException;

    /**
     * Begins to remove a driver.
     *
     * @param node null: every node that has it
     * @param park whether devices may be configured for it: they stay so, and their jobs park until a driver of this name is installed again, or another
     *             pool takes them
     * @throws BackupException {@code node.offline}, {@code driver.unknown}, {@code driver.busy}
     */
    Change remove(String name, NodeName node, boolean park, String by) throws BackupException;

    /**
     * How a change stands.
     *
     * @param patience to wait for its end
     * @throws BackupException {@code change.unknown} if there is none, or not any more
     */
    Change change(String id, Duration patience) throws BackupException;

    /**
     * A change of a driver.
     *
     * @param driver its name; null while nobody has read the package
     * @param ended  null if it goes on
     * @param parts  by node, in the order in which they are done
     */
    record Change(String id, Kind kind, String driver, Instant began, Instant ended, List<Part> parts) {

        public Change {
            parts = List.copyOf(parts);
        }
    }

    /** What is done. */
    enum Kind {
        INSTALL, UPDATE, REMOVE
    }

    /**
     * A change on one node.
     *
     * @param sent    bytes of the package that are on their way or there
     * @param driver  as it runs now; null before, without a success, and behind a removal
     * @param problem why it was backed out or failed, else null
     */
    record Part(NodeName node, State state, long sent, InstalledDriver driver, Failure problem) {}

    /** How far it is on a node. */
    enum State {
        /** Its turn has not come. */
        WAITING,
        /** The package goes there. */
        SENDING,
        /** The node does it. */
        CHANGING,
        /** It is done. */
        DONE,
        /** The new version would not do, and the one before runs again. */
        BACKED_OUT,
        /** It was refused, or the node is gone. */
        FAILED;

        /** Whether nothing more comes. */
        public boolean ended() {
            return this == DONE || this == BACKED_OUT || this == FAILED;
        }
    }
}
