package org.azekura.api.server;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.NodeName;
import org.azekura.api.driver.InstalledDriver;
import org.osgi.annotation.versioning.ProviderType;

/** The driver packages of all storage nodes that are connected, and whose packages are let in. Safe for any number of threads. */
@ProviderType
public interface Drivers {

    /** By node, then name. */
    List<OnNode> list() throws BackupException;

    /** A driver on a node. */
    record OnNode(NodeName node, InstalledDriver driver) {}

    /**
     * Installs a package on every node that has no driver of this name, or puts it in the place of the version that is there.
     *
     * @param update false: none of the nodes may have the driver yet
     * @return for each node how it ended
     * @throws BackupException {@code package.invalid}, {@code package.refused}, {@code driver.installed}, {@code driver.unknown},
     *                         {@code driver.failed}: a node said so; on nodes before it in order the change stays
     */
    List<Changed> change(Path file, boolean update) throws BackupException;

    /**
     * How a change ended on a node.
     *
     * @param driver    as it runs now
     * @param backedOut why the version before runs again; null if the new one runs
     */
    record Changed(NodeName node, InstalledDriver driver, String backedOut) {}

    /** @throws BackupException {@code driver.unknown}, {@code driver.used} */
    void remove(String name) throws BackupException;

    /** Whose packages are let in: the appliance's own first. */
    List<Publisher> publishers() throws BackupException;

    /**
     * A publisher by his certificate.
     *
     * @param fingerprint SHA-256 of the certificate, in hexadecimal
     * @param own         of the distribution; can't be removed
     */
    record Publisher(String name, String fingerprint, Instant until, boolean own) {}

    /**
     * Lets in what is signed with this certificate, or by whom it certified.
     *
     * @param certificate X.509 in PEM
     * @throws BackupException {@code publisher.invalid} if it is none
     */
    Publisher trust(String certificate) throws BackupException;

    /**
     * Drivers that are here stay.
     *
     * @param which name or fingerprint
     * @throws BackupException {@code publisher.unknown}, {@code publisher.ambiguous}; {@code publisher.locked}: it is the appliance's own
     */
    void distrust(String which) throws BackupException;

    /** Whether unsigned packages are let in. */
    boolean development() throws BackupException;

    void development(boolean on) throws BackupException;
}
