package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Scenario 24: the driver is updated, broken, hangs, throws and is removed, and its settings change, while a job uses it; nothing is lost. */
class DriverSwapIT {

    private static final int BYTES = 90 << 20;
    private static final Duration OWN = Duration.ofSeconds(3);
    private static final Duration START = Duration.ofSeconds(5);
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final String SETTINGS = "device default gets other settings";
    /** How the reasons of the pauses end, one after the other. */
    private static final List<String> ENDS = List.of(" to 7.0.0", " to 7.1.0", " to 7.2.0", SETTINGS, SETTINGS, " to 7.3.0");

    @Test
    void aBackupGoesOnThroughAGoodVersionABrokenOneAndOneThatHangs() throws Exception {
        try (var workspace = new Workspace(DriverSwapIT.class)) {
            Path home = workspace.path("home");
            Files.createDirectories(home.resolve("etc"));
            Files.writeString(home.resolve("etc/installer.json"), "{\"org.azekura.installer\": {\"startTimeout_s\": " + START.toSeconds() + "}}");
            var versions = new DiskVersions(workspace.directory("versions"));
            Path source = workspace.directory("source");
            Tree.bulk(source, 200, 4_000_000, 1);
            byte[] random = new byte[BYTES];
            new Random(24).nextBytes(random);
            Files.write(source.resolve("random"), random);
            try (var azekura = Azekura.up(home)) {
                swap(workspace, azekura, versions, source);
                remove(workspace, azekura, versions);
            }
        }
    }

    private static void swap(Workspace workspace, Azekura azekura, DiskVersions versions, Path source) throws Exception {
        assertRuns(azekura, versions.here().toString(), "Azekura");
        Path good = versions.good("7.0.0");
        azekura.call("driver", "update", good.toString()).exits(4);
        azekura.call("driver", "update", source.resolve("random").toString()).exits(2);
        azekura.call("driver", "trust", "add", versions.certificate.toString()).exits(0);
        String client = azekura.json(0, "client", "list").get(0).get("name").asText();
        azekura.call("client", "limit", client, "2500KiB").exits(0);

        Process backup = azekura.begin("backup", source.toString(), "--json");
        String job = running(azekura);
        Instant begin = Instant.now();
        awaitBytes(azekura, job);
        azekura.call("driver", "update", good.toString()).exits(0);
        assertRuns(azekura, "7.0.0", "Test Drivers Inc.");
        String broken = azekura.call("driver", "update", versions.broken("7.1.0").toString()).exits(1).toString();
        assertTrue(broken.contains("this version finds itself broken"), broken);
        assertRuns(azekura, "7.0.0", "Test Drivers Inc.");
        Process hanging = azekura.begin("driver", "update", versions.hanging("7.2.0").toString());
        assertTrue(isSeenPaused(azekura, job, hanging), "the job is not shown as paused");
        Run hung = Run.await(hanging, LIMIT, List.of("driver", "update")).exits(1);
        assertTrue(hung.toString().contains("had not ended after"), hung::toString);
        assertRuns(azekura, "7.0.0", "Test Drivers Inc.");
        azekura.call("driver", "update", good.toString()).exits(4);
        change(workspace, azekura);
        Process resume = stumble(azekura, versions, job);
        assertEquals("running", azekura.json(0, "job", "show", job).get("state").asText(), "the job ended before all was tried");

        Run ended = Run.await(backup, LIMIT, List.of("backup")).exits(0);
        Run.await(resume, LIMIT, List.of("job", "resume")).exits(0);
        assertTrue(Duration.between(begin, Instant.now()).compareTo(Duration.ofSeconds(30)) > 0, "it took less than 30 s");
        assertEquals("done", azekura.json(0, "job", "show", job).get("state").asText());
        assertPauses(azekura.json(0, "job", "log", job));
        String snapshot = azekura.json(0, "snapshot", "list").get(0).get("id").asText();
        assertTrue(ended.out().contains(snapshot), ended::toString);
        azekura.call("client", "limit", client, "none").exits(0);
        assertEquals(List.of(), Tree.diff(source, azekura.restore(snapshot, source, workspace.path("restored"))));
        azekura.json(0, "verify");
        try (Stream<Path> left = Files.list(azekura.home.resolve("pools/default"))) {
            assertTrue(left.noneMatch(file -> file.getFileName().toString().startsWith("probe-")), "a probe was left behind");
        }
        azekura.down();
        azekura.up();
        assertRuns(azekura, "7.3.0", "Test Drivers Inc.");
    }

