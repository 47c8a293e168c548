package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Scenario 14 across hosts: no room at the node, no room at the server. */
class FullHostIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** The node starts behind the mount: hosts have mounts of their own from their start on. */
    @Test
    @EnabledIfSystemProperty(named = "azekura.slow", matches = "true")
    void aNodeWithoutRoomParksTheJobUntilThereIsRoom() throws Exception {
        Network.assumeAllowed();
        Workspace workspace = new Workspace(FullHostIT.class);
        Path disk = workspace.mount("tmpfs", "size=48m", "disk");
        try (Site site = new Site(workspace, new Network())) {
            site.node("n1");
            site.client("web1");
            site.pool("narrow", "n1", disk.resolve("pool"));
            Path source = workspace.path("source");
            Tree.bulk(source, 300, 90_000_000, 2);
            String line = site.server().call("backup", "--client", "web1", "--pool", "narrow", "--park-wait", "1", source.toString()).exits(1).oneErrorLine();
            assertTrue(line.contains("parked") && line.contains("n1") && line.contains("No space left"), line);
            String job = line.replaceAll(".*job (\\d+) parked.*", "$1");
            assertEquals("parked", site.server().json(0, "job", "show", job).get("state").asText());
            Run.of(LIMIT, "mount", "-o", "remount,size=300m", disk.toString()).exits(0);
            site.server().call("job", "watch", job).exits(0);
            JsonNode snapshots = site.server().json(0, "snapshot", "list");
            Path target = workspace.path("target");
            assertEquals(List.of(), Tree.diff(source, site.server().restore(snapshots.get(snapshots.size() - 1).get("id").asText(), source, target)));
            site.server().json(0, "verify", "--pool", "narrow");
        }
    }

    /** The catalog can't be written: the job fails or waits by name, what was there stays, and with room again everything goes on. */
    @Test
    @EnabledIfSystemProperty(named = "azekura.slow", matches = "true")
    void aServerWithoutRoomSaysSoAndGoesOnWhenThereIsRoom() throws Exception {
        Network.assumeAllowed();
        Workspace workspace = new Workspace(FullHostIT.class);
        Path disk = workspace.mount("tmpfs", "size=120m", "server");
        try (Site site = new Site(workspace, new Network())) {
            site.node("n1");
            site.client("web1");
            site.pool("kept", "n1");
            Path source = workspace.path("source");
            Tree.bulk(source, 2_000, 20_000_000, 3);
            String early = site.backup("web1", "kept", source).get("snapshot").asText();
            Path filler = disk.resolve("filler");
            Run.of(LIMIT, "sh", "-c", "cat /dev/zero > " + filler);
            Tree.bulk(source.resolve("more"), 2_000, 20_000_000, 4);
            Run full = site.server().call("backup", "--client", "web1", "--pool", "kept", "--park-wait", "1", source.toString());
            assertEquals(1, full.exit(), full::toString);
            System.out.println("a server without room: " + full.oneErrorLine());
            assertTrue(full.err().matches("(?s).*(space|full|room).*"), full::toString);
            Run.of(LIMIT, "rm", filler.toString()).exits(0);
            JsonNode late = site.backup("web1", "kept", source);
            site.comesBack(late.get("snapshot").asText(), source, "late");
            assertEquals(early, site.server().json(0, "snapshot", "list").get(0).get("id").asText());
        }
    }
}
