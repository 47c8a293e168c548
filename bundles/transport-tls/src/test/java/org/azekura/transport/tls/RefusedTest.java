package org.azekura.transport.tls;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.azekura.api.BackupException;
import org.azekura.api.identity.Identity;
import org.azekura.api.transport.Connection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who is not let in: told nothing, named in the log, and nobody else notices. */
@Timeout(300)
class RefusedTest {

    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    Path folder;
    private TwoHosts hosts;

    @BeforeEach
    void start() throws Exception {
        hosts = new TwoHosts(folder);
    }

    @AfterEach
    void allOthersAreServedStill() throws Exception {
        assertTrue(hosts.nobodyCame(), "somebody was let in");
        hosts.server.distrust(Set.of());
        try (Connection ours = hosts.client.dial(hosts.listener.address(), TwoHosts.CLIENT, TwoHosts.LONG); Connection theirs = hosts.accepted()) {
            ours.control().send(Stranger.bytes(1), TwoHosts.LONG);
            assertEquals(1, theirs.control().receive(TwoHosts.LONG).get());
        }
        hosts.close();
    }

    private void logged(String... parts) throws InterruptedException {
        String line = hosts.refusal();
        assertTrue(line.startsWith("refused 127.0.0.1"), line);
        for (String part : parts) {
            assertTrue(line.contains(part), line);
        }
    }

    @Test
    void whoSpeaksPlainTcp() throws Exception {
        byte[] said = Stranger.plain(hosts.socket(), new byte[2000]);
        assertTrue(said.length <= 7, "more than an alert: " + said.length + " bytes");
        logged();
    }

    @Test
    void whoSpeaksPlainHttp() throws Exception {
        byte[] said = Stranger.plain(hosts.socket(), Stranger.ascii("GET /api/v1/status HTTP/1.1\r\nHost: x\r\n\r\n"));
        assertTrue(said.length <= 7, "more than an alert: " + said.length + " bytes");
        logged();
    }

    @Test
    void whoHasNoCertificate() throws Exception {
        assertTrue(Stranger.isRefused(Stranger.socket(Stranger.context(null), hosts.socket(), "TLSv1.3", "azekura/1")));
        logged("certificate");
    }

    @Test
    void whoHasACertificateOfAnotherAuthority() throws Exception {
        Identity foreign = new Authority().identity(TwoHosts.CLIENT);
        assertTrue(Stranger.isRefused(Stranger.socket(Stranger.context(foreign), hosts.socket(), "TLSv1.3", "azekura/1")));
        logged(Identity.serial(foreign.certificate()), TwoHosts.CLIENT, "not valid");
    }

    @Test
    void whoseCertificateHasExpired() throws Exception {
        Identity old = hosts.authority.identity(DAY.multipliedBy(-2), DAY.negated(), TwoHosts.CLIENT);
        assertTrue(Stranger.isRefused(Stranger.socket(Stranger.context(old), hosts.socket(), "TLSv1.3", "azekura/1")));
        logged("not valid");
    }

    @Test
    void whoseCertificateIsNotValidYet() throws Exception {
        Identity early = hosts.authority.identity(DAY, DAY.multipliedBy(2), TwoHosts.CLIENT);
        assertTrue(Stranger.isRefused(Stranger.socket(Stranger.context(early), hosts.socket(), "TLSv1.3", "azekura/1")));
        logged("not valid");
    }

    @Test
    void whoSpeaksAnOlderTls() throws Exception {
        Identity good = hosts.authority.identity(TwoHosts.CLIENT);
        assertTrue(Stranger.isRefused(Stranger.socket(Stranger.context(good), hosts.socket(), "TLSv1.2", "azekura/1")));
        logged();
    }

    @Test
    void whoSpeaksAnotherProtocolOrNone() throws Exception {
        SSLContext good = Stranger.context(hosts.authority.identity(TwoHosts.CLIENT));
        assertTrue(Stranger.isRefused(Stranger.socket(good, hosts.socket(), "TLSv1.3", "http/1.1")));
        logged();
        assertTrue(Stranger.isRefused(Stranger.socket(good, hosts.socket(), "TLSv1.3")));
        logged("azekura/1");
    }

    @Test
    void whoseCertificateIsRevoked() throws Exception {
        hosts.server.distrust(Set.of(Identity.serial(Identity.load(hosts.clientHome).orElseThrow().certificate())));
        BackupException e = assertRefused("transport.refused", hosts::dial);
        assertTrue(e.getMessage().contains("no trust"), e.getMessage());
        logged("revoked", TwoHosts.CLIENT);
    }

    @Test
    void whoClaimsANameThatIsNotItsOwn() throws Exception {
        assertRefused("transport.refused", () -> hosts.client.dial(hosts.address(), "node/n1", TwoHosts.LONG));
        Link link = Stranger.link(hosts.socket(), hosts.authority.identity("client/c2"));
        Greeting.Answer answer = Stranger.greet(link, Stranger.greeting(1, TwoHosts.CLIENT));
        assertEquals(Greeting.Answer.Code.NOT_TRUSTED, answer.code());
        logged("client/c2", "not for client/c1");
        Stranger.awaitEnd(link);
    }

