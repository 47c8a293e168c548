package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.azekura.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Scenario 25: random starts and cancels of everything; afterwards nothing runs, nothing is held, and everything still works. */
@ExtendWith(OnHosts.class)
class TurmoilIT {

    private static final Set<String> OVER = Set.of("done", "warned", "failed", "cancelled");
    private static final Duration ENDS = Duration.ofSeconds(120);
    private static final int AT_ONCE = 4;

    @Test
    void nothingIsLeftOfManyStartsAndCancels(Site site) throws Exception {
        long seed = Seeds.start();
        Random random = Seeds.random(seed);
        int rounds = Seeds.slow() ? 100 : 12;
        site.node("n1");
        List<String> clients = List.of("web1", "web2");
        clients.forEach(site::client);
        site.pool("turmoil", "n1");
        Path source = site.workspace().path("turmoil");
        Tree.bulk(source, 200, 30_000_000, 6);
        String kept = site.backup("web1", "turmoil", source).get("snapshot").asText();
        int begun = site.server().json(0, "job", "list").size();

        List<Started> running = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            running.add(start(site, random, clients, kept, source, i));
            if (running.size() >= AT_ONCE || random.nextInt(4) == 0) {
                cancelSomething(site, random);
            }
            while (running.size() >= AT_ONCE) {
                running.removeFirst().end(seed);
            }
        }
        for (Started each : running) {
            each.end(seed);
        }
        JsonNode jobs = site.server().json(0, "job", "list");
        for (JsonNode job : jobs) {
            assertTrue(OVER.contains(job.get("state").asText()), () -> "seed " + seed + ": " + job);
        }
        assertTrue(jobs.size() > begun, "seed " + seed + ": nothing was begun");
        site.comesBack(site.backup("web2", "turmoil", source).get("snapshot").asText(), source, "after turmoil");
        assertEquals(0, site.server().json(0, "verify", "--pool", "turmoil").get("damaged").size(), "seed " + seed);
    }

    private record Started(Process process, List<String> command) {
        void end(long seed) {
            Run run = Run.await(process, ENDS, command);
            assertTrue(run.exit() == 0 || run.exit() == 1 || run.exit() == 3, () -> "seed " + seed + "\n" + run);
        }
    }

    private static Started start(Site site, Random random, List<String> clients, String kept, Path source, int number) {
        String client = clients.get(random.nextInt(clients.size()));
        String folder = site.workspace().path("turmoil-" + number).toString();
        List<String> command = switch (random.nextInt(5)) {
            case 0, 1 -> List.of("backup", "--client", client, "--pool", "turmoil", source.toString());
            case 2 -> List.of("restore", kept, "--client", client, "--to", folder);
            case 3 -> List.of("verify", "--pool", "turmoil");
            default -> List.of("prune", "--pool", "turmoil");
        };
        return new Started(site.server().begin(command.toArray(String[]::new)), command);
    }

    /** It may be over before the order comes: that is no error of the appliance. */
    private static void cancelSomething(Site site, Random random) {
        List<String> open = new ArrayList<>();
        for (JsonNode job : site.server().json(0, "job", "list", "--running")) {
            open.add(job.get("id").asText());
        }
        if (!open.isEmpty()) {
            Run run = site.server().call("job", "cancel", open.get(random.nextInt(open.size())));
            assertTrue(run.exit() == 0 || run.exit() == 1, run::toString);
        }
    }
}
