package org.azekura.server.driver;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.Failure;
import org.azekura.api.NodeName;
import org.azekura.api.driver.InstalledDriver;
import org.azekura.api.driver.PublisherTrust;
import org.azekura.api.message.Answer;
import org.azekura.api.message.NodeOrder;
import org.azekura.api.server.Drivers.Kind;
import org.azekura.api.server.Drivers.Part;
import org.azekura.api.server.Drivers.State;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.host.Hosts;

/** What one node does for a change of a driver. */
final class NodeChange {

    /** Jobs pause, a driver stops, the next starts and is tried, and perhaps the one before again; each has a time-out of its own on the node. */
    private static final Duration DONE = Duration.ofMinutes(45);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Hosts hosts;
    private final Kind kind;
    private final Path file;
    private final PackageHead head;
    private final boolean park;
    private final PublisherTrust trust;
    private final Duration again;

    /**
     * @param file  null for a removal; {@code head} has the driver's name then
     * @param park  whether a removal leaves devices behind
     * @param again for how long a node that has gone in the middle is waited for
     */
    NodeChange(Hosts hosts, Kind kind, Path file, PackageHead head, boolean park, PublisherTrust trust, Duration again) {
        this.hosts = hosts;
        this.kind = kind;
        this.file = file;
        this.head = head;
        this.park = park;
        this.trust = trust;
        this.again = again;
    }

    /** How far it is. */
    interface Told {
        void stands(Part part);
    }

    /** Does it and waits for its end, which is also a failure. */
    Part run(NodeName name, Told told) {
        try {
            ConnectedNode node = hosts.node(name);
            return kind == Kind.REMOVE ? remove(node, told) : change(node, told);
        } catch (BackupException e) {
            return failed(name, e);
        } catch (RuntimeException e) {
            return failed(name, BackupException.bug("change of a driver on " + name, e));
        }
    }

    static Part failed(NodeName node, BackupException why) {
        return new Part(node, State.FAILED, 0, null, why.failure());
    }

    private Part remove(ConnectedNode node, Told told) throws BackupException {
        told.stands(new Part(node.name(), State.CHANGING, 0, null, null));
        try {
            node.ask(new NodeOrder.RemoveDriver(head.name(), park), Answer.Done.class, DONE);
        } catch (BackupException e) {
            if (isLost(e) && find(again(node, e)).isEmpty()) {
                return new Part(node.name(), State.DONE, 0, null, null);
            }
            throw e;
        }
        return new Part(node.name(), State.DONE, 0, null, null);
    }

    private Part change(ConnectedNode node, Told told) throws BackupException {
        byte[] random = new byte[16];
        RANDOM.nextBytes(random);
        String upload = HexFormat.of().formatHex(random);
        PackageSending.send(node, file, upload, sent -> told.stands(new Part(node.name(), State.SENDING, sent, null, null)));
        long sent = file.toFile().length();
        told.stands(new Part(node.name(), State.CHANGING, sent, null, null));
        try {
            Answer.DriverChanged answer = node.ask(new NodeOrder.ChangeDriver(upload, kind == Kind.UPDATE, trust), Answer.DriverChanged.class, DONE);
            return answer.backedOut() == null ? new Part(node.name(), State.DONE, sent, answer.driver(), null)
                    : new Part(node.name(), State.BACKED_OUT, sent, answer.driver(), backedOut(answer));
        } catch (BackupException e) {
            if (isLost(e)) {
                return foundAgain(node, sent, e);
            }
            throw e;
        }
    }

    private static Failure backedOut(Answer.DriverChanged answer) {
        InstalledDriver driver = answer.driver();
        return BackupException.device("driver.backedout", driver.name(), "the new version of driver " + driver.name() + " was backed out, " + driver.version()
                + (driver.state() == InstalledDriver.State.FAILED ? " does not run either: " : " runs again: ") + answer.backedOut(), null).failure();
    }

    private static boolean isLost(BackupException e) {
        return e.failure().code().equals("transport.closed");
    }

    /** The answer is lost, but not what was done: who changes a transport may cut his own connection. */
    private Part foundAgain(ConnectedNode node, long sent, BackupException why) throws BackupException {
        Optional<InstalledDriver> found = find(again(node, why));
        if (found.isEmpty()) {
            throw lost(node, why, "; it has no such driver now");
        }
        InstalledDriver driver = found.get();
        if (!driver.version().equals(head.version()) || driver.state() != InstalledDriver.State.ACTIVE) {
            throw lost(node, why, "; " + driver.name() + " " + driver.version() + " is there now, its state is " + driver.state());
        }
        return new Part(node.name(), State.DONE, sent, driver, null);
    }

    private ConnectedNode again(ConnectedNode node, BackupException why) throws BackupException {
        try {
            ConnectedNode now = hosts.awaitAnew(node, again);
            if (now == null) {
                throw lost(node, why, ", and it has not come again within " + again.toSeconds() + " s; see \"azekura driver list\" when it has");
            }
            return now;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw lost(node, why, "; see \"azekura driver list\"");
        }
    }

    private static BackupException lost(ConnectedNode node, BackupException why, String what) {
        return BackupException.network("node.lost", node.name().value(), "storage node " + node.name() + " went away in the middle of the change (" + why.getMessage()
                + ")" + what, why);
    }

    private Optional<InstalledDriver> find(ConnectedNode node) throws BackupException {
        return drivers(node).stream().filter(driver -> driver.name().equals(head.name())).findFirst();
    }

    static List<InstalledDriver> drivers(ConnectedNode node) throws BackupException {
        return node.ask(new NodeOrder.ListDrivers(), Answer.Drivers.class, ANSWER).drivers();
    }
}
