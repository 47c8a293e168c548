package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** What else happens to a driver under a job than that it is updated. */
final class DriverTrouble {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    private DriverTrouble() {}

    /**
     * The device's settings change, the driver throws, is started anew, throws again until it stops that, and is removed. The job waits each time and
     * goes on; another backup goes to another pool of the group, which another driver serves.
     */
    static void allUnderOneJob(Workspace workspace, Azekura azekura, DiskVersions versions) throws Exception {
        azekura.call("driver", "install", versions.other("spare", "1.0.0").toString()).exits(0);
        azekura.call("pool", "create", "other", "--driver", "spare", "--set", "path=" + workspace.path("other"), "--group", "g").exits(0);
        azekura.call("pool", "set", "default", "--group", "g").exits(0);
        azekura.call("driver", "update", versions.stumbling("7.3.0").toString()).exits(0);
        Path source = workspace.directory("more");
        byte[] random = new byte[8 << 20];
        new Random(25).nextBytes(random);
        Files.write(source.resolve("random"), random);
        String client = azekura.json(0, "client", "list").get(0).get("name").asText();
        azekura.call("client", "limit", client, "1MiB").exits(0);
        Process backup = azekura.begin("backup", source.toString(), "--pool", "default", "--only", "--json");
        String job = awaitJob(azekura);
        getsOtherSettings(workspace, azekura, job);
        throwsIt(azekura, job);
        isRemoved(azekura, job);
        azekura.call("client", "limit", client, "none").exits(0);
        JsonNode elsewhere = azekura.json(0, "backup", source.toString(), "--pool", "default");
        assertEquals("other", azekura.json(0, "job", "show", elsewhere.get("job").asText()).get("pool").asText(), elsewhere::toString);

        azekura.call("driver", "install", versions.good("7.4.0").toString()).exits(0);
        Run ended = Run.await(backup, LIMIT, List.of("backup")).exits(0);
        JsonNode done = azekura.json(0, "job", "show", job);
        assertEquals(List.of("done", "default"), List.of(done.get("state").asText(), done.get("pool").asText()), ended::toString);
        azekura.json(0, "verify");
    }

    /** The device of the pool {@code default} gets a folder without its volume, which it does not keep, and then another way to its own. */
    private static void getsOtherSettings(Workspace workspace, Azekura azekura, String job) throws Exception {
        Run empty = azekura.call("device", "set", "default", "--set", "path=" + workspace.path("empty")).exits(1);
        assertTrue(empty.err().contains("keeps the settings that it had") && empty.err().contains("is not in " + workspace.path("empty")), empty::toString);
        Path link = Files.createSymbolicLink(azekura.home.resolve("pools/link"), azekura.home.resolve("pools/default"));
        azekura.call("device", "set", "default", "--set", "path=" + link).exits(0);
        assertEquals(link.toString(), azekura.json(0, "device", "list").get(0).get("location").asText());
        assertEquals(link.toString(), azekura.json(0, "volume", "list").get(0).get("location").asText());
        List<String> log = azekura.json(0, "job", "log", job).findValuesAsText("text");
        assertEquals(2, log.stream().filter(line -> line.equals("paused: device default gets other settings")).count(), log::toString);
        assertEquals("running", azekura.json(0, "job", "show", job).get("state").asText());
    }

    private static void throwsIt(Azekura azekura, String job) throws Exception {
        Path pool = azekura.home.resolve("pools/link");
        Files.createFile(StumblingDevice.once(pool));
        awaitParked(azekura, job, "this driver has stumbled");
        awaitRunning(azekura, job);
        assertTrue(Files.readString(azekura.home.resolve("log/azekura.log")).contains("driver disk 7.3.0 is started anew, for device default threw "));
        Path always = Files.createFile(StumblingDevice.always(pool));
        awaitParked(azekura, job, "this driver has stumbled");
        Files.delete(always);
        awaitRunning(azekura, job);
    }

    private static void isRemoved(Azekura azekura, String job) throws Exception {
        azekura.call("driver", "remove", "disk").exits(4);
        azekura.call("driver", "remove", "disk", "--park").exits(0);
        awaitParked(azekura, job, "driver disk was removed");
    }

    /** The backup, when it has saved something. */
    private static String awaitJob(Azekura azekura) throws Exception {
        for (long end = System.nanoTime() + LIMIT.toNanos(); System.nanoTime() < end; Thread.sleep(100)) {
            for (JsonNode job : Rest.get(azekura, "jobs?running")) {
                if (job.get("kind").asText().equals("backup") && job.get("bytes").asLong() > 0) {
                    return job.get("id").asText();
                }
            }
        }
        throw new AssertionError("nothing is saved");
    }

    private static void awaitParked(Azekura azekura, String job, String why) throws Exception {
        await(azekura, job, now -> now.get("state").asText().equals("parked") && now.get("error").asText().contains(why));
    }

    private static void awaitRunning(Azekura azekura, String job) throws Exception {
        await(azekura, job, now -> now.get("state").asText().equals("running"));
    }

    /** A state of a job. */
    @FunctionalInterface
    private interface State {
        boolean is(JsonNode job);
    }

    private static void await(Azekura azekura, String job, State wanted) throws Exception {
        long end = System.nanoTime() + LIMIT.toNanos();
        for (JsonNode now = Rest.get(azekura, "jobs/" + job); !wanted.is(now); now = Rest.get(azekura, "jobs/" + job)) {
            assertTrue(System.nanoTime() < end && now.get("ended").isNull(), now::toString);
            Thread.sleep(100);
        }
    }
}
