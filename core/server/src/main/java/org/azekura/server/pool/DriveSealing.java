package org.azekura.server.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.NodeName;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.Pool;
import org.azekura.api.message.LibraryAnswer;
import org.azekura.api.message.LibraryOrder;
import org.azekura.server.host.Hosts;

/**
 * Whether drives of a pool's library can seal what they write.
 *
 * @param hosts where its node is
 */
record DriveSealing(Hosts hosts) {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /**
     * Some may not say now, or the node is away: then nobody knows.
     *
     * @throws BackupException {@code device.unsupported} if each of them says that it can't
     */
    void require(Pool pool) throws BackupException {
        require(pool.name(), pool.device(), pool.node());
    }

    /** The same of a pool that is to be made. */
    void require(PoolName pool, DeviceName library, NodeName node) throws BackupException {
        LibraryAnswer.SealingDrives drives;
        try {
            drives = ask(library, node);
        } catch (BackupException e) {
            return;
        }
        if (drives.able().isEmpty() && drives.silent().isEmpty()) {
            throw BackupException.operator("device.unsupported", pool.value(), "no drive of library " + library + " on storage node " + node
                    + " can seal what it writes: " + String.join(", ", drives.unable()) + "; pool " + pool + " could not be written. Content is sealed on"
                    + " the client in any case; take a library with drives that encrypt for what is to be sealed once more");
        }
    }

    /** For people: what is against it, or not known; empty if nothing is. */
    String doubt(Pool pool) {
        try {
            LibraryAnswer.SealingDrives drives = ask(pool.device(), pool.node());
            List<String> said = new ArrayList<>();
            if (!drives.unable().isEmpty()) {
                said.add("not to be written by " + String.join(", ", drives.unable()) + ", which can't seal");
            }
            if (!drives.silent().isEmpty()) {
                said.add("it is not known whether these can seal: " + String.join(", ", drives.silent()));
            }
            return String.join("; ", said);
        } catch (BackupException e) {
            return "it is not known whether drives of library " + pool.device() + " can seal: " + e.getMessage();
        }
    }

    private LibraryAnswer.SealingDrives ask(DeviceName library, NodeName node) throws BackupException {
        return hosts.node(node).ask(new LibraryOrder.AskSealing(library), LibraryAnswer.SealingDrives.class, PATIENCE);
    }
}
