package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** A backup server, storage nodes and clients, each on a host of its own, joined as an operator joins them. */
final class Site implements AutoCloseable {

    static final int CONSOLE = 8443;
    static final int TRANSPORT = 8444;

    private static final String PORT = Integer.toString(TRANSPORT);

    private static final Duration MEETS = Duration.ofSeconds(60);
    /** What a hook of a client of this site may take, in seconds: longer than any but one that hangs. */
    static final int HOOK_TIME = 5;

    private final Workspace workspace;
    private final Network network;
    private final Network.Host serverHost;
    private final Azekura server;
    private final Map<String, Member> members = new LinkedHashMap<>();
    private final List<Island> islands = new ArrayList<>();

    /** Starts the server; the workspace and the network are this site's and go with it. */
    Site(Workspace workspace, Network network) {
        this.workspace = workspace;
        this.network = network;
        serverHost = network.host("server");
        server = Azekura.on(serverHost, workspace.path("server"), CONSOLE, "--role", "server", "--host", serverHost.address(),
                "--transport-port", PORT);
        try {
            server.up();
        } catch (AssertionError e) {
            close();
            throw e;
        }
    }

    /** A host that has joined. */
    record Member(String name, Network.Host host, Azekura azekura) {

        /** The endpoint that others dial, if it is a node. */
        int port() {
            return TRANSPORT;
        }
    }

    Azekura server() {
        return server;
    }

    Network.Host serverHost() {
        return serverHost;
    }

    Network network() {
        return network;
    }

    Workspace workspace() {
        return workspace;
    }

    /** The node of that name; joins when it is asked for first. */
    Member node(String name) {
        return members.computeIfAbsent(name, key -> join(network.host(name), "node"));
    }

    /** The client of that name; joins when it is asked for first. */
    Member client(String name) {
        return members.computeIfAbsent(name, key -> join(network.host(name), "client"));
    }

    /** Behind a gate, see {@link Network#island}; ways to the server are open, others are the test's. */
    Island island(String name, String role) {
        Island island = network.island(name);
        islands.add(island);
        island.to(serverHost, CONSOLE);
        island.to(serverHost, TRANSPORT);
        if (role.equals("node")) {
            island.from(TRANSPORT);
        }
        members.put(name, join(island.host(), role));
        return island;
    }

    Member member(String name) {
        return members.get(name);
    }

    /** A code for a host that is yet to join. */
    String enrol(String name, String role) {
        return server.json(0, "client", "enrol", "--name", name, "--role", role).get("code").asText();
    }

    String url() {
        return "https://" + serverHost.address() + ":" + CONSOLE;
    }

    private Member join(Network.Host host, String role) {
        String[] up = role.equals("node") ? new String[] {"--role", role, "--transport-port", PORT} : new String[] {"--role", role};
        Azekura azekura = Azekura.on(host, workspace.path(host.name()), 0, up);
        if (role.equals("client")) {
            boundHooks(azekura);
        }
        List<String> arguments = new ArrayList<>(List.of("join", url(), enrol(host.name(), role)));
        arguments.addAll(List.of(up));
        azekura.call(arguments.toArray(String[]::new)).exits(0);
        awaitConnected(host.name());
        return new Member(host.name(), host, azekura);
    }

    private static void boundHooks(Azekura client) {
        try {
            Path settings = Files.createDirectories(client.home.resolve("etc")).resolve("client.json");
            Files.writeString(settings, "{\"org.azekura.client\": {\"hookTime_s\": " + HOOK_TIME + "}}");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A host that runs has yet to meet its server. */
    void awaitConnected(String name) {
        long begin = System.nanoTime();
        while (!isConnected(name)) {
            assertTrue(System.nanoTime() - begin < MEETS.toNanos(), () -> name + " runs and does not meet its server");
            LockSupport.parkNanos(100_000_000);
        }
    }

    private boolean isConnected(String name) {
        for (JsonNode host : server.json(0, "client", "list")) {
            if (host.get("name").asText().equals(name) && host.get("connected").asBoolean()) {
                return true;
            }
        }
        return false;
    }

    /** A pool on a node, in a folder of the workspace. */
    Path pool(String name, String node) {
        Path folder = workspace.path("pool-" + name);
        pool(name, node, folder);
        return folder;
    }

    void pool(String name, String node, Path folder) {
        server.call("pool", "create", name, "--driver", "disk", "--set", "path=" + folder, "--node", node).exits(0);
    }

    /** A backup without warnings. */
    JsonNode backup(String client, String pool, Path source) {
        return server.json(0, "backup", "--client", client, "--pool", pool, source.toString());
    }

    /** Restores to the client it is of, compares all that a tree is. */
    void comesBack(String snapshot, Path source, String target, String... options) throws Exception {
        assertEquals(List.of(), Tree.diff(source, server.restore(snapshot, source, workspace.path(target)), options));
    }

    @Override
    public void close() {
        try {
            members.values().forEach(member -> member.azekura().close());
            server.close();
            for (Island island : islands) {
                island.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            network.close();
            workspace.close();
        }
    }
}
