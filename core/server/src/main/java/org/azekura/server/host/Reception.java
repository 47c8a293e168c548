package org.azekura.server.host;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.Endpoint;
import org.azekura.api.NodeName;
import org.azekura.api.message.Answer;
import org.azekura.api.message.ClientReport;
import org.azekura.api.message.HostReport;
import org.azekura.api.message.Message;
import org.azekura.api.message.NodeReport;
import org.azekura.api.message.StreamOpening;
import org.azekura.api.transport.Connection;
import org.azekura.api.transport.Stream;
import org.azekura.wire.Conversation;
import org.azekura.wire.MessageCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives the roles that connect: takes their hello, keeps them in {@link Hosts} while they are there, and passes on what
 * they report. A peer is who its transport says it is: a hello with another name is refused.
 */
public final class Reception {

    private static final Logger log = LoggerFactory.getLogger(Reception.class);
    private static final Duration OPENING_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration STREAM_WAIT = Duration.ofMinutes(1);

    private final Supplier<Answer.Welcome> welcome;
    private final Hosts hosts;
    private final Reports reports;
    private final Admission admission;
    private final Times times;
    private final Servers servers;

    /** That of the only server. */
    public Reception(Supplier<Answer.Welcome> welcome, Hosts hosts, Reports reports, Admission admission, Times times) {
        this(welcome, hosts, reports, admission, times, () -> new Answer.Servers(List.of(), List.of(), 0));
    }

    /** @param welcome what a role is told that joins; another one each time */
    public Reception(Supplier<Answer.Welcome> welcome, Hosts hosts, Reports reports, Admission admission, Times times, Servers servers) {
        this.welcome = welcome;
        this.hosts = hosts;
        this.reports = reports;
        this.admission = admission;
        this.times = times;
        this.servers = servers;
    }

    /** Takes over one connection; returns at once. */
    public void accept(Connection connection) {
        new Visit(connection, null).begin();
    }

    /** The same for one that this server made to a host which may not dial. */
    void called(Connection connection, Endpoint at) {
        new Visit(connection, at).begin();
    }

    /** One connection from its hello to its end. */
    private final class Visit {

        private final Connection connection;
        private final Endpoint calledAt;
        private Conversation conversation;
        private volatile ConnectedNode node;
        private volatile ConnectedClient client;

        Visit(Connection connection, Endpoint calledAt) {
            this.connection = connection;
            this.calledAt = calledAt;
        }

        void begin() {
            conversation = new Conversation(connection, this::receive);
            conversation.ended().thenRunAsync(this::ended, task -> Thread.ofVirtual().name("server-farewell-" + connection.peer())
                    .start(task));
            conversation.start();
            Thread.ofVirtual().name("server-streams-" + connection.peer()).start(this::takeStreams);
        }

        private Answer receive(Message message) throws BackupException {
            return switch (message) {
                case NodeReport.Hello hello -> welcome(hello);
                case ClientReport.Hello hello -> welcome(hello);
                case NodeReport.PackWritten written when node != null -> reports.packWritten(node, written);
                case NodeReport.PoolPaused paused when node != null -> reports.poolPaused(node, paused);
                case NodeReport.Power power when node != null -> reports.power(node, power);
                case NodeReport.PowerGone gone when node != null -> reports.powerGone(node, gone);
                case NodeReport.DriverStep step when node != null -> reports.driverStep(node, step);
                case NodeReport.OfMedia report when node != null -> reports.media(node, report);
                case ClientReport report when client != null -> reports.fromClient(client, report);
                case HostReport report when (isElsewhere() || report instanceof HostReport.WhichServers) && (node != null || client != null) -> fromHost(report);
                default -> throw BackupException.operator("message.unexpected", connection.peer(),
                        connection.peer() + " sent " + message.getClass().getSimpleName() + ", which it may not send now");
            };
        }

        private Answer fromHost(HostReport report) throws BackupException {
            return switch (report) {
                case HostReport.OfCertificate about -> admission.report(connection.peer(), about);
                case HostReport.Time time -> {
                    admission.admit(connection.peer());
                    times.told(connection.peer(), connection.host(), time.now());
                    yield new Answer.Done();
                }
                case HostReport.WhichServers question -> servers.now();
            };
        }

        private Answer welcome(NodeReport.Hello hello) throws BackupException {
            prove("node/" + hello.name());
            if (node != null) {
                node.moved(hello.endpoints());
                return welcome.get();
            }
            admit();
            Answer.Welcome first = welcome.get();
            ConnectedNode joining = new ConnectedNode(new NodeName(hello.name().value()), hello.endpoints(), connection, conversation, calledAt);
            node = joining;
            hosts.joined(joining);
            admitAgain();
            log.info("node={} joined, reached at {}", hello.name(), hello.endpoints());
            admission.seen(connection.peer(), hello.version());
            reports.joined(joining);
            return first;
        }

