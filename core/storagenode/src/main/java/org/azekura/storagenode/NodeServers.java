package org.azekura.storagenode;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.azekura.api.BackupException;
import org.azekura.api.Endpoint;
import org.azekura.api.NodeName;
import org.azekura.api.PoolName;
import org.azekura.api.identity.KnownServers;
import org.azekura.api.message.Answer;
import org.azekura.api.message.NodeReport;
import org.azekura.api.message.PoolAnswer;
import org.azekura.storagenode.driver.NodeDeviceUse;
import org.azekura.wire.Renewal;
import org.azekura.wire.ServerLink;
import org.azekura.wire.ServerLinks;
import org.azekura.wire.Transports;

/**
 * The servers of this node, as it tells them what happens: about a pool that one which had it opened last, of those that are there; about what is so for all of
 * them each. Safe for any number of threads.
 */
final class NodeServers implements NodeDeviceUse.Told, AutoCloseable {

    /** The server looks what lies in the library first. */
    private static final Duration CHOICE = Duration.ofMinutes(2);
    private static final Duration REPORT = Duration.ofSeconds(60);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final NodeName self;
    private final Transports transports;
    private final Transports.Offer clients;
    private final String version;
    private final Listener listener;
    private final AtomicLong openings = new AtomicLong();
    /** Null before this node looks for them. */
    private volatile ServerLinks<NodeTalk> links;

    /** Who wants to know that a server is there. */
    interface Listener {
        /** Before it orders anything. */
        void welcomed(ServerLink link, Answer.Welcome welcome);

        void joined();
    }

    /** @param clients where clients reach the node */
    NodeServers(NodeName self, Transports transports, Transports.Offer clients, String version, Listener listener) {
        this.self = self;
        this.transports = transports;
        this.clients = clients;
        this.version = version;
        this.listener = listener;
    }

    /**
     * Begins to look for them.
     *
     * @param known   where this host keeps which there are, null if it learns of none
     * @param renewal of this host's certificate, null if there is nothing to do
     */
    void start(List<Endpoint> at, NodeRooms rooms, KnownServers known, Renewal renewal) {
        links = new ServerLinks<>(new ServerLinks.Self<>("node/" + self, transports, this::hello, (link, server) -> new NodeTalk(link, server, this, rooms),
                LONGEST_PAUSE, known, renewal), at, "orders-" + self);
        links.start();
    }

    private NodeReport.Hello hello() {
        return new NodeReport.Hello(self, clients.endpoints(), version);
    }

    void welcomed(ServerLink link, Answer.Welcome welcome) {
        listener.welcomed(link, welcome);
    }

    void joined() {
        listener.joined();
    }

    /** Another number each time, a greater one. */
    long count() {
        return openings.incrementAndGet();
    }

    /** All of them, there or not. */
    Collection<ServerLink> all() {
        return links.all();
    }

    /** Tells those that are there where clients reach the node; others are told when they come. */
    void greet() {
        ServerLinks<NodeTalk> begun = links;
        if (begun != null) {
            begun.begun().forEach(server -> server.greet(hello()));
        }
    }

    private List<NodeTalk> there() {
        ServerLinks<NodeTalk> begun = links;
        return begun == null ? List.of() : begun.standing();
    }

    private NodeTalk of(PoolName pool) {
        return there().stream().max(Comparator.comparingLong(server -> server.openedAt(pool))).orElse(null);
    }

    private NodeTalk required(PoolName pool, String what) throws BackupException {
        NodeTalk server = of(pool);
        if (server == null) {
            throw BackupException.network("transport.closed", "server", "there is no connection to the server " + what, null);
        }
        return server;
    }

    /** Waits for the server's choice. */
    PoolAnswer.VolumeChosen next(NodeReport.VolumeWanted wanted) throws BackupException {
        return required(wanted.pool(), "to ask for a cartridge for pool " + wanted.pool()).ask(wanted, PoolAnswer.VolumeChosen.class, CHOICE);
    }

    /** Waits until the catalog has it. */
    void labelled(NodeReport.VolumeLabelled report) throws BackupException {
        required(report.pool(), "to report volume " + report.label()).ask(report, Answer.Done.class, REPORT);
    }

    /** A server that is away learns where packs lie when it lists them. */
    void placed(NodeReport.PacksPlaced report) {
        tell(report.pool(), report);
    }

    /** One that is away learns it when it opens the pool. */
    void changed(NodeReport.VolumeState report) {
        tell(report.pool(), report);
    }

    private void tell(PoolName pool, NodeReport report) {
        NodeTalk server = of(pool);
        if (server != null) {
            server.tell(report);
        }
    }

    /** One that is away need not know: it has no running job here. */
    @Override
    public void paused(PoolName pool, String why) {
        there().forEach(server -> server.tell(new NodeReport.PoolPaused(pool, why)));
    }

    @Override
    public void step(String line) {
        there().forEach(server -> server.tell(new NodeReport.DriverStep(line)));
    }

    /** Tells all that are there, behind what they were told before, and waits for their answers. @return whether they know, and somebody does */
    boolean tellNow(NodeReport report) {
        List<NodeTalk> all = there();
        return !all.isEmpty() && all.stream().filter(server -> server.tellNow(report)).count() == all.size();
    }

    /** Waits until all that are there have heard of all pauses and steps so far. */
    void awaitTold() {
        there().forEach(NodeTalk::awaitTold);
    }

    @Override
    public void close() {
        links.close();
    }
}
