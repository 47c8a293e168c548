package org.azekura.server.driver;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.Failure;
import org.azekura.api.NodeName;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.driver.InstalledDriver;
import org.azekura.api.message.Answer;
import org.azekura.api.message.DeviceAnswer;
import org.azekura.api.message.DriverOrder;
import org.azekura.api.server.Drivers.Kind;
import org.azekura.api.server.Drivers.Part;
import org.azekura.api.server.Drivers.State;
import org.azekura.api.server.JobOrder;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.host.Hosts;
import org.azekura.server.job.errand.DriverWork;

/** What one node does for a change of a driver. */
final class NodeChange {

    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Hosts hosts;
    private final JobOrder.Driver order;
    private final PackageShelf.Held held;
    private final Duration again;
    private final DriverWork.Story story;

    /** @param again for how long a node that has gone in the middle is waited for */
    NodeChange(Hosts hosts, JobOrder.Driver order, PackageShelf.Held held, Duration again, DriverWork.Story story) {
        this.hosts = hosts;
        this.order = order;
        this.held = held;
        this.again = again;
        this.story = story;
    }

    Part run(NodeName name) throws BackupException {
        if (order.kind() == Kind.UPDATE && order.driver() != null && !hosts.isConnected(name)) {
            // who updates a driver must not believe that this node has the new version
            throw BackupException.network("node.offline", name.value(), "storage node " + name + " is not connected and keeps the version of driver " + order.driver()
                    + " that it has; update again when it has joined", null);
        }
        ConnectedNode node = hosts.node(name);
        return order.kind() == Kind.REMOVE ? remove(node) : change(node);
    }

    static Part failed(NodeName node, BackupException why) {
        return new Part(node, State.FAILED, 0, null, why.failure());
    }

    private Part remove(ConnectedNode node) throws BackupException {
        story.phase("changing", 0);
        try {
            node.ask(new DriverOrder.RemoveDriver(order.driver(), order.park()), Answer.Done.class, Aftermath.DONE);
        } catch (BackupException e) {
            return lost(node, 0, e);
        }
        return new Part(node.name(), State.DONE, 0, null, null);
    }

    private Part change(ConnectedNode node) throws BackupException {
        String upload = send(node);
        long sent = held.file().toFile().length();
        story.line(JobLine.Level.INFO, "has the package of " + sent + " bytes and looks at it");
        if (held.trust().development()) {
            story.line(JobLine.Level.WARN, "development mode is on: the package is let in even if nobody has signed it");
        }
        story.phase("changing", sent);
        try {
            DeviceAnswer.DriverChanged answer = node.ask(new DriverOrder.ChangeDriver(upload, order.kind() == Kind.UPDATE, held.trust()), DeviceAnswer.DriverChanged.class,
                    Aftermath.DONE);
            return answer.backedOut() == null ? new Part(node.name(), State.DONE, sent, answer.driver(), null)
                    : new Part(node.name(), State.BACKED_OUT, sent, answer.driver(), backedOut(answer));
        } catch (BackupException e) {
            return lost(node, sent, e);
        }
    }

    private String send(ConnectedNode node) throws BackupException {
        byte[] random = new byte[16];
        RANDOM.nextBytes(random);
        String upload = HexFormat.of().formatHex(random);
        PackageSending.send(node, held.file(), upload, gone -> {
            story.check();
            story.phase("sending", gone);
        });
        return upload;
    }

    private static Failure backedOut(DeviceAnswer.DriverChanged answer) {
        InstalledDriver driver = answer.driver();
        return BackupException.device("driver.backedout", driver.name(), "the new version of driver " + driver.name() + " was backed out, " + driver.version()
                + (driver.state() == InstalledDriver.State.FAILED ? " does not run either: " : " runs again: ") + answer.backedOut(), null).failure();
    }

    /** Where the answer is lost, what was done is not. */
    private Part lost(ConnectedNode node, long sent, BackupException why) throws BackupException {
        if (!Aftermath.isLoss(why)) {
            return new Part(node.name(), State.FAILED, sent, null, why.failure());
        }
        story.line(JobLine.Level.WARN, "went away in the middle; the version that runs there when it is back says how this ended");
        return new Aftermath(hosts, order, again).ofLoss(node, sent, why);
    }

    static List<InstalledDriver> drivers(ConnectedNode node) throws BackupException {
        return node.ask(new DriverOrder.ListDrivers(), DeviceAnswer.Drivers.class, ANSWER).drivers();
    }
}
