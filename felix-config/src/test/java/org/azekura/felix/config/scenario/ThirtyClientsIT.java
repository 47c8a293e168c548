package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Scenario 27: many clients, each a process on a host of its own, save to one node at once. */
class ThirtyClientsIT {

    private static final long DATA = 8_000_000;
    private static final Duration ENDS = Duration.ofMinutes(8);
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");
    private static final long MIB = 1 << 20;
    /** A heap of 192 MiB and what a Java machine has beside it. */
    private static final long NODE_RESIDENT = 448 * MIB;

    @Test
    @EnabledIfSystemProperty(named = "azekura.slow", matches = "true")
    void allAreServedWithinTheNodesMemoryAndNoneIsLeftBehind() throws Exception {
        Network.assumeAllowed();
        int clients = 30;
        try (Site site = new Site(new Workspace(ThirtyClientsIT.class), new Network())) {
            Site.Member node = site.node("n1");
            site.pool("many", "n1");
            List<Path> sources = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                site.client("c" + i);
                sources.add(site.workspace().path("source" + i));
                Tree.bulk(sources.get(i), 40, DATA, i);
            }
            List<Process> running = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                running.add(site.server().begin("backup", "--client", "c" + i, "--pool", "many", sources.get(i).toString()));
            }
            for (Process each : running) {
                Run.await(each, ENDS, List.of("backup")).exits(0);
            }
            fair(site, clients);
            Matcher peak = PEAK.matcher(Files.readString(Path.of("/proc/" + node.azekura().process().pid() + "/status")));
            assertTrue(peak.find());
            long resident = Long.parseLong(peak.group(1)) << 10;
            System.out.printf("%d clients at once: the node had %d MiB at most%n", clients, resident / MIB);
            assertTrue(resident <= NODE_RESIDENT, resident + " bytes");
            JsonNode snapshots = site.server().json(0, "snapshot", "list");
            assertEquals(clients, snapshots.size());
            for (JsonNode snapshot : snapshots) {
                int number = Integer.parseInt(snapshot.get("client").asText().substring(1));
                site.comesBack(snapshot.get("id").asText(), sources.get(number), "back" + number);
            }
        }
    }

    /** All have as much to send: nobody may have waited while another was served twice. */
    private static void fair(Site site, int clients) {
        List<Long> seconds = new ArrayList<>();
        for (JsonNode job : site.server().json(0, "job", "list")) {
            assertEquals("backup done", job.get("kind").asText() + " " + job.get("state").asText(), job::toString);
            seconds.add(Duration.between(Instant.parse(job.get("started").asText()), Instant.parse(job.get("ended").asText())).toMillis());
        }
        assertEquals(clients, seconds.size());
        System.out.println("milliseconds from start to end of each: " + seconds);
    }
}
