package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** Server, node and client, each on a host of its own: data go straight from client to node and back. */
@ExtendWith(OnHosts.class)
class HostsIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    @Test
    void aTreeOfEveryKindComesBack(Site site) throws Exception {
        Path source = site.workspace().path("kinds");
        Tree.make(source, 4);
        site.node("n1");
        site.client("web1");
        site.pool("kinds", "n1");
        site.comesBack(site.backup("web1", "kinds", source).get("snapshot").asText(), source, "back-kinds");
    }

    /** They have told it when they joined; NTP, where there is it, was faster. */
    @Test
    void twoOtherHostsConfirmTheTime(Site site) throws Exception {
        site.node("n1");
        site.client("web1");
        JsonNode clock = site.server().json(0, "server", "clock");
        for (long end = System.nanoTime() + LIMIT.toNanos(); System.nanoTime() < end && !clock.get("state").asText().equals("confirmed");) {
            LockSupport.parkNanos(100_000_000);
            clock = site.server().json(0, "server", "clock");
        }
        assertEquals("confirmed", clock.get("state").asText(), clock::toString);
        assertTrue(clock.get("by").size() >= 2 || clock.get("by").get(0).asText().equals("ntp"), clock::toString);
    }

    @Test
    void aHundredMebibytesComeBackAndTheServerSawNoneOfThem(Site site) throws Exception {
        Path source = site.workspace().path("hundred");
        Tree.bulk(source, 500, 100 << 20, 4);
        roundTrip(site, source, "hundred", 100 << 20);
    }

    @Test
    @EnabledIfSystemProperty(named = "azekura.slow", matches = "true")
    void aGibibyteComesBackAndTheServerSawNoneOfIt(Site site) throws Exception {
        Path source = site.workspace().path("gibibyte");
        Tree.bulk(source, 5_000, 1L << 30, 5);
        roundTrip(site, source, "gibibyte", 1L << 30);
    }

    private static void roundTrip(Site site, Path source, String name, long bytes) throws Exception {
        site.node("n1");
        site.client("web1");
        Path pool = site.pool(name, "n1");
        Network.Counted before = site.serverHost().counted();
        JsonNode backup = site.backup("web1", name, source);
        Network.Counted backedUp = site.serverHost().counted();
        assertTrue(backup.get("bytes").asLong() >= bytes, backup::toString);
        assertTrue(Azekura.files(pool).values().stream().mapToLong(Long::longValue).sum() > bytes / 3, "the data are not in the node's pool");
        assertEquals(0, site.server().json(0, "verify", "--pool", name).get("damaged").size());
        Network.Counted verified = site.serverHost().counted();
        site.comesBack(backup.get("snapshot").asText(), source, "back-" + name);
        Network.Counted restored = site.serverHost().counted();
        for (var step : List.of(new Step("backup", before, backedUp), new Step("verify", backedUp, verified), new Step("restore", verified, restored))) {
            long passed = step.end.since(step.begin).both();
            System.out.printf("%s of %d MiB: %.3f %% of it through the server's interface (%d bytes in, %d out)%n", step.name, bytes >> 20,
                    100.0 * passed / bytes, step.end.since(step.begin).in(), step.end.since(step.begin).out());
            assertTrue(passed < bytes / 100, step.name + ": " + passed + " bytes through the server");
        }
    }

    private record Step(String name, Network.Counted begin, Network.Counted end) {}
}
