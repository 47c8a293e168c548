package org.azekura.felix.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.azekura.api.Endpoint;
import org.azekura.api.identity.Identity;
import org.junit.jupiter.api.Test;

class MembershipTest {

    private static final String SERVER = "tls:backup.example.org:8444/server";
    private static final Set<Role> ALL = EnumSet.allOf(Role.class);

    private static Membership of(Identity identity, Set<Role> offered, String... arguments) throws StartFailure {
        String[] all = new String[arguments.length + 2];
        all[0] = "--home";
        all[1] = "/srv/azekura";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return Membership.of(UpOptions.parse(all), Optional.ofNullable(identity), List.of(), offered);
    }

    @Test
    void aFreshHomeIsEverythingOnLoopbackUnderTheHostsName() throws Exception {
        Membership self = of(null, ALL);
        assertEquals(ALL, self.roles());
        assertEquals("[local:server]", self.servers().toString());
        assertEquals("127.0.0.1", self.host());
        assertTrue(self.name().matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}"), self.name());
    }

    @Test
    void theServersOwnHomeKeepsTheNameThatItsCertificateHas() throws Exception {
        Membership self = of(Certified.as(null, "server/old-name", "client/old-name"), ALL, "--role", "server,node,client");
        assertEquals("old-name", self.name());
        assertEquals("[local:server]", self.servers().toString());
    }

    @Test
    void aJoinedHomeIsWhatItsCertificateSays() throws Exception {
        Membership self = of(Certified.as(SERVER, "client/web1"), ALL);
        assertEquals(new Membership("web1", EnumSet.of(Role.CLIENT), self.servers(), "127.0.0.1"), self);
        assertEquals(List.of(Endpoint.parse(SERVER)), self.servers());
        assertEquals(EnumSet.of(Role.NODE, Role.CLIENT), of(Certified.as(SERVER, "client/b", "node/b"), ALL).roles());
    }

    @Test
    void aJoinedHomeKnowsTheServersThatItWasToldOf() throws Exception {
        List<Endpoint> known = List.of(Endpoint.parse("tls:b:8444/server"), Endpoint.parse("tls:c:8444/server"));
        UpOptions options = UpOptions.parse("--home", "/srv/azekura");
        assertEquals(known, Membership.of(options, Optional.of(Certified.as(SERVER, "client/web1")), known, ALL).servers());
        assertEquals("[local:server]", Membership.of(options, Optional.empty(), List.of(), ALL).servers().toString());
    }

    @Test
    void aJoinedNodeListensEverywhereUnlessAnAddressIsGiven() throws Exception {
        Identity node = Certified.as(SERVER, "node/n1");
        assertEquals("0.0.0.0", of(node, ALL, "--role", "node").host());
        assertEquals("10.0.0.7", of(node, ALL, "--role", "node", "--host", "10.0.0.7").host());
    }

    @Test
    void oneThatMayNotDialListensAndWaitsForItsServer() throws Exception {
        Membership self = of(Certified.as(SERVER, "client/web1"), ALL, "--await-server");
        assertEquals("[await:server/]", self.servers().toString());
        assertEquals("0.0.0.0", self.host());
        assertEquals(2, assertThrows(StartFailure.class, () -> of(null, ALL, "--await-server")).exitCode());
    }

    @Test
    void refusesAHomeThatHasNotJoinedAndSaysWhatWouldDo() throws Exception {
        refuses("azekura join URL CODE --role node --home /srv/azekura", null, ALL, "--role", "node");
        refuses("azekura join URL CODE --role client --home /srv/azekura", null, ALL, "--role", "client");
        refuses("has not joined", null, EnumSet.of(Role.CLIENT));
        refuses("offered nothing to other hosts, so it can't be found; with a new code from there: azekura join URL CODE --role client",
                Certified.as(null, "client/web1"), ALL, "--role", "client");
        // the server's home, started without the server
        refuses("has not joined", Certified.as(null, "server/a", "node/a"), ALL, "--role", "node");
    }

    @Test
    void refusesARoleThatTheCertificateDoesNotName() throws Exception {
        refuses("has joined as client/web1, not as a node; with a code from \"azekura client enrol\" on the server: azekura join URL CODE --role node",
                Certified.as(SERVER, "client/web1"), ALL, "--role", "client,node");
        refuses("has joined as , not as a client", Certified.as(SERVER), ALL);
        refuses("several names (client/b, node/a)", Certified.as(SERVER, "client/b", "node/a"), ALL);
    }

    @Test
    void aHomeThatHasJoinedAnotherIsNoServer() throws Exception {
        refuses("has joined the server at " + SERVER + " as client/web1 and can't be a server", Certified.as(SERVER, "client/web1"), ALL,
                "--role", "server");
    }

    @Test
    void refusesARoleThatIsNotInstalled() throws Exception {
        refuses("this installation has no role server, only client", null, EnumSet.of(Role.CLIENT), "--role", "server");
    }

    private static void refuses(String part, Identity identity, Set<Role> offered, String... arguments) {
        var refused = assertThrows(StartFailure.class, () -> of(identity, offered, arguments));
        assertEquals(1, refused.exitCode());
        assertTrue(refused.getMessage().contains(part), refused.getMessage());
        assertFalse(refused.getMessage().contains("\n"));
    }
}
