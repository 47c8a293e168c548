package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two nodes whose pools stand in for each other, and one goes: what was copied is restored, to another client than it is of; what was not is named. */
@ExtendWith(OnHosts.class)
class NodeDownIT {

    private static final Duration LIMIT = Duration.ofSeconds(120);

    /** The node that goes is this test's own, and stays away. */
    @Test
    void aRestoreGoesOnFromTheCopyOfAnotherNodeAndWhatHasNoneIsRefusedByName(Site site) throws Exception {
        Azekura server = site.server();
        site.node("n1");
        Site.Member gone = site.node("gone");
        site.client("web1");
        site.pool("near", "gone");
        site.pool("far", "n1");
        server.call("pool", "set", "near", "--group", "pair", "--patience", "0").exits(0);
        server.call("pool", "set", "far", "--group", "pair").exits(0);
        Path copied = source(site, "copied", 30_000_000);
        Path single = source(site, "single", 100_000);
        String withCopy = saved(server, "copied", "near");
        server.call("copy", "--to", "far", "--snapshot", withCopy).exits(0);
        String without = saved(server, "single", "near");

        Path target = site.workspace().path("back-copied");
        // so slow that the node goes in the middle of it; more than what is on its way at once
        server.call("client", "limit", "web1", "64KiB").exits(0);
        String[] restore = {"restore", withCopy, "--client", "web1", "--to", target.toString()};
        Process running = server.begin(restore);
        String job = moving(server);
        gone.azekura().down();
        server.call("client", "limit", "web1", "none").exits(0);
        Run.await(running, LIMIT, List.of(restore)).exits(0);
        assertEquals(List.of(), Tree.diff(copied, Azekura.at(target, copied)));
        String log = server.call("job", "log", job).exits(0).out();
        assertTrue(log.contains("pool near is not served") && log.contains("the copy in pool far on storage node n1"), log);

        String line = server.call("restore", without, "--client", "web1", "--to", target.toString()).exits(1).oneErrorLine();
        assertTrue(line.contains("storage node gone is not connected"), line);
        String[] again = {"backup", "--client", "homeless", "--name", "single", "--pool", "near"};
        JsonNode detour = server.json(0, again);
        assertEquals("far", detour.get("pool").asText(), detour::toString);
        assertTrue(detour.get("detour").asText().contains("storage node gone"), detour::toString);
        server.call("restore", detour.get("snapshot").asText(), "--client", "web1", "--to", target.toString()).exits(0);
        assertEquals(List.of(), Tree.diff(single, Azekura.at(target, single)));
    }

    /** Of a client that runs nothing, so whoever restores is another. */
    private static Path source(Site site, String name, long bytes) {
        Path source = site.workspace().path("down-" + name);
        Tree.bulk(source, 40, bytes, bytes);
        site.server().json(0, "save-set", "create", name, "--client", "homeless", "--via", "web1", "--include", source.toString());
        return source;
    }

    private static String saved(Azekura server, String name, String pool) {
        return server.json(0, "backup", "--client", "homeless", "--name", name, "--pool", pool).get("snapshot").asText();
    }

    /** The restore that runs, as soon as something has come. */
    private static String moving(Azekura server) {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < LIMIT.toNanos()) {
            for (JsonNode job : server.json(0, "job", "list", "--running")) {
                if (job.get("kind").asText().equals("restore") && job.get("bytes").asLong() > 0) {
                    return job.get("id").asText();
                }
            }
            LockSupport.parkNanos(100_000_000);
        }
        throw new AssertionError("nothing comes back");
    }
}