    /** The pool's device gets a folder that holds another volume than the pool's, none, and at last another way to its own. */
    private static void change(Workspace workspace, Azekura azekura) throws Exception {
        Path pool = azekura.home.resolve("pools/default");
        Run empty = azekura.call("device", "set", "default", "--set", "path=" + workspace.path("empty")).exits(1);
        assertTrue(empty.err().contains("keeps the settings that it had") && empty.err().contains("is not in " + workspace.path("empty")), empty::toString);
        Path link = Files.createSymbolicLink(azekura.home.resolve("pools/link"), pool);
        azekura.call("device", "set", "default", "--set", "path=" + link).exits(0);
        assertEquals(link.toString(), azekura.json(0, "device", "list").get(0).get("location").asText());
        assertEquals(link.toString(), azekura.json(0, "volume", "list").get(0).get("location").asText());
    }

    /** The driver throws until it is started anew; and then for as long as it is told to. @return a command that waits for the job's end */
    private static Process stumble(Azekura azekura, DiskVersions versions, String job) throws Exception {
        azekura.call("driver", "update", versions.stumbling("7.3.0").toString()).exits(0);
        Path pool = azekura.home.resolve("pools/link");
        Files.createFile(StumblingDevice.once(pool));
        await(azekura, job, now -> now.get("state").asText().equals("parked") && now.get("error").asText().contains("this driver has stumbled"));
        await(azekura, job, now -> now.get("state").asText().equals("running"));
        assertLogged(azekura, "driver disk 7.3.0 is started anew, for device default threw ");
        Path always = Files.createFile(StumblingDevice.always(pool));
        await(azekura, job, now -> now.get("state").asText().equals("parked") && now.get("error").asText().contains("this driver has stumbled"));
        Files.delete(always);
        Process resume = azekura.begin("job", "resume", job);
        await(azekura, job, now -> now.get("state").asText().equals("running"));
        return resume;
    }

    /** The driver goes: its jobs wait for it, or go to another pool of the group, which another driver serves. */
    private static void remove(Workspace workspace, Azekura azekura, DiskVersions versions) throws Exception {
        azekura.call("driver", "install", versions.other("spare", "1.0.0").toString()).exits(0);
        azekura.call("pool", "create", "other", "--driver", "spare", "--set", "path=" + workspace.path("other"), "--group", "g").exits(0);
        azekura.call("pool", "set", "default", "--group", "g").exits(0);
        Path source = workspace.directory("more");
        byte[] random = new byte[8 << 20];
        new Random(25).nextBytes(random);
        Files.write(source.resolve("random"), random);
        String client = azekura.json(0, "client", "list").get(0).get("name").asText();
        azekura.call("client", "limit", client, "1MiB").exits(0);
        Process backup = azekura.begin("backup", source.toString(), "--pool", "default", "--only", "--json");
        String job = running(azekura);
        awaitBytes(azekura, job);
        azekura.call("driver", "remove", "disk").exits(4);
        azekura.call("driver", "remove", "disk", "--park").exits(0);
        await(azekura, job, now -> now.get("state").asText().equals("parked") && now.get("error").asText().contains("driver disk was removed"));
        azekura.call("client", "limit", client, "none").exits(0);
        JsonNode elsewhere = azekura.json(0, "backup", source.toString(), "--pool", "default");
        JsonNode detour = azekura.json(0, "job", "show", elsewhere.get("job").asText());
        assertEquals("other", detour.get("pool").asText(), detour::toString);
        azekura.call("driver", "install", versions.good("7.4.0").toString()).exits(0);
        Run ended = Run.await(backup, LIMIT, List.of("backup")).exits(0);
        JsonNode done = azekura.json(0, "job", "show", job);
        assertEquals(List.of("done", "default"), List.of(done.get("state").asText(), done.get("pool").asText()), ended::toString);
        azekura.json(0, "verify");
    }