    @Test
    void aServerThatIsNotOurs() throws Exception {
        Path home = new Authority().home(folder.resolve("other"), TwoHosts.SERVER);
        try (TlsTransport other = Hosts.of(home); var listener = other.listen("server", TwoHosts.SERVER, Connection::close)) {
            BackupException e = assertRefused("transport.refused", () -> hosts.client.dial(listener.address(), TwoHosts.CLIENT, TwoHosts.LONG));
            assertTrue(e.getMessage().contains("not valid"), e.getMessage());
        }
    }

    @Test
    void aServerThatOffersAsSomebodyElse() throws Exception {
        try (var listener = hosts.server.listen("node", "node/n2", Connection::close)) {
            BackupException e = assertRefused("transport.refused", () -> hosts.client.dial(listener.address(), TwoHosts.CLIENT, TwoHosts.LONG));
            assertTrue(e.getMessage().contains("not for node/n2"), e.getMessage());
        }
        logged("not for node/n2");
    }

    @Test
    void aServiceThatIsNotOffered() {
        String address = hosts.listener.address().replace("/server", "/node-n7");
        assertRefused("transport.unreachable", () -> hosts.client.dial(address, TwoHosts.CLIENT, TwoHosts.LONG));
    }

    @Test
    void addressesThatAreNone() {
        for (String wrong : List.of("", "server", ":8444/server", "host/server", "host:x/server", "host:0/server", "host:70000/server", "host:1/")) {
            assertRefused("transport.address", () -> hosts.client.dial(wrong, TwoHosts.CLIENT, TwoHosts.LONG));
        }
    }

    @Test
    void whoSaysNothing() throws Exception {
        Settings s = Hosts.settings();
        Path home = hosts.authority.home(folder.resolve("hasty"), TwoHosts.SERVER);
        try (TlsTransport hasty = new TlsTransport(home, new Settings(s.host(), s.port(), s.ping(), s.silence(), s.grace(), Duration.ofMillis(300),
                s.unfinished(), s.memory()), new Refusals(hosts.refused::add)); var listener = hasty.listen("server", TwoHosts.SERVER, Connection::close)) {
            assertArrayEquals(new byte[0], Stranger.plain(Place.parse(listener.address()).socket(), new byte[0]));
            logged("did not say who it is");
        }
    }

    @Test
    void whoOpensManyAndSaysNothing() throws Exception {
        List<SocketChannel> flood = new ArrayList<>();
        try {
            for (int i = 0; i < 4 * Hosts.settings().unfinished(); i++) {
                flood.add(SocketChannel.open(hosts.socket()));
            }
            try (Connection ours = hosts.dial(); Connection theirs = hosts.accepted()) {
                assertEquals(TwoHosts.CLIENT, theirs.peer());
                assertEquals(TwoHosts.SERVER, ours.peer());
            }
            logged("too many");
        } finally {
            for (SocketChannel channel : flood) {
                channel.close();
            }
        }
    }

    @Test
    void noSessionIsResumed() throws Exception {
        SSLContext context = Stranger.context(hosts.authority.identity(TwoHosts.CLIENT));
        int before = Stranger.SHOWN.get();
        for (int i = 0; i < 3; i++) {
            try (SSLSocket socket = Stranger.socket(context, hosts.socket(), "TLSv1.3", "azekura/1")) {
                socket.startHandshake();
                ByteBuffer greeting = Stranger.greeting(10 + i, TwoHosts.CLIENT).encode();
                socket.getOutputStream().write(greeting.array(), 0, greeting.remaining());
                // A ticket would come with the answer.
                assertTrue(socket.getInputStream().read() >= 0);
            }
            hosts.accepted().close();
        }
        assertEquals(3, Stranger.SHOWN.get() - before, "a handshake went without certificates");
    }

    @Test
    void whoResumesWhatIsNotHis() throws Exception {
        try (Connection ours = hosts.dial(); Connection theirs = hosts.accepted()) {
            String id = ((Session) theirs).id();
            Link other = Stranger.link(hosts.socket(), hosts.authority.identity("client/c2"));
            Greeting.Answer answer = Stranger.greet(other, new Greeting(id, true, 0, "server", "client/c2"));
            assertEquals(Greeting.Answer.Code.NOT_TRUSTED, answer.code());
            logged("client/c2", "resumes the connection of client/c1");
            Identity same = hosts.authority.identity(TwoHosts.CLIENT);
            assertEquals(Greeting.Answer.Code.NO_CONNECTION,
                    Stranger.greet(Stranger.link(hosts.socket(), same), new Greeting("00".repeat(16), true, 0, "server", TwoHosts.CLIENT)).code());
            logged("not known here");
            assertEquals(Greeting.Answer.Code.NO_CONNECTION,
                    Stranger.greet(Stranger.link(hosts.socket(), same), new Greeting(id, true, 1000, "server", TwoHosts.CLIENT)).code());
            logged("1000 units");
            assertEquals(Greeting.Answer.Code.NO_CONNECTION,
                    Stranger.greet(Stranger.link(hosts.socket(), same), new Greeting(id, false, 0, "server", TwoHosts.CLIENT)).code());
            logged("already");
            ours.control().send(Stranger.bytes(5), TwoHosts.LONG);
            assertEquals(5, theirs.control().receive(TwoHosts.LONG).get(), "the connection lives on");
        }
    }

