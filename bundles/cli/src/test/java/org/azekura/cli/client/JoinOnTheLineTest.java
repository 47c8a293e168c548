package org.azekura.cli.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.azekura.api.Endpoint;
import org.azekura.api.identity.CertificateAuthority;
import org.azekura.api.identity.HostKeys;
import org.azekura.api.identity.HostRole;
import org.azekura.api.identity.Identity;
import org.azekura.api.identity.JoinAnswer;
import org.azekura.api.identity.JoinCode;
import org.azekura.api.identity.JoinRequest;
import org.azekura.api.identity.KnownServers;
import org.azekura.api.identity.ServerPlace;
import org.azekura.ca.CaDoor;
import org.azekura.cli.FakeAppliance;
import org.azekura.cli.OnTheLine;
import org.azekura.cli.Shell;
import org.azekura.cli.text.Json;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host joins; hosts are enrolled and let go. */
class JoinOnTheLineTest extends OnTheLine {

    private static final String CODE = "7K2M-01234-56789-ABCDE-FGHJK-MNPQR";
    private static final byte[] KEY = JoinCode.parse(CODE).key();

    @TempDir
    Path host;
    @TempDir
    Path appliances;
    private CertificateAuthority ca;
    private Shell there;

    @BeforeEach
    void trust() throws Exception {
        ca = CaDoor.open(appliances, InstantSource.system());
        there = new Shell(host.resolve("made")).with("AZEKURA_URL", "https://127.0.0.1:1").with("AZEKURA_TOKEN", "no business of who joins");
    }

    private static byte[] bytes(JsonNode body, String field) {
        return Base64.getDecoder().decode(body.path(field).asText(""));
    }

    private static JoinRequest request(JsonNode body) {
        return new JoinRequest(body.path("code").asText(), HostRole.parse(body.path("role").asText()), body.path("name").asText(), body.path("host").asText(),
                bytes(body, "publicKey"), bytes(body, "earlier"), body.path("replace").asBoolean());
    }

    /** As the appliance does it: takes over the names of the earlier certificate. */
    private JoinAnswer honest(JoinRequest request) throws Exception {
        Set<String> names = new TreeSet<>(Set.of(request.role().peer(request.name().isEmpty() ? "web1" : request.name())));
        if (request.earlier().length > 0 && !request.replace()) {
            names.addAll(Identity.names(Identity.certificate(request.earlier())));
        }
        return new JoinAnswer(ca.issue(HostKeys.decode(request.publicKey()), names, Instant.now().plus(Duration.ofDays(90))).getEncoded(),
                ca.certificate().getEncoded(), request.name().isEmpty() ? "web1" : request.name(), "tls::8444/server", "00ff");
    }

    private static FakeAppliance.Answer signed(JoinAnswer answer, byte[] proof) {
        Base64.Encoder base64 = Base64.getEncoder();
        return new FakeAppliance.Answer(200, "{\"certificate\":\"" + base64.encodeToString(answer.certificate()) + "\",\"authority\":\""
                + base64.encodeToString(answer.authority()) + "\",\"name\":\"" + answer.name() + "\",\"server\":\"" + answer.server()
                + "\",\"appliance\":\"" + answer.appliance() + "\",\"proof\":\"" + base64.encodeToString(proof) + "\"}");
    }

