package org.azekura.server.enrol;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.Endpoint;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Client;
import org.azekura.api.identity.HostKeys;
import org.azekura.api.identity.HostRole;
import org.azekura.api.identity.Identity;
import org.azekura.api.identity.JoinAnswer;
import org.azekura.api.identity.JoinCode;
import org.azekura.api.identity.JoinRequest;
import org.azekura.api.server.Enrolment.Host;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How hosts join, and who can't. */
@Timeout(300)
class JoiningTest {

    private static final HostRole CLIENT = HostRole.CLIENT;
    private static final HostRole NODE = HostRole.NODE;

    @TempDir
    Path home;
    private Room room;
    private final KeyPair pair = HostKeys.generate();

    @BeforeEach
    void open() throws Exception {
        room = new Room(home);
    }

    @AfterEach
    void close() {
        room.close();
    }

    private BackupException refused(JoinRequest.Signed request) {
        return assertRefused("join.refused", () -> room.desk.join(request));
    }

    private Host host(HostRole role, String name) throws BackupException {
        return room.desk.hosts().stream().filter(each -> each.role() == role && each.name().equals(name)).findAny().orElseThrow();
    }

    @Test
    void aHostJoinsWithACodeAndBothSidesKnowEachOther() throws Exception {
        JoinCode code = room.code(CLIENT, null);
        JoinRequest request = Room.request(code, CLIENT, "web1", pair);
        JoinAnswer.Signed answer = room.desk.join(request.sign(code, pair, null));
        assertArrayEquals(answer.answer().proof(code.key(), request), answer.proof());
        Identity identity = Room.identity(answer, pair);
        identity.certificate().verify(room.ca.certificate().getPublicKey());
        assertEquals(room.ca.certificate(), identity.authority());
        assertEquals(Set.of("client/web1"), Identity.names(identity.certificate()));
        assertEquals(pair.getPublic(), identity.certificate().getPublicKey());
        assertEquals(new Endpoint("far", ":1/server"), identity.server(), "the host part is for the host to fill in");
        assertEquals(Room.APPLIANCE.toString(), answer.answer().appliance());
        Host row = host(CLIENT, "web1");
        assertEquals(identity.certificate().getNotAfter().toInstant(), row.expires());
        assertFalse(row.connected());
        assertNull(row.revoked());
        assertNull(row.lastSeen());
        Client client = room.catalog().read(view -> view.client(new ClientName("web1"))).orElseThrow();
        assertNull(client.signingKey(), "it was not heard of yet");
    }

    @Test
    void aCodeThatNamesNoRoleIsForEither() throws Exception {
        JoinCode code = room.code(null, "n1");
        Identity identity = Room.identity(room.desk.join(Room.request(code, HostRole.NODE, "other", pair).sign(code, pair, null)), pair);
        assertEquals(Set.of("node/n1"), Identity.names(identity.certificate()));
        assertEquals("host.taken", assertThrows(BackupException.class, () -> room.code(HostRole.NODE, "n1")).failure().code());
        room.code(null, "n1");
    }

    @Test
    void theCodeItselfIsNowhereInTheCatalog() throws Exception {
        JoinCode code = room.code(CLIENT, null);
        var kept = room.catalog().read(CatalogView::invitations).getFirst();
        assertArrayEquals(code.key(), kept.key());
        assertFalse(kept.toString().contains(code.secret()));
    }

    @Test
    void aCodeWorksOnceForOneRequest() throws Exception {
        JoinCode code = room.code(CLIENT, null);
        JoinRequest.Signed request = Room.request(code, CLIENT, "web1", pair).sign(code, pair, null);
        room.desk.join(request);
        assertEquals(Set.of("client/web1"), Identity.names(Room.identity(room.desk.join(request), pair).certificate()), "its answer may have got lost");
        assertTrue(refused(Room.request(code, CLIENT, "web2", pair).sign(code, pair, null)).getMessage().contains("used"));
        KeyPair other = HostKeys.generate();
        assertTrue(refused(Room.request(code, CLIENT, "web1", other).sign(code, other, null)).getMessage().contains("used"));
    }

