package org.azekura.bench.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.azekura.bench.meter.Cost;

/** The programs of a run. */
public final class Tools implements AutoCloseable {

    /** Program to Debian package. */
    private static final Map<String, String> PACKAGES = Map.of("restic", "restic", "borg", "borgbackup");

    private final List<Tool> tools = new ArrayList<>();

    /**
     * Starts the appliance and prepares the peers.
     *
     * @param script the project's script
     * @param peers  names; {@link #missing} told that they are there
     * @param ground where their repositories lie; borg knows folders only
     */
    public Tools(Path script, List<String> peers, Path work, Ground ground) throws IOException, InterruptedException {
        for (String peer : peers) {
            Path folder = Files.createDirectories(work.resolve(peer));
            tools.add(peer.equals("borg") ? new Borg(folder) : new Restic(folder, ground));
        }
        tools.addFirst(new Appliance(script, work.resolve("azekura"), ground));
    }

    /**
     * What must be installed for these peers.
     *
     * @return Debian packages; empty if all is there
     * @throws IllegalArgumentException naming a peer that is unknown
     */
    public static List<String> missing(List<String> peers) {
        for (String peer : peers) {
            if (!PACKAGES.containsKey(peer)) {
                throw new IllegalArgumentException("there is no peer " + peer + "; there are restic, borg");
            }
        }
        return peers.stream().filter(peer -> !installed(peer)).map(PACKAGES::get).toList();
    }

    static boolean installed(String program) {
        return Stream.of(System.getenv("PATH").split(":")).anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** The appliance first. */
    public List<Tool> all() {
        return List.copyOf(tools);
    }

    /** What the appliance took to get ready. */
    public Cost started() {
        return ((Appliance) tools.getFirst()).started();
    }

    @Override
    public void close() throws IOException {
        for (Tool tool : tools) {
            tool.close();
        }
    }
}