    @Test
    void noIdentityIsNoTrustUntilThereIsOne() throws Exception {
        Path home = folder.resolve("young");
        try (TlsTransport young = Hosts.of(home)) {
            BackupException e = assertRefused("transport.refused", () -> young.dial(hosts.address(), "client/c3", TwoHosts.LONG));
            assertTrue(e.getMessage().contains("join"), e.getMessage());
            hosts.authority.home(home, "client/c3");
            young.dial(hosts.address(), "client/c3", TwoHosts.LONG).close();
            assertEquals("client/c3", hosts.accepted().peer());
            hosts.authority.home(home, "client/c4");
            young.dial(hosts.address(), "client/c4", TwoHosts.LONG).close();
            assertEquals("client/c4", hosts.accepted().peer());
            assertThrows(BackupException.class, () -> young.dial(hosts.address(), "client/c3", TwoHosts.LONG));
        }
    }

    @Test
    void openConnectionsOfTheRevokedAreCutAtOnce() throws Exception {
        Connection ours = hosts.dial();
        Connection theirs = hosts.accepted();
        hosts.server.distrust(Set.of("abc"));
        ours.control().send(Stranger.bytes(5), TwoHosts.LONG);
        assertEquals(5, theirs.control().receive(TwoHosts.LONG).get(), "others are left alone");
        hosts.server.distrust(Set.of(Identity.serial(Identity.load(hosts.clientHome).orElseThrow().certificate())));
        BackupException e = assertRefused("transport.closed", () -> theirs.control().receive(TwoHosts.LONG));
        assertTrue(e.getMessage().contains("revoked"), e.getMessage());
        assertRefused("transport.closed", () -> ours.control().receive(TwoHosts.LONG));
        logged("revoked");
    }

    @Test
    void whoBreaksTheProtocolLosesHisConnectionOnly() throws Exception {
        ByteBuffer[] wrong = {
            Stranger.bytes(0, 0, 0, 0, 0, 0, 0, 0, 0),
            Stranger.bytes(200, 0, 0, 0, 0, 0, 0, 0, 0),
            Stranger.bytes(1, 0, 0, 0, 0, 0, 1, 0, 1),
            Stranger.bytes(1, 0, 0, 0, 0, 255, 255, 255, 255),
            Stranger.bytes(1, 0, 0, 0, 0, 0, 0, 0, 4, 0x7f, 255, 255, 255),
            Stranger.bytes(2, 0, 0, 0, 0, 0, 0, 0, 1, 9),
            Stranger.bytes(1, 0, 0, 0, 9, 0, 0, 0, 4, 0, 0, 0, 0),
            Stranger.bytes(4, 0, 0, 0, 9, 0, 0, 0, 0),
            Stranger.bytes(3, 0, 0, 0, 2, 0, 0, 0, 0),
            Stranger.bytes(6, 0, 0, 0, 0, 0, 0, 0, 4, 255, 255, 255, 255),
            Stranger.bytes(7, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 1, 0)};
        Identity client = hosts.authority.identity(TwoHosts.CLIENT);
        for (int i = 0; i < wrong.length; i++) {
            Link link = Stranger.link(hosts.socket(), client);
            assertEquals(Greeting.Answer.Code.WELCOME, Stranger.greet(link, Stranger.greeting(100 + i, TwoHosts.CLIENT)).code());
            Connection theirs = hosts.accepted();
            link.write(wrong[i]);
            assertRefused("transport.closed", () -> theirs.control().receive(TwoHosts.LONG));
            link.trusted();
            Stranger.awaitEnd(link);
            assertFalse(hosts.server.means().sessions().find("%032x".formatted(100 + i)) != null, "it is kept");
        }
    }

    @Test
    void whoSendsMoreThanThereIsCreditForLosesHisConnection() throws Exception {
        Link link = Stranger.link(hosts.socket(), hosts.authority.identity(TwoHosts.CLIENT));
        Stranger.greet(link, Stranger.greeting(50, TwoHosts.CLIENT));
        Connection theirs = hosts.accepted();
        link.trusted();
        UnitWriter units = new UnitWriter();
        assertThrows(IOException.class, () -> {
            for (int i = 0; i < 1000; i++) {
                units.add(new Unit.Frame(0, 60_000, ByteBuffer.allocate(60_000)));
                link.write(units.take());
            }
        });
        assertRefused("transport.closed", () -> theirs.control().receive(TwoHosts.LONG));
        assertEquals(0, hosts.server.means().budget().used());
    }
}
