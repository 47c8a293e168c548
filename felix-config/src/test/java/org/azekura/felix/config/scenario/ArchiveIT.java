package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import org.azekura.testkit.s3.ArchiveFront;
import org.azekura.testkit.s3.Radosgw;
import org.junit.jupiter.api.Test;

/** A pool whose long packs lie in the archive class of a real service, which {@link ArchiveFront} makes one: saved, looked at, and restored. */
class ArchiveIT {

    private static final int BYTES = 28_000_000;
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String PREFIX = "backups/azekura/cellar/packs/";

    @Test
    void whatLiesInAnArchiveIsToldPricedAskedForOnceAndRestored() throws Exception {
        Radosgw.assumeUsable();
        try (var workspace = new Workspace(ArchiveIT.class); Radosgw server = Radosgw.start(workspace.directory("ceph"))) {
            server.add("GLACIER");
            try (var bucket = new Bucket(server, "backups"); ArchiveFront front = ArchiveFront.before(server.endpoint()); var azekura = Azekura.up(workspace.path("home"))) {
                Path source = workspace.directory("source");
                for (int i = 0; i < 2; i++) {
                    byte[] random = new byte[BYTES];
                    new Random(86 + i).nextBytes(random);
                    Files.write(source.resolve("random" + i), random);
                }
                List<String> create = new ArrayList<>(List.of("pool", "create", "cold"));
                create.addAll(bucket.settings(front.endpoint()));
                create.addAll(List.of("--set", "prefix=azekura/cellar", "--set", "packsClass=GLACIER", "--set",
                        "retrievalPrices=Bulk 0.0025 0.025, Standard 0.01 0.05, Expedited 30 10 2s"));
                azekura.call(create.toArray(String[]::new)).exits(0);
                String snapshot = azekura.backup(source, "--pool", "cold");
                List<String> cold = front.cold();
                assertTrue(!cold.isEmpty() && cold.stream().allMatch(object -> object.startsWith(PREFIX)), cold::toString);
                var restores = new Restores(azekura, front, workspace, source, snapshot);
                restores.areToldBefore();
                lookInto(azekura, workspace, snapshot, source.resolve("random0"));
                assertEquals(List.of(), front.asked(), "to look costs nothing");
                restores.askOnceAndGoOnByThemselves();
                restores.findWhatIsThere();
                restores.askAgainForWhatHasGoneMeanwhile();
            }
        }
    }

    /** Neither a mount nor a download waits for what may take days, and each says what would do. */
    private static void lookInto(Azekura azekura, Workspace workspace, String snapshot, Path file) throws Exception {
        HttpResponse<String> download = Rest.post(azekura, "downloads", Map.of("snapshot", snapshot, "paths", List.of(file.toString())));
        assertEquals(409, download.statusCode(), download::body);
        assertTrue(download.body().contains("blob.archived") && download.body().contains("--thaw"), download::body);
        if (Mounted.POSSIBLE) {
            try (Mounted mounted = Mounted.on(azekura, snapshot, workspace.directory("mounted"))) {
                Run read = Run.of(LIMIT, "cat", Azekura.at(mounted.at, file).toString());
                assertTrue(read.exit() != 0 && read.err().contains("Input/output error"), read::toString);
                mounted.unmount();
                assertEquals(0, mounted.exit());
                String told = mounted.err();
                assertTrue(told.contains("in its archive") && told.contains("azekura restore " + snapshot), told);
                String log = Rest.get(azekura, "jobs/" + mounted.job + "/log").toString();
                assertTrue(log.contains(file + " can't be read now"), log);
            }
        }
    }

    private record Restores(Azekura azekura, ArchiveFront front, Workspace workspace, Path source, String snapshot) {

        void areToldBefore() throws Exception {
            JsonNode dry = azekura.json(0, "restore", snapshot, "--to", workspace.path("dry").toString(), "--dry-run", "--thaw", "fast").get("lying").get(0);
            assertFalse(dry.get("there").asBoolean(), dry::toString);
            assertTrue(dry.toString().contains("fast (Expedited) about 2 s, costs 1.5") && dry.toString().contains("cheap (Bulk) about 12 h"), dry::toString);
        }

        void askOnceAndGoOnByThemselves() throws Exception {
            String job = order("once");
            String parked = awaitParked(job, 1);
            assertTrue(parked.contains("in its archive") && parked.contains("asked for at"), parked);
            assertEquals(expedited(1), sorted(front.asked()), "each once");
            front.bring();
            assertRestored(job, "once");
            assertEquals(expedited(1), sorted(front.asked()));
        }

        void findWhatIsThere() throws Exception {
            assertRestored(order("again"), "again");
            assertEquals(expedited(1), sorted(front.asked()), "their copies were paid for");
        }

        /** In the middle of reading. */
        void askAgainForWhatHasGoneMeanwhile() throws Exception {
            front.expireBehind(2);
            String job = order("anew");
            awaitParked(job, 2);
            assertEquals(expedited(2), sorted(front.asked()));
            front.bring();
            assertRestored(job, "anew");
        }

        private String order(String to) throws Exception {
            HttpResponse<String> ordered = Rest.post(azekura, "jobs", Map.of("kind", "restore", "snapshot", snapshot, "to", workspace.path(to).toString(), "thaw", "fast"));
            assertEquals(202, ordered.statusCode(), ordered::body);
            return new ObjectMapper().readTree(ordered.body()).get("id").asText();
        }

        /** @param times each was asked for by then */
        private String awaitParked(String job, int times) throws Exception {
            await(() -> front.asked().size() == times * front.cold().size() && state(job).equals("parked"), () -> Rest.get(azekura, "jobs/" + job + "/log").toString());
            return Rest.get(azekura, "jobs/" + job).get("error").asText();
        }

        private String state(String job) throws Exception {
            return Rest.get(azekura, "jobs/" + job).get("state").asText();
        }

        private void assertRestored(String job, String to) throws Exception {
            await(() -> List.of("done", "warned", "failed", "cancelled").contains(state(job)), () -> Rest.get(azekura, "jobs/" + job).toString());
            assertEquals("done", state(job), () -> job);
            assertEquals(List.of(), Tree.diff(source, Azekura.at(workspace.path(to), source)));
        }

        private List<String> expedited(int times) {
            List<String> all = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                front.cold().forEach(object -> all.add("Expedited " + object.substring("backups/".length())));
            }
            return sorted(all);
        }

        private static List<String> sorted(List<String> all) {
            return all.stream().sorted().toList();
        }

        private static void await(Callable<Boolean> reached, Callable<String> said) throws Exception {
            for (long end = System.nanoTime() + LIMIT.toNanos(); !reached.call(); Thread.sleep(100)) {
                assertTrue(System.nanoTime() < end, said.call());
            }
        }
    }
}
