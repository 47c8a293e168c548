package org.azekura.wire;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.azekura.api.ApplianceId;
import org.azekura.api.BackupException;
import org.azekura.api.Endpoint;
import org.azekura.api.JobId;
import org.azekura.api.NodeName;
import org.azekura.api.identity.KnownServers;
import org.azekura.api.identity.ServerPlace;
import org.azekura.api.message.Answer;
import org.azekura.api.message.HostReport;
import org.azekura.api.message.Message;
import org.azekura.api.message.NodeOrder;
import org.azekura.api.message.NodeReport;
import org.azekura.api.transport.Connection;
import org.azekura.api.transport.Stream;
import org.azekura.api.transport.Transport;
import org.azekura.transport.local.LocalTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A host and servers that come, go and take over. */
@Timeout(300)
class ServerLinksTest {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Duration NEVER = Duration.ofMinutes(5);

    @TempDir
    Path home;
    private final LocalTransport transport = new LocalTransport();
    private final Transports transports = new Transports(transport);
    /** What becomes of talks, like "server/a joined". */
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private ServerLinks<Talk> links;

    private final class Talk implements ServerTalk {

        private final String server;

        Talk(Conversation conversation) {
            server = conversation.connection().peer();
        }

        @Override
        public void welcomed(Answer.Welcome welcome) {
            // nothing is kept of it
        }

        @Override
        public void joined() {
            events.add(server + " joined");
        }

        @Override
        public Answer receive(Message order) {
            events.add(server + " ordered");
            return new Answer.Done();
        }

        @Override
        public void take(Stream stream) {
            stream.close();
        }

        @Override
        public void close() {
            events.add(server + " ended");
        }
    }

    /** One that says what it is told to. */
    private final class Server implements AutoCloseable {

        final String name;
        volatile Answer.Servers servers = new Answer.Servers(List.of(), List.of(), 0);
        volatile boolean silent;
        volatile boolean older;
        final Map<Conversation, String> hosts = new ConcurrentHashMap<>();
        private Transport.Listener listener;

        Server(String name) {
            this.name = name;
            open.add(this);
        }

        Server listen(String at) throws BackupException {
            listener = transport.listen(at, name, this::accept);
            return this;
        }

        void accept(Connection connection) {
            Conversation talk = new Conversation(connection, this::receive);
            hosts.put(talk, connection.peer());
            talk.ended().thenRun(() -> hosts.remove(talk));
            talk.start();
        }

        private Answer receive(Message message) throws BackupException {
            return switch (message) {
                case NodeReport.Hello _ -> new Answer.Welcome(new ApplianceId(1, 2), new byte[0], Instant.EPOCH);
                case HostReport.WhichServers _ when silent -> throw BackupException.network("transport.timeout", name, "it says nothing", null);
                case HostReport.WhichServers _ when older -> throw BackupException.corrupt("message.corrupt", "", "unknown type");
                case HostReport.WhichServers _ -> servers;
                default -> throw BackupException.corrupt("message.corrupt", "", "unknown type");
            };
        }

        void epoch(long epoch) {
            servers = new Answer.Servers(servers.servers(), servers.gone(), epoch);
        }

        Conversation host() {
            return hosts.keySet().iterator().next();
        }

        @Override
        public void close() {
            if (listener != null) {
                listener.close();
            }
            hosts.keySet().forEach(Conversation::close);
        }
    }

    private void start(KnownServers known, Duration pause, String... at) {
        links = new ServerLinks<>(new ServerLinks.Self<>("node/n1", transports, () -> new NodeReport.Hello(new NodeName("n1"), List.of(), "1"),
                (_, talk) -> new Talk(talk), pause, known, null), Arrays.stream(at).map(Endpoint::parse).toList(), "orders-n1");
        links.start();
    }

    private void expect(String... wanted) throws InterruptedException {
        List<String> came = new ArrayList<>();
        for (int i = 0; i < wanted.length; i++) {
            came.add(events.poll(120, TimeUnit.SECONDS));
        }
        assertEquals(Arrays.stream(wanted).sorted().toList(), came.stream().map(String::valueOf).sorted().toList());
    }

    private KnownServers joined(String at) throws Exception {
        Files.createDirectories(home.resolve("identity"));
        Files.writeString(home.resolve("identity/server"), at + "\n");
        return KnownServers.of(home).orElseThrow();
    }

    private static Answer.Done order(Server server) throws BackupException {
        return server.host().ask(new NodeOrder.EndJob(new JobId(1)), Answer.Done.class, LONG);
    }