    @Test
    void aCodeExpires() throws Exception {
        JoinCode code = room.code(CLIENT, null);
        room.clock.pass(Room.HOUR.plusSeconds(1));
        assertTrue(refused(Room.request(code, CLIENT, "web1", pair).sign(code, pair, null)).getMessage().contains("good until"));
        room.clock.pass(Duration.ofDays(2));
        room.code(CLIENT, null);
        assertEquals(1, room.catalog().read(CatalogView::invitations).size(), "the old one is forgotten");
    }

    @Test
    void aWrongCodeIsAnsweredLikeOneThatThereIsNot() throws Exception {
        JoinCode code = room.code(CLIENT, null);
        JoinCode guessed = new JoinCode(code.id(), JoinCode.parse("0000-00000-00000-00000-00000-00000").secret());
        JoinCode unknown = new JoinCode("ZZZZ", code.secret());
        BackupException wrong = refused(Room.request(guessed, CLIENT, "web1", pair).sign(guessed, pair, null));
        assertEquals(wrong.failure(), refused(Room.request(unknown, CLIENT, "web1", pair).sign(unknown, pair, null)).failure());
        assertEquals(List.of(), room.catalog().read(CatalogView::certificates));
        room.join(code, CLIENT, "web1");
    }

    @Test
    void aCodeThatWasTriedTooOftenIsWorthNothing() throws Exception {
        JoinCode code = room.code(CLIENT, null);
        JoinCode guessed = new JoinCode(code.id(), JoinCode.parse("0000-00000-00000-00000-00000-00000").secret());
        for (int i = 0; i < Codes.MAX_FAILURES; i++) {
            refused(Room.request(guessed, CLIENT, "web1", pair).sign(guessed, pair, null));
        }
        refused(Room.request(code, CLIENT, "web1", pair).sign(code, pair, null));
        assertEquals(List.of(), room.catalog().read(CatalogView::certificates));
    }

    @Test
    void whatWasChangedOnTheWayIsRefused() throws Exception {
        JoinCode code = room.code(CLIENT, null);
        JoinRequest request = Room.request(code, CLIENT, "web1", pair);
        JoinRequest.Signed signed = request.sign(code, pair, null);
        KeyPair thief = HostKeys.generate();
        JoinRequest stolen = Room.request(code, CLIENT, "web1", thief);
        refused(new JoinRequest.Signed(stolen, signed.proof(), HostKeys.sign(thief.getPrivate(), stolen.possession()), new byte[0]));
        refused(new JoinRequest.Signed(Room.request(code, CLIENT, "web2", pair), signed.proof(), signed.possession(), new byte[0]));
        refused(new JoinRequest.Signed(request, signed.proof(), HostKeys.sign(thief.getPrivate(), request.possession()), new byte[0]));
        refused(new JoinRequest.Signed(request, signed.proof(), new byte[0], new byte[0]));
        JoinAnswer.Signed answer = room.desk.join(signed);
        JoinAnswer changed = new JoinAnswer(answer.answer().certificate(), answer.answer().authority(), "web1", "far:evil:1/server",
                answer.answer().appliance());
        assertFalse(Arrays.equals(answer.proof(), changed.proof(code.key(), request)), "the host sees that it was changed");
        assertFalse(Arrays.equals(answer.proof(), answer.answer().proof(code.key(), stolen)), "it answers no other request");
    }

    @Test
    void aCodeIsForItsRoleAndItsName() throws Exception {
        JoinCode node = room.code(NODE, null);
        assertTrue(refused(Room.request(node, CLIENT, "web1", pair).sign(node, pair, null)).getMessage().contains("node"));
        JoinCode named = room.code(CLIENT, "web7");
        JoinRequest other = new JoinRequest(named.id(), CLIENT, "web8", "host", pair.getPublic().getEncoded(), new byte[0], false);
        assertTrue(refused(other.sign(named, pair, null)).getMessage().contains("web7"));
        assertEquals(Set.of("client/web7"), Identity.names(room.join(named, CLIENT, "host").certificate()));
        assertEquals(Set.of("node/n1"), Identity.names(room.join(node, NODE, "n1").certificate()));
    }

