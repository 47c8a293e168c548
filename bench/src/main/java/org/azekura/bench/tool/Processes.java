package org.azekura.bench.tool;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.azekura.bench.meter.Cost;
import org.azekura.bench.meter.Program;

/** Server, storage node and client, each a process of its own on this machine, that have joined and speak TLS. One thread. */
public final class Processes implements AutoCloseable {

    private static final String CLIENT = "bench-client";
    private static final String NODE = "bench-node";

    private final Home server;
    private final Home node;
    private final Home client;

    /** Starts them. @param folder new; all that they keep lies in it */
    public Processes(Path script, Path folder) throws IOException, InterruptedException {
        server = new Home(script, folder.resolve("server"), List.of("--role", "server", "--transport-port", "0"));
        node = new Home(script, folder.resolve("node"), List.of("--role", "node", "--transport-port", "0", "--host", "127.0.0.1"));
        client = new Home(script, folder.resolve("client"), List.of("--role", "client"));
        server.up();
        join(node, NODE, "node");
        join(client, CLIENT, "client");
    }

    private void join(Home host, String name, String role) throws IOException, InterruptedException {
        String code = server.json("client", "enrol", "--name", name, "--json").path("code").asText();
        host.run("join", server.url().toString(), code, "--role", role, "--no-start");
        host.up();
    }

    /** Where a pool of this name lies if {@link #makePool} made it. */
    public Path pool(String name) {
        return server.pool(name);
    }

    public void makePool(String name) throws IOException, InterruptedException {
        server.makePool(name);
    }

    public Home.Saved backup(String pool, Path tree) throws IOException, InterruptedException {
        Program.Ended ended = served("backup", "--json", "--client", CLIENT, "--pool", pool, "--name", pool, tree.toString());
        return new Home.Saved(ended.cost(), Home.snapshot(ended));
    }

    public Cost restore(String snapshot, Path to) throws IOException, InterruptedException {
        return served("restore", snapshot, "--to", to.toString()).cost();
    }

    /** How long they worked on the last job. */
    public Duration lastJob() throws IOException, InterruptedException {
        return server.lastJob();
    }

    /** What all three do for a command until they have come to rest. */
    private Program.Ended served(String... arguments) throws IOException, InterruptedException {
        awaitQuiet();
        for (Home each : all()) {
            each.process().forgetPeak();
        }
        Duration before = processor();
        Program.Ended ended = server.run(arguments);
        awaitQuiet();
        long peak = 0;
        for (Home each : all()) {
            peak = Math.max(peak, each.process().peakBytes());
        }
        return new Program.Ended(ended.cost().with(processor().minus(before), peak), ended.exit(), ended.out());
    }

    private List<Home> all() {
        return List.of(server, node, client);
    }

    private void awaitQuiet() throws IOException, InterruptedException {
        for (Home each : all()) {
            each.process().awaitQuiet();
        }
    }

    private Duration processor() throws IOException {
        Duration sum = Duration.ZERO;
        for (Home each : all()) {
            sum = sum.plus(each.process().processor());
        }
        return sum;
    }

    @Override
    public void close() throws IOException {
        client.close();
        node.close();
        server.close();
    }
}
