package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.azekura.testkit.serial.UpsSimulator;
import org.junit.jupiter.api.Test;

/**
 * A power supply on a serial line: on battery, a backup parks and another does not begin; on mains they go on by themselves. When the battery is low, the
 * appliance stops in order; started again, its job goes on. The device is simulated, as NUT's driver knows it; its driver is swapped meanwhile.
 */
class PowerIT {

    private static final int BYTES = 20 << 20;
    private static final Duration LIMIT = Duration.ofMinutes(2);
    /** What is done before the process ends, and its end. */
    private static final Duration STOP = Duration.ofSeconds(40);
    private static final String ON_BATTERY = "runs on battery";

    @Test
    void jobsWaitForTheMains() throws Exception {
        try (var workspace = new Workspace(PowerIT.class); var ups = new UpsSimulator(workspace.directory("line"))) {
            Path source = source(workspace, 1);
            DiskVersions versions = new DiskVersions(workspace.directory("versions"), "ups");
            try (var azekura = Azekura.up(workspace.path("home"))) {
                azekura.call("device", "add", "ups0", "--driver", "ups", "--set", "port=" + workspace.path("none")).exits(1);
                azekura.call("device", "add", "ups1", "--driver", "ups", "--set", "port=" + ups.port(), "--set", "poll_ms=200", "--set", "batteryWait_s=0", "--set",
                        "mainsWait_s=1").exits(0);
                Run pool = azekura.call("pool", "create", "wrong", "--driver", "ups", "--set", "port=" + ups.port()).exits(1);
                assertTrue(pool.err().contains("azekura: "), pool::toString);
                awaitSupply(azekura, "mains", false);
                parksAndGoesOn(workspace, azekura, ups, source);
                azekura.call("driver", "trust", "add", versions.certificate.toString()).exits(0);
                azekura.call("driver", "update", versions.good("7.0.0").toString()).exits(0);
                azekura.call("device", "test", "ups1").exits(0);
                stopsAndGoesOn(workspace, azekura, ups);
            }
        }
    }

    private static void parksAndGoesOn(Workspace workspace, Azekura azekura, UpsSimulator ups, Path source) throws Exception {
        Process backup = azekura.begin("backup", "--limit", "4MiB", source.toString());
        String job = awaitJob(azekura, row -> row.get("bytes").asLong() > 0);
        ups.onBattery();
        awaitJob(azekura, row -> row.get("id").asText().equals(job) && row.get("state").asText().equals("parked") && row.get("error").asText().contains(ON_BATTERY));
        awaitSupply(azekura, "battery", true);
        Run second = azekura.call("backup", "--park-wait", "1", "--name", "second", source.toString()).exits(1);
        assertTrue(second.err().contains(" held: storage node ") && second.err().contains(ON_BATTERY), second::toString);
        String held = awaitJob(azekura, row -> row.get("state").asText().equals("queued"));
        assertTrue(azekura.call("job", "show", held).exits(0).out().contains(ON_BATTERY));
        assertTrue(azekura.call("status").exits(0).out().contains("ups1 of node "));
        ups.mains();
        Run done = Run.await(backup, LIMIT, List.of("backup")).exits(0);
        List<String> lines = texts(Rest.get(azekura, "jobs/" + job + "/log"));
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("paused: ")) && lines.stream().anyMatch(line -> line.startsWith("parked: ")), lines::toString);
        azekura.call("job", "watch", held).exits(0);
        awaitSupply(azekura, "mains", false);
        assertEquals(List.of(), Tree.diff(source, azekura.restore(done.outLines().getLast(), source, workspace.path("restored"))));
    }

    private static void stopsAndGoesOn(Workspace workspace, Azekura azekura, UpsSimulator ups) throws Exception {
        Path source = source(workspace, 2);
        azekura.begin("backup", "--limit", "4MiB", source.toString());
        String job = awaitJob(azekura, row -> row.get("bytes").asLong() > 0);
        ProcessHandle process = azekura.process();
        ups.low();
        process.onExit().get(STOP.toSeconds(), TimeUnit.SECONDS);
        ups.mains();
        azekura.up();
        azekura.call("job", "watch", job).exits(0);
        String snapshot = Rest.get(azekura, "jobs/" + job + "/result").get("snapshot").asText();
        assertEquals(List.of(), Tree.diff(source, azekura.restore(snapshot, source, workspace.path("again"))));
        awaitSupply(azekura, "mains", false);
    }

    private static Path source(Workspace workspace, int seed) throws Exception {
        Path source = workspace.directory("source" + seed);
        byte[] random = new byte[BYTES];
        new Random(seed).nextBytes(random);
        Files.write(source.resolve("random"), random);
        return source;
    }

    private static List<String> texts(JsonNode log) {
        return StreamSupport.stream(log.spliterator(), false).map(line -> line.get("text").asText()).toList();
    }

    /** The first job that has not ended and is so. */
    private static String awaitJob(Azekura azekura, Predicate<JsonNode> wanted) throws Exception {
        JsonNode jobs = null;
        for (long end = System.nanoTime() + LIMIT.toNanos(); System.nanoTime() < end; Thread.sleep(50)) {
            jobs = Rest.get(azekura, "jobs?running");
            for (JsonNode job : jobs) {
                if (wanted.test(job)) {
                    return job.get("id").asText();
                }
            }
        }
        throw new AssertionError("no such job: " + jobs);
    }

    private static void awaitSupply(Azekura azekura, String supply, boolean held) throws Exception {
        JsonNode power = null;
        for (long end = System.nanoTime() + LIMIT.toNanos(); System.nanoTime() < end; Thread.sleep(50)) {
            power = Rest.get(azekura, "status").get("power");
            if (power.size() == 1 && Stream.of("ups1", supply).allMatch(power.toString()::contains) && power.get(0).get("held").asBoolean() == held) {
                return;
            }
        }
        throw new AssertionError("not on " + supply + ": " + power);
    }
}