    @Test
    void aNameThatAHostHasIsRefused() throws Exception {
        room.join(room.code(CLIENT, null), CLIENT, "web1");
        JoinCode second = room.code(CLIENT, null);
        String message = assertRefused("host.taken", () -> room.join(second, CLIENT, "web1")).getMessage();
        assertTrue(message.contains("web1"), message);
        assertRefused("host.taken", () -> room.code(CLIENT, "web1"));
        assertRefused("host.taken", () -> room.join(second, CLIENT, "backup1"));
        assertRefused("host.invalid", () -> room.join(second, CLIENT, "../x"));
        room.join(second, CLIENT, "web2");
        room.join(room.code(NODE, null), NODE, "web1");
    }

    @Test
    void aNameThatSomebodyHadIsOnlyForWhomTheOperatorNames() throws Exception {
        room.join(room.code(CLIENT, null), CLIENT, "web1");
        room.desk.revoke(CLIENT, "web1");
        JoinCode anonymous = room.code(CLIENT, null);
        assertRefused("host.taken", () -> room.join(anonymous, CLIENT, "web1"));
        room.join(room.code(CLIENT, "web1"), CLIENT, "web1");
        assertNull(host(CLIENT, "web1").revoked());
        room.desk.gate().admit("client/web1");
        room.catalog().write(edit -> {
            edit.putClient(new Client(new ClientName("old"), new org.azekura.api.TrustGroup(1, 1), null, null));
            return null;
        });
        assertRefused("host.taken", () -> room.join(anonymous, CLIENT, "old"));
    }

    @Test
    void aHostMayBeBoth() throws Exception {
        Identity client = room.join(room.code(CLIENT, null), CLIENT, "web1");
        Identity both = room.join(room.code(NODE, null), NODE, "n1", client, false);
        assertEquals(Set.of("client/web1", "node/n1"), Identity.names(both.certificate()));
        JoinCode again = room.code(CLIENT, null);
        assertTrue(assertRefused("join.refused", () -> room.join(again, CLIENT, "web2", both, false)).getMessage().contains("client/web1"));
        Identity other = room.join(again, CLIENT, "web2", both, true);
        assertEquals(Set.of("client/web2"), Identity.names(other.certificate()));
        assertRefused("host.revoked", () -> room.desk.gate().admit("node/n1"));
    }

    @Test
    void nobodyTakesTheNamesOfAnotherByItsCertificate(@TempDir Path elsewhere) throws Exception {
        Identity client = room.join(room.code(CLIENT, null), CLIENT, "web1");
        JoinCode code = room.code(NODE, null);
        Identity thief = new Identity(HostKeys.generate().getPrivate(), client.certificate(), client.authority(), client.server());
        assertRefused("join.refused", () -> room.join(code, NODE, "n1", thief, false));
        try (Room other = new Room(elsewhere)) {
            Identity foreign = other.join(other.code(CLIENT, null), CLIENT, "web9");
            assertTrue(assertRefused("join.refused", () -> room.join(code, NODE, "n1", foreign, false)).getMessage().contains("--replace"));
            assertEquals(Set.of("node/n1"), Identity.names(room.join(code, NODE, "n1", foreign, true).certificate()));
        }
        room.desk.revoke(CLIENT, "web1");
        assertEquals(Set.of("node/n2"), Identity.names(room.join(room.code(NODE, null), NODE, "n2", client, false).certificate()), "a revoked one counts for nothing");
    }

    @Test
    void thereAreOnlySoManyOpenCodes() throws Exception {
        for (int i = 0; i < Codes.MAX_OPEN; i++) {
            room.code(CLIENT, null);
        }
        assertRefused("enrolment.many", () -> room.code(CLIENT, null));
        room.clock.pass(Room.HOUR);
        room.code(CLIENT, null);
    }

    @Test
    void aCodeHasANameAndATimeOrIsNotMade() throws Exception {
        for (Duration wrong : List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofDays(8))) {
            assertThrows(IllegalArgumentException.class, () -> room.desk.enrol(CLIENT, null, wrong));
        }
        assertThrows(IllegalArgumentException.class, () -> room.desk.enrol(CLIENT, "a b", Room.HOUR));
        assertNotEquals(room.code(CLIENT, null).secret(), room.code(CLIENT, null).secret());
    }
}
