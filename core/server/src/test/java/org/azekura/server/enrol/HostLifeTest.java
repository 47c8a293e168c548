package org.azekura.server.enrol;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.azekura.api.ClientName;
import org.azekura.api.NodeName;
import org.azekura.api.identity.HostKeys;
import org.azekura.api.identity.HostRole;
import org.azekura.api.identity.Identity;
import org.azekura.api.identity.RenewalText;
import org.azekura.api.message.Answer;
import org.azekura.api.message.ClientReport;
import org.azekura.api.message.HostReport;
import org.azekura.api.message.Message;
import org.azekura.api.message.NodeOrder;
import org.azekura.api.message.NodeReport;
import org.azekura.api.server.Enrolment.Host;
import org.azekura.wire.Conversation;
import org.azekura.wire.RenewalDoor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a host that has joined: it comes in, its certificate is renewed, it is revoked. */
@Timeout(300)
class HostLifeTest {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final HostRole CLIENT = HostRole.CLIENT;

    @TempDir
    Path home;
    @TempDir
    Path away;
    private Room room;
    private final List<Conversation> open = new ArrayList<>();
    private final BlockingQueue<Message> ordered = new LinkedBlockingQueue<>();

    @BeforeEach
    void open() throws Exception {
        room = new Room(home);
    }

    @AfterEach
    void close() {
        open.forEach(Conversation::close);
        room.close();
    }

    private Conversation dial(String self) throws Exception {
        Conversation made = new Conversation(room.far.dial(":1/server", self, LONG), message -> {
            ordered.add(message);
            return new Answer.Done();
        }).start();
        open.add(made);
        return made;
    }

    private Conversation client(String name) throws Exception {
        Conversation made = dial("client/" + name);
        made.ask(new ClientReport.Hello(new ClientName(name), new byte[0], "test\u001b[2J"), Answer.Welcome.class, LONG);
        return made;
    }

