package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.azekura.api.identity.Identity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A host joins a running appliance with a code, and is let go. */
@ExtendWith(Shared.class)
class JoinIT {

    private Workspace workspace;
    private Azekura host;

    @BeforeEach
    void open() throws Exception {
        workspace = new Workspace(JoinIT.class);
        host = new Azekura(workspace.path("host"), List.of(), Map.of());
    }

    @AfterEach
    void clean() {
        workspace.close();
    }

    private static String url(Azekura azekura) throws Exception {
        return Files.readString(azekura.home.resolve("run/url")).strip();
    }

    private static JsonNode row(Azekura azekura, String name, String role) {
        return StreamSupport.stream(azekura.json(0, "client", "list").spliterator(), false)
                .filter(row -> row.get("name").asText().equals(name) && row.get("role").asText().equals(role)).findAny().orElseThrow();
    }

    @Test
    void aHostJoinsWithACodeThatWorksOnce(Azekura azekura) throws Exception {
        JsonNode made = azekura.json(0, "client", "enrol");
        String code = made.get("code").asText();
        assertEquals(List.of(), host.call("join", url(azekura), code, "--name", "joins1", "--no-start").exits(0).outLines().stream()
                .filter(line -> !line.endsWith("as client/joins1")).toList());
        Path file = Identity.file(host.home);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        Identity identity = Identity.load(host.home).orElseThrow();
        assertEquals(Set.of("client/joins1"), Identity.names(identity.certificate()));
        assertEquals(made.get("fingerprint").asText(), Identity.fingerprint(identity.authority()));
        identity.certificate().verify(identity.authority().getPublicKey());
        JsonNode row = row(azekura, "joins1", "client");
        assertFalse(row.get("connected").asBoolean());
        assertTrue(row.get("revoked").isNull());

        host.call("join", url(azekura), code).exits(4).oneErrorLine();
        Azekura second = new Azekura(workspace.path("second"), List.of(), Map.of());
        String line = second.call("join", url(azekura), code, "--name", "joins2").exits(4).oneErrorLine();
        assertTrue(line.contains("used"), line);
        assertFalse(Files.exists(second.home));
    }

    @Test
    void aRevokedHostIsListedSoAndCanBeEnrolledAnew(Azekura azekura) throws Exception {
        host.call("join", url(azekura), azekura.json(0, "client", "enrol", "--name", "leaves1", "--role", "node").get("code").asText(), "--role", "node", "--no-start").exits(0);
        azekura.call("client", "enrol", "--name", "leaves1", "--role", "node").exits(4).oneErrorLine();
        assertEquals("[\"node/leaves1\"]", azekura.json(0, "client", "revoke", "leaves1", "--role", "node").get("revoked").toString());
        assertFalse(row(azekura, "leaves1", "node").get("revoked").isNull());
        host.call("join", url(azekura), azekura.json(0, "client", "enrol", "--name", "leaves1", "--role", "node").get("code").asText(), "--role", "node",
                "--replace", "--no-start").exits(0);
        assertTrue(row(azekura, "leaves1", "node").get("revoked").isNull());
    }

    @Test
    void theApplianceHasAnIdentityOfItsOwnAndKeepsIt(Azekura azekura) throws Exception {
        Identity own = Identity.load(azekura.home).orElseThrow();
        String name = StreamSupport.stream(azekura.json(0, "status").get("roles").spliterator(), false)
                .filter(role -> role.get("kind").asText().equals("server")).findAny().orElseThrow().get("name").asText();
        assertEquals(Set.of("server/" + name, "node/" + name, "client/" + name), Identity.names(own.certificate()));
        azekura.call("client", "revoke", name).exits(4).oneErrorLine();
        String line = azekura.call("join", url(azekura), azekura.json(0, "client", "enrol").get("code").asText()).exits(4).oneErrorLine();
        assertTrue(line.contains("backup server"), line);
        assertTrue(row(azekura, name, "node").get("connected").asBoolean());
    }

    @Test
    void aWrongCodeAndAnApplianceThatIsAwayAreSaidSo(Azekura azekura) throws Exception {
        host.call("join", url(azekura), "7K2M-01234-56789-ABCDE-FGHJK-MNPQR").exits(4).oneErrorLine();
        host.call("join", "https://127.0.0.1:1", "7K2M-01234-56789-ABCDE-FGHJK-MNPQR").exits(5).oneErrorLine();
        assertFalse(Files.exists(host.home));
    }
}
