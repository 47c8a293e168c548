package org.azekura.api.server;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.azekura.api.BackupException;
import org.azekura.api.Failure;
import org.azekura.api.NodeName;
import org.azekura.api.catalog.Job;
import org.azekura.api.driver.InstalledDriver;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Drivers on the storage nodes that are connected. A change is a job of the kind {@link Job.Kind#DRIVER}: it goes from node to node and may take minutes
 * on each; its result is a {@link JobResult.Driver}. Changes are made one after the other. Safe for any number of threads.
 */
@ProviderType
public interface Drivers {

    /** A package is not larger. */
    long MAX_PACKAGE = 256L << 20;

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
     * @param file a package of at most {@link #MAX_PACKAGE} bytes; if this returns it belongs to the job, which deletes it at its end
     * @param node null: every node that is connected
     * @param by   who wants it, for the log
     * @throws BackupException {@code node.offline}; {@code driver.busy} if too many changes wait; {@code package.io}. Nothing was begun
     */
    Job install(Path file, NodeName node, String by) throws BackupException;

    /**
     * Begins to put a newer version in a driver's place.
     *
     * @param file as in {@link #install}
     * @param name of the driver; null: as the package says
     * @param node null: every node that has it; one whose pools are of this driver and that is not connected is told of as failed
     * @throws BackupException as {@link #install}; {@code driver.unknown} if no node has it, {@code package.refused} if the package is not of the driver named
     */
    Job update(Path file, String name, NodeName node, String by) throws BackupException;

    /**
     * Begins to remove a driver.
     *
     * @param node null: every node that has it
     * @param park whether devices may be configured for it: they stay so, and their jobs park until a driver of this name is installed again, or another
     *             pool takes them
     * @throws BackupException {@code node.offline}, {@code driver.unknown}, {@code driver.busy}
     */
    Job remove(String name, NodeName node, boolean park, String by) throws BackupException;

    /** What is done. */
    enum Kind {
        INSTALL, UPDATE, REMOVE;

        /** The single word that people and programs see. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A change on one node.
     *
     * @param sent    bytes of the package that went there
     * @param driver  as it runs now; null without a success, and behind a removal
     * @param problem why it was backed out, failed or was left out, else null
     */
    record Part(NodeName node, State state, long sent, InstalledDriver driver, Failure problem) {}

    /** How it ended on a node. */
    enum State {
        /** It is done. */
        DONE,
        /** The new version would not do, and the one before runs again. */
        BACKED_OUT,
        /** It was refused, or the node is gone. */
        FAILED,
        /** The job was cancelled before its turn came. */
        LEFT_OUT
    }
}