    /** A state of a job. */
    @FunctionalInterface
    private interface State {
        boolean is(JsonNode job);
    }

    private static void await(Azekura azekura, String job, State wanted) throws InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        for (JsonNode now = azekura.json(0, "job", "show", job); !wanted.is(now); now = azekura.json(0, "job", "show", job)) {
            assertTrue(System.nanoTime() < end && now.get("ended").isNull(), now::toString);
            Thread.sleep(100);
        }
    }

    private static void assertLogged(Azekura azekura, String line) throws Exception {
        try (Stream<Path> logs = Files.list(azekura.home.resolve("log"))) {
            assertTrue(logs.anyMatch(file -> contains(file, line)), () -> "not in the log: " + line);
        }
    }

    private static boolean contains(Path file, String line) {
        try {
            return Files.isRegularFile(file) && Files.readString(file).contains(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertRuns(Azekura azekura, String version, String publisher) {
        JsonNode disk = StreamSupport.stream(azekura.json(0, "driver", "list").spliterator(), false).filter(row -> row.get("name").asText().equals("disk"))
                .findFirst().orElseThrow();
        assertEquals(List.of(version, publisher, "active", ""), Stream.of("version", "publisher", "state", "problem").map(key -> disk.get(key).asText()).toList());
        assertEquals("default", disk.get("devices").get(0).asText());
    }

    private static String running(Azekura azekura) throws InterruptedException {
        for (long end = System.nanoTime() + LIMIT.toNanos(); System.nanoTime() < end; Thread.sleep(100)) {
            for (JsonNode job : azekura.json(0, "job", "list", "--running")) {
                return job.get("id").asText();
            }
        }
        throw new AssertionError("no job runs");
    }

    private static void awaitBytes(Azekura azekura, String job) throws InterruptedException {
        for (long end = System.nanoTime() + LIMIT.toNanos(); azekura.json(0, "job", "show", job).get("bytes").asLong() == 0; Thread.sleep(100)) {
            assertTrue(System.nanoTime() < end, "nothing was saved");
        }
    }

    private static boolean isSeenPaused(Azekura azekura, String job, Process update) {
        boolean seen = false;
        while (!seen && update.isAlive()) {
            JsonNode now = azekura.json(0, "job", "show", job);
            seen = now.get("state").asText().equals("paused") && now.get("error").asText().equals("driver disk is updated from 7.0.0 to 7.2.0");
        }
        return seen;
    }

    /** Each pause has its line, and takes no longer than what the driver itself takes, and three seconds. */
    private static void assertPauses(JsonNode log) {
        List<Instant> begun = new ArrayList<>();
        List<Duration> pauses = new ArrayList<>();
        List<String> why = new ArrayList<>();
        for (JsonNode line : log) {
            String text = line.get("text").asText();
            Instant at = Instant.parse(line.get("time").asText());
            if (text.startsWith("paused: ")) {
                begun.add(at);
                why.add(text);
            } else if (text.equals("goes on")) {
                pauses.add(Duration.between(begun.getLast(), at));
            }
        }
        System.out.println("pauses of a job whose driver and settings changed: " + why + pauses);
        assertTrue(pauses.size() >= ENDS.size(), log::toString);
        for (int i = 0; i < ENDS.size(); i++) {
            assertTrue(why.get(i).endsWith(ENDS.get(i)), why::toString);
            Duration most = ENDS.get(i).endsWith("7.2.0") ? OWN.plus(START).plusSeconds(1) : OWN;
            assertTrue(pauses.get(i).compareTo(most) < 0, why + " " + pauses);
        }
    }
}
