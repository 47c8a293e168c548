package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.azekura.packages.DriverManifest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Server, storage node and client as three processes that know each other by certificate only; here on one machine. */
@Timeout(600)
@EnabledIfSystemProperty(named = "azekura.slow", matches = "true")
class ThreeProcessesIT {

    private static final int CALLS = 6;

    private Workspace workspace;
    private Azekura server;
    private Azekura node;
    private Azekura client;

    @BeforeEach
    void startThree() throws Exception {
        workspace = new Workspace(ThreeProcessesIT.class);
        server = host("server");
        node = host("node");
        client = host("client");
        server.call("up", "--detach", "--role", "server", "--port", "0").exits(0);
        join(node, "node", "n1", "--host", "127.0.0.1", "--transport-port", "0");
        server.call("pool", "create", "far", "--driver", "disk", "--set", "path=" + workspace.path("disk"), "--node", "n1").exits(0);
        join(client, "client", "c1");
    }

    @AfterEach
    void clean() {
        client.close();
        node.close();
        server.close();
        workspace.close();
    }

    private Azekura host(String name) {
        return new Azekura(workspace.path(name), List.of(), Map.of("LC_ALL", "C.UTF-8"));
    }

    private void join(Azekura host, String role, String name, String... options) throws Exception {
        String code = server.json(0, "client", "enrol", "--name", name, "--role", role).get("code").asText();
        String[] command = new String[options.length + 5];
        System.arraycopy(new String[] {"join", Files.readString(server.home.resolve("run/url")).strip(), code, "--role", role}, 0, command, 0, 5);
        System.arraycopy(options, 0, command, 5, options.length);
        assertEquals("ready", host.call(command).exits(0).outLines().getLast());
    }

    private void savesAndRestores(String name) throws Exception {
        Path source = workspace.directory(name);
        Files.writeString(source.resolve("file"), name);
        String snapshot = server.backup(source, "--client", "c1", "--pool", "far");
        assertEquals(name, Files.readString(server.restore(snapshot, source, workspace.path("restored-" + name)).resolve("file")));
    }

    private boolean connected(String name) {
        for (JsonNode row : server.json(0, "client", "list")) {
            if (row.get("name").asText().equals(name)) {
                return row.get("connected").asBoolean();
            }
        }
        return false;
    }

    /** The node's own connection, by which the order came, breaks with the transport; the node is there again before its answer is. */
    private void assertTransportsChangeOnHosts() throws Exception {
        var signer = new DiskVersions(workspace.directory("versions"));
        server.call("driver", "trust", "add", signer.certificate.toString()).exits(0);
        Path next = new HouseVersions(workspace.path("versions"), signer, "transport-tls", DriverManifest.Kind.TRANSPORT).good("7.0.0");
        server.call("driver", "update", next.toString()).exits(0);
        assertTrue(server.json(0, "driver", "list").valueStream().anyMatch(row -> row.get("name").asText().equals("transport-tls")
                && row.get("version").asText().equals("7.0.0") && row.get("state").asText().equals("active") && row.get("node").asText().equals("n1")));
    }

    @Test
    void whatDialsAndWhatIsDialledSavesAndRestores() throws Exception {
        savesAndRestores("dials");
        // the same client behind a wall that lets nothing out
        client.down();
        client.call("up", "--detach", "--role", "client", "--await-server", "--host", "127.0.0.1", "--transport-port", "0").exits(0);
        String port = Files.readString(client.home.resolve("config/transport.port")).strip();
        // each call waits for a while
        for (int i = 0; i < CALLS && !connected("c1"); i++) {
            assertTrue(server.call("client", "address", "c1", "127.0.0.1:" + port).exits(0).out().contains(port));
        }
        assertTransportsChangeOnHosts();
        savesAndRestores("dialled");
        assertTrue(Files.readString(node.home.resolve("log/azekura.log")).contains("client=c1 is reached at tls:127.0.0.1:" + port + "/client-c1"));
    }
}