    private FakeAppliance.Answer takesIn(JsonNode body) {
        try {
            JoinRequest request = request(body);
            assertArrayEquals(request.proof(KEY), bytes(body, "proof"));
            assertTrue(HostKeys.verifies(HostKeys.decode(request.publicKey()), request.possession(), bytes(body, "possession")));
            JoinAnswer answer = honest(request);
            return signed(answer, answer.proof(KEY, request));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private Identity identity() throws Exception {
        return Identity.load(host.resolve("made")).orElseThrow();
    }

    private void nothingIsMade() throws IOException {
        try (Stream<Path> files = Files.list(host)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void keepsTheServersThatItIsGiven() throws Exception {
        appliance.joining = this::takesIn;
        assertEquals(2, there.run("join", appliance.url(), CODE, "--server", "a.example,b:0"));
        nothingIsMade();
        assertEquals(0, there.run("join", appliance.url(), CODE, "--server", "a.example,[2001:db8::1]:9000"), there.err);
        assertEquals("tls:a.example:8444/server", identity().server().toString());
        assertEquals(List.of("tls:a.example:8444/server", "tls:[2001:db8::1]:9000/server"),
                KnownServers.of(host.resolve("made")).orElseThrow().load().stream().map(place -> place.at().toString()).toList());
        assertEquals(0, there.run("join", appliance.url(), CODE, "--replace"), there.err);
        assertEquals(List.of(new ServerPlace("", Endpoint.parse("tls:127.0.0.1:8444/server"))), KnownServers.of(host.resolve("made")).orElseThrow().load());
    }

    @Test
    void joinsAndKeepsItsIdentity() throws Exception {
        appliance.joining = this::takesIn;
        assertEquals(0, there.run("join", appliance.url(), CODE.toLowerCase(java.util.Locale.ROOT)), there.err);
        Identity identity = identity();
        assertEquals(Set.of("client/web1"), Identity.names(identity.certificate()));
        assertEquals(ca.certificate(), identity.authority());
        assertEquals(Endpoint.parse("tls:127.0.0.1:8444/server"), identity.server());
        assertTrue(HostKeys.verifies(identity.certificate().getPublicKey(), new byte[1], HostKeys.sign(identity.key(), new byte[1])));
        assertEquals(host.resolve("made") + " has joined " + appliance.url() + " as client/web1\n", there.out);
        assertFalse(appliance.bodies.toString().contains("01234"), "the secret is never sent");

        assertEquals(4, there.run("join", appliance.url(), CODE));
        assertEquals(1, there.errLines().size(), there.err);
        assertTrue(there.err.contains("has joined already, as client/web1 at tls:127.0.0.1:8444/server"), there.err);
        assertEquals(1, appliance.asked.size());
    }

    @Test
    void tellsProgramsWhatItBecame() throws Exception {
        appliance.joining = this::takesIn;
        assertEquals(0, there.run("join", appliance.url(), CODE, "--role", "node", "--name", "n1", "--json"), there.err);
        JsonNode answer = Json.read(there.out);
        assertEquals("n1", answer.path("name").asText());
        assertEquals("node", answer.path("role").asText());
        assertEquals("[\"node/n1\"]", answer.path("names").toString());
        assertEquals(Identity.fingerprint(ca.certificate()), answer.path("fingerprint").asText());
        assertEquals("n1", appliance.bodies.getLast().path("name").asText());
    }

    @Test
    void becomesBothOrAnother() throws Exception {
        appliance.joining = this::takesIn;
        assertEquals(0, there.run("join", appliance.url(), CODE));
        Identity client = identity();
        assertEquals(0, there.run("join", appliance.url(), CODE, "--role", "node", "--name", "n1"), there.err);
        assertEquals(Set.of("client/web1", "node/n1"), Identity.names(identity().certificate()));
        JsonNode body = appliance.bodies.getLast();
        assertArrayEquals(client.certificate().getEncoded(), bytes(body, "earlier"));
        assertTrue(HostKeys.verifies(client.certificate().getPublicKey(), request(body).consent(), bytes(body, "consent")));
        assertEquals(4, there.run("join", appliance.url(), CODE, "--role", "node"));
        assertEquals(0, there.run("join", appliance.url(), CODE, "--role", "node", "--name", "n2", "--replace"), there.err);
        assertEquals(Set.of("node/n2"), Identity.names(identity().certificate()));
    }

    @Test
    void leavesTheHomeOfAServerAlone() throws Exception {
        var pair = HostKeys.generate();
        new Identity(pair.getPrivate(), ca.issue(pair.getPublic(), Set.of("server/b"), Instant.now().plusSeconds(99)), ca.certificate(), null)
                .save(host.resolve("made"));
        assertEquals(4, there.run("join", appliance.url(), CODE, "--replace"));
        assertTrue(there.err.contains("home of a backup server"), there.err);
        assertTrue(appliance.asked.isEmpty());
    }

    @Test
    void isRefusedWithFour() throws Exception {
        assertEquals(4, there.run("join", appliance.url(), CODE));
        assertEquals("azekura: the code is none of this appliance\n", there.err);
        appliance.joining = body -> new FakeAppliance.Answer(409, FakeAppliance.problem("host.taken", "a client web1 has joined already"));
        assertEquals(4, there.run("join", appliance.url(), CODE));
        assertEquals(4, there.run("join", appliance.url(), "nonsense"));
        assertEquals(1, there.errLines().size(), there.err);
        nothingIsMade();
    }

    @Test
    void believesNobodyWhoDoesNotKnowTheCode() throws Exception {
        appliance.joining = body -> {
            try {
                return signed(honest(request(body)), new byte[32]);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        };
        assertEquals(5, there.run("join", appliance.url(), CODE));
        assertTrue(there.err.contains("does not know the code"), there.err);
        // a man in the middle who sends the host elsewhere
        appliance.joining = body -> new FakeAppliance.Answer(200, takesIn(body).body().replace("tls::8444", "tls:evil:8444"));
        assertEquals(5, there.run("join", appliance.url(), CODE));
        // an answer to another request
        FakeAppliance.Answer[] first = new FakeAppliance.Answer[1];
        appliance.joining = body -> {
            first[0] = first[0] == null ? takesIn(body) : first[0];
            return new FakeAppliance.Answer(403, FakeAppliance.problem("join.refused", "kept"));
        };
        there.run("join", appliance.url(), CODE);
        appliance.joining = body -> first[0];
        assertEquals(5, there.run("join", appliance.url(), CODE));
        nothingIsMade();
    }

    @Test
    void takesNothingThatIsNoAnswer() throws Exception {
        for (String wrong : new String[] {"{}", "[]", "{\"certificate\":\"%\"}", "nonsense"}) {
            appliance.joining = body -> new FakeAppliance.Answer(200, wrong);
            int exit = there.run("join", appliance.url(), CODE);
            assertTrue(exit == 1 || exit == 5, wrong + there.err);
            assertEquals(1, there.errLines().size(), there.err);
        }
        nothingIsMade();
    }

    @Test
    void wantsTheFingerprintThatWasGiven() throws Exception {
        appliance.joining = this::takesIn;
        assertEquals(5, there.run("join", appliance.url(), CODE, "--fingerprint", "ab".repeat(32)));
        assertTrue(there.err.contains("is not the appliance expected"), there.err);
        nothingIsMade();
        assertEquals(2, there.run("join", appliance.url(), CODE, "--fingerprint", "abc"));
        assertEquals(0, there.run("join", appliance.url(), CODE, "--fingerprint", appliance.fingerprint), there.err);
        assertEquals(0, there.with("AZEKURA_FINGERPRINT", Identity.fingerprint(ca.certificate())).run("join", appliance.url(), CODE, "--replace"), there.err);
    }

    @Test
    void asksAgainWhenAnAnswerGetsLost() throws Exception {
        appliance.joining = body -> {
            if (appliance.asked.size() == 1) {
                throw new IllegalStateException("the connection ends here");
            }
            assertEquals(appliance.bodies.getFirst(), body, "the same request");
            return takesIn(body);
        };
        assertEquals(0, there.run("join", appliance.url(), CODE), there.err);
        assertEquals(2, appliance.asked.size());
    }

    @Test
    void exitsWithFiveWhenNobodyAnswers() throws Exception {
        appliance.stop();
        assertEquals(5, there.run("join", appliance.url(), CODE));
        assertEquals(1, there.errLines().size(), there.err);
        nothingIsMade();
    }

    @Test
    void warnsOfAnApplianceThatOffersNothing() throws Exception {
        appliance.joining = body -> {
            try {
                JoinAnswer full = honest(request(body));
                JoinAnswer answer = new JoinAnswer(full.certificate(), full.authority(), full.name(), "", full.appliance());
                return signed(answer, answer.proof(KEY, request(body)));
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        };
        assertEquals(0, there.run("join", appliance.url(), CODE));
        assertTrue(there.err.startsWith("azekura: warning: "), there.err);
    }

    @Test
    void showsACodeToPeopleAndPrograms() throws Exception {
        appliance.on("POST enrolments", 201, "{\"code\":\"" + CODE + "\",\"expires\":\"2026-01-02T03:04:05Z\",\"fingerprint\":\"ab\",\"url\":\"https://b:8443\"}");
        assertEquals(0, shell.run("client", "enrol", "--name", "web1", "--expires", "2d", "--json"), shell.err);
        assertEquals("{\"code\":\"" + CODE + "\",\"expires\":\"2026-01-02T03:04:05Z\",\"fingerprint\":\"ab\"}\n", shell.out);
        assertEquals("{\"seconds\":172800,\"name\":\"web1\"}", appliance.bodies.getLast().toString());
        assertEquals(0, shell.run("client", "enrol", "--role", "node"));
        assertTrue(shell.out.endsWith("on the host   azekura join https://b:8443 " + CODE + " --role node\n"), shell.out);
        assertEquals("", shell.err);
        appliance.on("POST enrolments", 201, "{\"code\":\"" + CODE + "\",\"expires\":\"2026-01-02T03:04:05Z\",\"fingerprint\":\"ab\",\"url\":null}");
        assertEquals(0, shell.run("client", "enrol"));
        assertTrue(shell.out.contains("azekura join " + appliance.url() + " " + CODE + "\n"), shell.out);
        assertTrue(shell.err.contains("--host 0.0.0.0"), shell.err);
    }

    @Test
    void revokesAHost() {
        appliance.on("POST hosts/client/web1/revoke", 200, "{\"revoked\":[\"client/web1\",\"node/web1\"]}");
        assertEquals(0, shell.run("client", "revoke", "web1"), shell.err);
        assertEquals("client/web1 is revoked\nnode/web1 is revoked\n", shell.out);
        appliance.on("POST hosts/node/b/revoke", 403, FakeAppliance.problem("revoke.refused", "it is this appliance itself"));
        assertEquals(4, shell.run("client", "revoke", "b", "--role", "node"));
        appliance.on("POST hosts/client/x/revoke", 404, FakeAppliance.problem("host.unknown", "there is none"));
        assertEquals(1, shell.run("client", "revoke", "x"));
    }
}
