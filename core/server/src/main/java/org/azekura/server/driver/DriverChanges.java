package org.azekura.server.driver;

import java.nio.file.Path;
import java.time.Duration;
import org.azekura.api.BackupException;
import org.azekura.api.NodeName;
import org.azekura.api.driver.PublisherTrust;
import org.azekura.api.server.Drivers.Part;
import org.azekura.api.server.JobOrder;
import org.azekura.server.host.Hosts;
import org.azekura.server.job.errand.DriverWork;

/** Changes of drivers on the storage nodes that are connected. Thread-safe. */
public final class DriverChanges implements DriverWork {

    /** A node that starts anew, or has lost its transport by the change itself, is there again by then. */
    private static final Duration AGAIN = Duration.ofSeconds(90);

    private final Hosts hosts;
    private final PackageShelf shelf;
    private final Duration again;

    /** @param folder for packages while they are needed; emptied */
    public DriverChanges(Hosts hosts, Path folder) throws BackupException {
        this(hosts, folder, AGAIN);
    }

    /** @param again for how long a node that is not there is waited for */
    DriverChanges(Hosts hosts, Path folder, Duration again) throws BackupException {
        this.hosts = hosts;
        this.shelf = new PackageShelf(folder);
        this.again = again;
    }

    /** Before the job of this change is there. */
    void hold(String change, Path file, PublisherTrust trust) throws BackupException {
        shelf.put(change, file, trust);
    }

    /** There is no job of this change. */
    void giveBack(String change, Path file) {
        shelf.giveBack(change, file);
    }

    @Override
    public Part change(JobOrder.Driver order, NodeName node, Story story) {
        PackageShelf.Held held = shelf.get(order.change());
        try {
            return held == null ? new Aftermath(hosts, order, again).ofStop(node, story) : new NodeChange(hosts, order, held, again, story).run(node);
        } catch (BackupException e) {
            return NodeChange.failed(node, e);
        } catch (RuntimeException e) {
            return NodeChange.failed(node, BackupException.bug("change of a driver on " + node, e));
        }
    }

    @Override
    public void forget(JobOrder.Driver order) {
        shelf.drop(order.change());
    }
}
