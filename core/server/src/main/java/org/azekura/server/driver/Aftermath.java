package org.azekura.server.driver;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.NodeName;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.driver.InstalledDriver;
import org.azekura.api.message.DeviceAnswer;
import org.azekura.api.message.DriverOrder;
import org.azekura.api.server.Drivers.Kind;
import org.azekura.api.server.Drivers.Part;
import org.azekura.api.server.Drivers.State;
import org.azekura.api.server.JobOrder;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.host.Hosts;
import org.azekura.server.job.errand.DriverWork;

/** What became of a change whose answer nobody heard: the version that runs on the node is the truth. */
final class Aftermath {

    /** As long as a node may take for a change. */
    static final Duration DONE = Duration.ofMinutes(45);

    private static final int MOST_LOSSES = 3;

    private final Hosts hosts;
    private final JobOrder.Driver order;
    private final Duration again;

    Aftermath(Hosts hosts, JobOrder.Driver order, Duration again) {
        this.hosts = hosts;
        this.order = order;
        this.again = again;
    }

    /** The server stopped. Whether the node had begun by then is not known, and makes no difference. */
    Part ofStop(NodeName node, DriverWork.Story story) throws BackupException {
        story.line(JobLine.Level.WARN, "the server stopped before it heard how this ended; the version that runs there says it");
        story.phase("asking which version runs", 0);
        ConnectedNode now = await(node, null, null);
        return of(now, 0, "the server stopped before the " + order.kind().word() + " on storage node " + node + " was heard to have ended");
    }

    /** The connection broke: who changes a transport may cut his own. */
    Part ofLoss(ConnectedNode before, long sent, BackupException why) throws BackupException {
        ConnectedNode now = await(before.name(), before, why);
        return of(now, sent, "storage node " + before.name() + " went away in the middle of the change (" + why.getMessage() + ")");
    }

    private Part of(ConnectedNode node, long sent, String what) throws BackupException {
        Optional<InstalledDriver> found = settled(node).stream().filter(driver -> driver.name().equals(order.driver())).findFirst();
        if (found.isEmpty()) {
            if (order.kind() == Kind.REMOVE) {
                return new Part(node.name(), State.DONE, sent, null, null);
            }
            throw lost(node.name(), null, what + "; " + (order.driver() == null ? "its package said nothing" : "there is no driver " + order.driver()) + " there; order it again");
        }
        InstalledDriver driver = found.get();
        if (order.kind() == Kind.REMOVE || !driver.version().equals(order.version()) || driver.state() != InstalledDriver.State.ACTIVE) {
            throw lost(node.name(), null, what + "; driver " + driver.name() + " " + driver.version() + " is there"
                    + (driver.state() == InstalledDriver.State.ACTIVE ? " and runs" : ", its state is " + driver.state())
                    + (driver.problem().isEmpty() ? "" : " (" + driver.problem() + ")") + "; order it again");
        }
        return new Part(node.name(), State.DONE, sent, driver, null);
    }

    /** A change that takes its connection away may do so again when it is backed out. */
    private List<InstalledDriver> settled(ConnectedNode node) throws BackupException {
        ConnectedNode now = node;
        for (int losses = 0;; losses++) {
            try {
                return now.ask(new DriverOrder.SettleDrivers(), DeviceAnswer.Drivers.class, DONE).drivers();
            } catch (BackupException e) {
                if (losses == MOST_LOSSES || !isLoss(e)) {
                    throw e;
                }
                now = await(node.name(), now, e);
            }
        }
    }

    static boolean isLoss(BackupException e) {
        return e.failure().code().equals("transport.closed");
    }

    private ConnectedNode await(NodeName node, ConnectedNode before, BackupException why) throws BackupException {
        try {
            ConnectedNode now = hosts.awaitNode(node, before, again);
            if (now == null) {
                throw lost(node, why, "storage node " + node + (why == null ? " has not come" : " went away in the middle of the change (" + why.getMessage()
                        + "), and has not come again") + " within " + again.toSeconds() + " s; which version runs there tells \"azekura driver list\" when it has");
            }
            return now;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw lost(node, e, "interrupted while storage node " + node + " was waited for; see \"azekura driver list\"");
        }
    }

    private static BackupException lost(NodeName node, Exception cause, String text) {
        return BackupException.network("node.lost", node.value(), text, cause);
    }
}