    @AfterEach
    void end() throws Exception {
        if (links != null) {
            links.close();
        }
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    @Test
    void joinsEachServerAndLosesOneAlone() throws Exception {
        Server a = new Server("server/a").listen("a");
        Server b = new Server("server/b").listen("b");
        start(null, NEVER, "local:a", "local:b");
        expect("server/a joined", "server/b joined");
        assertEquals(2, links.standing().size());
        a.close();
        expect("server/a ended");
        order(b);
        expect("server/b ordered");
        a.listen("a");
        expect("server/a joined");
    }

    @Test
    void oneThatIsAwayKeepsNobodyFromTheOther() throws Exception {
        Server b = new Server("server/b").listen("b");
        start(null, NEVER, "local:a", "local:b");
        expect("server/b joined");
        order(b);
        expect("server/b ordered");
    }

    @Test
    void pausesShortlyAmongSeveralAndAsLongAsItLikesWithOne() {
        start(null, NEVER, "local:a", "local:b");
        assertEquals(ServerLinks.AMONG_SEVERAL, links.longestPause());
        links.close();
        start(null, NEVER, "local:a");
        assertEquals(NEVER, links.longestPause());
    }

    @Test
    void learnsOfAServerThatCameLaterAndKeepsIt() throws Exception {
        KnownServers known = joined("local:a");
        Server a = new Server("server/a").listen("a");
        new Server("server/b").listen("b");
        a.servers = new Answer.Servers(List.of(new ServerPlace("server/a", new Endpoint("local", ":1/a")), new ServerPlace("server/b", new Endpoint("local", "b")),
                new ServerPlace("no server", new Endpoint("local", "c"))), List.of(), 0);
        start(known, NEVER, "local:a");
        expect("server/a joined", "server/b joined");
        links.close();
        assertEquals(List.of(new ServerPlace("server/a", new Endpoint("local", "a")), new ServerPlace("server/b", new Endpoint("local", "b"))), known.load());
    }

    @Test
    void forgetsWhatIsSaidToBeNoMoreAndNothingElse() throws Exception {
        KnownServers known = joined("local:a");
        known.add(new ServerPlace("server/b", new Endpoint("local", "b")));
        known.add(new ServerPlace("server/c", new Endpoint("local", "c")));
        Server a = new Server("server/a").listen("a");
        a.servers = new Answer.Servers(List.of(), List.of(new ServerPlace("server/c", new Endpoint("local", ":1/c")), new ServerPlace("server/a", new Endpoint("local", "a"))), 0);
        start(known, NEVER, "local:a", "local:b", "local:c");
        expect("server/a joined");
        links.close();
        assertEquals(List.of("local:a", "local:b"), known.load().stream().map(place -> place.at().toString()).toList());
    }

    @Test
    void twoAddressesOfOneServerMakeOneLink() throws Exception {
        new Server("server/a").listen("a").listen("alias");
        start(null, Duration.ofMillis(20), "local:a", "local:alias");
        expect("server/a joined");
        assertEquals(1, links.standing().size());
    }

    @Test
    void letsGoOfAServerThatAnotherHasTakenThePlaceOf() throws Exception {
        Server a = new Server("server/a").listen("a");
        a.epoch(5);
        start(null, NEVER, "local:a", "local:b");
        expect("server/a joined");
        order(a);
        expect("server/a ordered");
        Server b = new Server("server/b");
        b.epoch(6);
        b.listen("b");
        expect("server/b joined", "server/a ended");
        order(b);
        expect("server/b ordered");
        // it knocks again: it is let in as soon as it knows, and orders nothing before
        a.epoch(6);
        expect("server/a joined");
    }

    @Test
    void goesOnWithTheOtherThatHasHeardOfTheLead() throws Exception {
        Server a = new Server("server/a").listen("a");
        a.epoch(5);
        start(null, NEVER, "local:a", "local:b");
        expect("server/a joined");
        Server b = new Server("server/b");
        a.epoch(6);
        b.epoch(6);
        b.listen("b");
        expect("server/b joined");
        order(a);
        expect("server/a ordered");
    }

    @Test
    void takesNoOrderOfOneThatDoesNotSayThatItLeads() throws Exception {
        Server a = new Server("server/a").listen("a");
        a.epoch(5);
        start(null, NEVER, "local:a", "local:b");
        expect("server/a joined");
        Conversation old = a.host();
        a.silent = true;
        Server b = new Server("server/b");
        b.epoch(6);
        b.listen("b");
        expect("server/b joined", "server/a ended");
        assertRefused("transport.closed", () -> old.ask(new NodeOrder.EndJob(new JobId(1)), Answer.Done.class, LONG));
        assertFalse(events.contains("server/a ordered"));
    }

    @Test
    void aServerThatDoesNotKnowTheQuestionIsObeyed() throws Exception {
        Server a = new Server("server/a").listen("a");
        a.older = true;
        start(null, NEVER, "local:a");
        expect("server/a joined");
        order(a);
        expect("server/a ordered");
    }

    @Test
    void isCalledByTwoServers() throws Exception {
        start(null, NEVER, "await:server/");
        for (String name : List.of("server/a", "server/b")) {
            Server server = new Server(name);
            server.accept(transport.dial("orders-n1", name, LONG));
        }
        expect("server/a joined", "server/b joined");
        // one that calls again has given up the connection before
        Server again = new Server("server/a");
        again.accept(transport.dial("orders-n1", "server/a", LONG));
        expect("server/a ended", "server/a joined");
        assertEquals(2, links.standing().size());
    }
}
