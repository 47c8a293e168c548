package org.azekura.server.enrol;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.azekura.api.ClientName;
import org.azekura.api.Endpoint;
import org.azekura.api.identity.HostRole;
import org.azekura.api.identity.Identity;
import org.azekura.api.message.Answer;
import org.azekura.api.message.ClientReport;
import org.azekura.transport.tls.TlsDoor;
import org.azekura.wire.Conversation;
import org.azekura.wire.RenewalDoor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a certificate is worth at the real transport, with real sockets. */
@Timeout(300)
class RealTlsTest {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final String SELF = "client/web1";

    @TempDir
    Path home;
    @TempDir
    Path away;
    private Room room;
    private TlsDoor server;
    private TlsDoor host;
    private Endpoint at;

    @BeforeEach
    void open() throws Exception {
        room = new Room(home);
        server = new TlsDoor(home);
        host = new TlsDoor(away);
        at = room.reachedBy(server.transport());
    }

    @AfterEach
    void close() {
        host.close();
        room.close();
        server.close();
    }

    private Identity joined(String name) throws Exception {
        Identity made = room.join(room.code(HostRole.CLIENT, name), HostRole.CLIENT, "host");
        Identity whole = new Identity(made.key(), made.certificate(), made.authority(), at);
        whole.save(away);
        return whole;
    }

    private Conversation in() throws Exception {
        Conversation made = new Conversation(host.transport().dial(at.address(), SELF, LONG), message -> new Answer.Done()).start();
        made.ask(new ClientReport.Hello(new ClientName("web1"), new byte[0], "test"), Answer.Welcome.class, LONG);
        return made;
    }

    @Test
    void whoHasJoinedIsInAndWhoIsRevokedIsOutAtOnce() throws Exception {
        assertRefused("transport.refused", this::in);
        joined("web1");
        Conversation talk = in();
        assertTrue(room.hosts.isConnected(new ClientName("web1")));
        assertEquals("server/backup1", talk.connection().peer());
        assertRefused("transport.refused", () -> host.transport().dial(at.address(), "client/web2", LONG));

        assertEquals(List.of(SELF), room.desk.revoke(HostRole.CLIENT, "web1"));
        talk.ended().get(120, TimeUnit.SECONDS);
        assertRefused("transport.refused", this::in);

        joined("web1");
        in().close();
    }

    @Test
    void aRenewedCertificateIsUsedAndTheOldOneIsRefusedWhenNobodyUsesIt() throws Exception {
        Identity first = joined("web1");
        Conversation talk = in();
        room.clock.pass(Duration.ofDays(61));
        X509Certificate second = RenewalDoor.renewIfDue(away, room.clock, talk, SELF);
        assertNotEquals(first.certificate(), second);
        talk.close();
        Set<String> old = Set.of(Identity.serial(first.certificate()));
        long end = System.nanoTime() + LONG.toNanos();
        while (!room.far.distrusted.getLast().equals(old)) {
            assertTrue(System.nanoTime() < end, "the old one is trusted still");
            LockSupport.parkNanos(1_000_000);
        }
        room.clock.pass(Duration.ofDays(-61));
        first.save(away);
        assertRefused("transport.refused", this::in);
    }
}