        private Answer welcome(ClientReport.Hello hello) throws BackupException {
            prove("client/" + hello.name());
            admit();
            ConnectedClient joining = new ConnectedClient(new ClientName(hello.name().value()), hello.signingKey(), connection, conversation, calledAt);
            reports.joined(joining);
            client = joining;
            hosts.joined(joining);
            admitAgain();
            log.info("client={} joined", hello.name());
            admission.seen(connection.peer(), hello.version());
            return welcome.get();
        }

        private void prove(String claimed) throws BackupException {
            if (!connection.peer().equals(claimed)) {
                throw BackupException.operator("peer.name", claimed, "the transport knows this peer as " + connection.peer()
                        + ", it calls itself " + claimed);
            }
        }

        private boolean isElsewhere() {
            return !connection.host().isEmpty();
        }

        /** What is in this process needs no certificate. */
        private void admit() throws BackupException {
            if (isElsewhere()) {
                try {
                    admission.admit(connection.peer());
                } catch (BackupException e) {
                    log.warn("{} at {} is not let in: {}", connection.peer(), connection.host(), e.getMessage());
                    throw e;
                }
            }
        }

        /** Who was revoked while he came in was not yet seen by who cut the connections. */
        private void admitAgain() throws BackupException {
            try {
                admit();
            } catch (BackupException e) {
                connection.close();
                throw e;
            }
        }

        /** Ends with the connection: hours without a stream say nothing about it. */
        private void takeStreams() {
            while (!conversation.ended().isDone()) {
                try {
                    Stream stream = connection.accept(STREAM_WAIT);
                    if (stream == null) {
                        return;
                    }
                    Thread.ofVirtual().name("server-stream-" + connection.peer()).start(() -> take(stream));
                } catch (BackupException e) {
                    if (!e.failure().code().equals("transport.timeout")) {
                        log.debug("peer={}: no more data streams: {}", connection.peer(), e.getMessage());
                        return;
                    }
                }
            }
        }

        private void take(Stream stream) {
            try (stream) {
                ConnectedClient from = client;
                if (from != null && MessageCodec.decode(stream.receive(OPENING_TIMEOUT)) instanceof StreamOpening.StoreTrees trees) {
                    reports.trees(from, trees, stream);
                    return;
                }
                log.warn("peer={} opened a data stream it may not open; it was closed", connection.peer());
            } catch (BackupException e) {
                log.warn("peer={}: data stream broke: {}", connection.peer(), e.getMessage());
            }
        }

        private void ended() {
            if (node != null) {
                hosts.left(node);
                log.info("node={} left", node.name());
                if (!hosts.isConnected(node.name())) {
                    reports.left(node);
                }
            }
            if (client != null) {
                hosts.left(client);
                log.info("client={} left", client.name());
                reports.left(client);
            }
            if (node != null || client != null) {
                admission.left(connection.peer());
            }
            connection.close();
        }
    }

    /** Who may come in, from other hosts. Calls come from many threads. */
    public interface Admission {

        /** @throws BackupException {@code host.unknown}, {@code host.revoked}, {@code host.expired} */
        void admit(String peer) throws BackupException;

        /**
         * One has come in, from wherever.
         *
         * @param version of the program that it runs, in its own words
         */
        void seen(String peer, String version) throws BackupException;

        /** One that came in is gone. */
        void left(String peer);

        /** What one from another host tells about its certificate. */
        Answer report(String peer, HostReport.OfCertificate report) throws BackupException;
    }

    /** Who knows which servers this appliance has, and which of them leads. Calls come from many threads. */
    @FunctionalInterface
    public interface Servers {

        Answer.Servers now() throws BackupException;
    }

    /** Who hears what the clocks of other hosts say. Calls come from many threads. */
    @FunctionalInterface
    public interface Times {

        /** @param address from where the host came; it may be this machine's */
        void told(String peer, String address, Instant now) throws BackupException;
    }

    /** Who takes in what connected roles report. Calls come from many threads. */
    public interface Reports {

        /** A node has said hello; must return quickly. */
        void joined(ConnectedNode node);

        /** A client has said hello. */
        void joined(ConnectedClient client) throws BackupException;

        /** A client's connection is gone. */
        void left(ConnectedClient client);

        Answer packWritten(ConnectedNode node, NodeReport.PackWritten written) throws BackupException;

        /** A node has the jobs of a pool wait, or go on. */
        Answer poolPaused(ConnectedNode node, NodeReport.PoolPaused report) throws BackupException;

        Answer power(ConnectedNode node, NodeReport.Power report);

        Answer powerGone(ConnectedNode node, NodeReport.PowerGone report);

        /** A node has left, and is not there by another connection. */
        void left(ConnectedNode node);

        /** What happens on a node while a driver changes. */
        Answer driverStep(ConnectedNode node, NodeReport.DriverStep report) throws BackupException;

        /** What a node tells of cartridges and drives. */
        Answer media(ConnectedNode node, NodeReport.OfMedia report) throws BackupException;

        /** Any report of a client but its hello. */
        Answer fromClient(ConnectedClient client, ClientReport report) throws BackupException;

        /** Takes in tree pages until the stream ends, makes them durable, and ends its own side. */
        void trees(ConnectedClient client, StreamOpening.StoreTrees opening, Stream stream) throws BackupException;
    }
}