    private Conversation node(String name) throws Exception {
        Conversation made = dial("node/" + name);
        made.ask(new NodeReport.Hello(new NodeName(name), List.of(), "test"), Answer.Welcome.class, LONG);
        return made;
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + LONG.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "it did not come");
            LockSupport.parkNanos(1_000_000);
        }
    }

    private Host host(HostRole role, String name) throws Exception {
        return room.desk.hosts().stream().filter(each -> each.role() == role && each.name().equals(name)).findAny().orElseThrow();
    }

    @Test
    void whoHasJoinedComesIn() throws Exception {
        room.join(room.code(CLIENT, null), CLIENT, "web1");
        client("web1");
        Host row = host(CLIENT, "web1");
        assertTrue(row.connected());
        assertNotNull(row.lastSeen());
    }

    @Test
    void whichVersionItRanStaysKnownWhenItIsAway() throws Exception {
        room.join(room.code(CLIENT, null), CLIENT, "web1");
        assertEquals(null, host(CLIENT, "web1").version());
        client("web1").close();
        await(() -> !room.hosts.isConnected(new ClientName("web1")));
        // what a host says of itself does nothing to the screen of who reads it
        assertEquals("test [2J", host(CLIENT, "web1").version());
    }

    @Test
    void whatItsClockSaysIsHeardFromWhoHasJoined() throws Exception {
        Identity first = room.join(room.code(CLIENT, null), CLIENT, "web1");
        Instant now = Instant.parse("2020-01-02T03:04:05Z");
        client("web1").ask(new HostReport.Time(now), Answer.Done.class, LONG);
        assertEquals(List.of("client/web1 192.0.2.9 2020-01-02T03:04:05Z"), room.times);
        Conversation stranger = dial("client/web2");
        assertRefused("message.unexpected", () -> stranger.ask(new HostReport.Time(now), Answer.Done.class, LONG));
        room.join(room.code(HostRole.NODE, null), HostRole.NODE, "web1", first, false);
        assertEquals(Set.of("client/web1", "node/web1"), room.catalog().read(view -> SameHost.names(view, "node/web1")));
        assertEquals(1, room.times.size());
    }

    @Test
    void whereTheTimeWaitsToBeConfirmedACertificateIsGoodByBoth() throws Exception {
        Instant now = room.clock.instant();
        Instant nextYear = now.plus(Duration.ofDays(365));
        Certificates doubtful = new Certificates(room.ca, Room.LIFE, room.clock, () -> nextYear);
        X509Certificate made = doubtful.issue(HostKeys.generate().getPublic(), Set.of("client/web1"));
        assertTrue(made.getNotBefore().toInstant().isBefore(now) && made.getNotAfter().toInstant().isAfter(nextYear.plus(Duration.ofDays(89))), made::toString);
        assertTrue(doubtful.isFresh(made));
        X509Certificate usual = new Certificates(room.ca, Room.LIFE, room.clock, room.clock).issue(HostKeys.generate().getPublic(), Set.of("client/web1"));
        assertFalse(doubtful.isFresh(usual));
    }

    @Test
    void whoNeverJoinedDoesNotComeIn() {
        assertRefused("host.unknown", () -> client("web1"));
        assertRefused("host.unknown", () -> node("n1"));
        assertFalse(room.hosts.isConnected(new ClientName("web1")));
        assertRefused("host.unknown", () -> client("backup1"));
    }

    @Test
    void whoseCertificateHasEndedDoesNotComeIn() throws Exception {
        room.join(room.code(CLIENT, null), CLIENT, "web1");
        room.clock.pass(Room.LIFE.plusDays(1));
        assertRefused("host.expired", () -> client("web1"));
    }

    @Test
    void aCertificateIsRenewedWithANewKeyInItsLastThird() throws Exception {
        Identity first = room.join(room.code(CLIENT, null), CLIENT, "web1");
        first.save(away);
        Conversation server = client("web1");
        assertEquals(first.certificate(), RenewalDoor.renewIfDue(away, room.clock, server, "client/web1"), "it is young");
        room.clock.pass(Duration.ofDays(61));
        X509Certificate second = RenewalDoor.renewIfDue(away, room.clock, server, "client/web1");
        Identity now = Identity.load(away).orElseThrow();
        assertEquals(second, now.certificate());
        assertNotEquals(first.certificate().getPublicKey(), second.getPublicKey());
        assertEquals(Set.of("client/web1"), Identity.names(second));
        assertEquals(first.server(), now.server());
        byte[] text = {1};
        assertTrue(HostKeys.verifies(second.getPublicKey(), text, HostKeys.sign(now.key(), text)));
        assertEquals(second.getNotAfter().toInstant(), host(CLIENT, "web1").expires());

        assertTrue(room.far.distrusted.getLast().isEmpty(), "the connection is one of the first certificate");
        server.close();
        await(() -> room.far.distrusted.getLast().equals(Set.of(Identity.serial(first.certificate()))));
        client("web1");
        assertEquals(null, host(CLIENT, "web1").revoked());
    }

    @Test
    void aRenewalIsForWhoHasTheNewKeyAndNotAlways() throws Exception {
        room.join(room.code(CLIENT, null), CLIENT, "web1");
        Conversation server = client("web1");
        KeyPair pair = HostKeys.generate();
        byte[] key = pair.getPublic().getEncoded();
        assertRefused("identity.possession", () -> server.ask(new HostReport.Renew(key, HostKeys.sign(pair.getPrivate(), RenewalText.of("client/web2", key))),
                Answer.Certificate.class, LONG));
        assertRefused("identity.key", () -> server.ask(new HostReport.Renew(new byte[9], new byte[0]), Answer.Certificate.class, LONG));
        assertRefused("identity.serial", () -> server.ask(new HostReport.Renewed("1234"), Answer.Done.class, LONG));
        byte[] possession = HostKeys.sign(pair.getPrivate(), RenewalText.of("client/web1", key));
        for (int i = 1; i < Certificates.MAX_ISSUED; i++) {
            server.ask(new HostReport.Renew(key, possession), Answer.Certificate.class, LONG);
        }
        assertRefused("identity.many", () -> server.ask(new HostReport.Renew(key, possession), Answer.Certificate.class, LONG));
        assertRefused("message.unexpected", () -> dial("client/web1").ask(new HostReport.Renew(key, possession), Answer.Certificate.class, LONG));
    }

    @Test
    void whoIsRevokedIsCutOffAndDoesNotComeBack() throws Exception {
        Identity identity = room.join(room.code(CLIENT, null), CLIENT, "web1");
        room.join(room.code(HostRole.NODE, null), HostRole.NODE, "n1");
        node("n1");
        Conversation server = client("web1");
        assertEquals(List.of("client/web1"), room.desk.revoke(CLIENT, "web1"));
        server.ended().get(120, TimeUnit.SECONDS);
        Set<String> serials = Set.of(Identity.serial(identity.certificate()));
        assertEquals(serials, room.far.distrusted.getLast());
        assertEquals(new NodeOrder.Distrust(List.copyOf(serials)), ordered.poll(120, TimeUnit.SECONDS));
        assertEquals(List.of("client/web1 host.revoked"), room.farewells);
        assertRefused("host.revoked", () -> client("web1"));
        assertNotNull(host(CLIENT, "web1").revoked());
        assertEquals(List.of("client/web1"), room.desk.revoke(CLIENT, "web1"), "once more changes nothing");
        room.clock.pass(Room.LIFE.plusDays(1));
        room.desk.revoke(CLIENT, "web1");
        assertTrue(room.far.distrusted.getLast().isEmpty(), "what has ended need not be distrusted");
    }

    @Test
    void aHostIsRevokedInAllItIs() throws Exception {
        Identity client = room.join(room.code(CLIENT, null), CLIENT, "web1");
        Identity both = room.join(room.code(HostRole.NODE, null), HostRole.NODE, "n1", client, false);
        assertEquals(List.of("client/web1", "node/n1"), room.desk.revoke(HostRole.NODE, "n1"));
        assertEquals(Set.of(Identity.serial(client.certificate()), Identity.serial(both.certificate())), room.far.distrusted.getLast());
    }

    @Test
    void onlyWhatHasJoinedAndIsNotTheApplianceItselfIsRevoked() {
        assertRefused("host.unknown", () -> room.desk.revoke(CLIENT, "web1"));
        assertRefused("revoke.refused", () -> room.desk.revoke(CLIENT, "backup1"));
        assertRefused("revoke.refused", () -> room.desk.revoke(HostRole.NODE, "backup1"));
    }

    @Test
    void whatIsRevokedStaysSoAfterARestart() throws Exception {
        Identity identity = room.join(room.code(CLIENT, null), CLIENT, "web1");
        room.desk.revoke(CLIENT, "web1");
        room.close();
        room = new Room(home);
        assertEquals(Set.of(Identity.serial(identity.certificate())), room.far.distrusted.getLast());
        assertRefused("host.revoked", () -> client("web1"));
    }
}
