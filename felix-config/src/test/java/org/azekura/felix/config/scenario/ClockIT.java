package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The machine's clock is set forward and back by a year, under a running appliance and between two runs; a client is a process that sees the true time. */
@Timeout(300)
class ClockIT {

    private static final String RIGHT = "+0";
    private static final String NEXT_YEAR = "+365d";
    private static final String LAST_YEAR = "-365d";
    private static final Duration YEAR = Duration.ofDays(365);
    private static final Pattern LEFT = Pattern.compile("(?:sem\\.faketime_sem|faketime_shm)_(\\d+)");
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration NEAR = Duration.ofMinutes(10);

    private Workspace workspace;
    private Path offset;
    private Azekura server;

    @Test
    void nothingThatIsDoneToTheClockChangesWhatRetentionIsCountedBy() throws Exception {
        Path library = library();
        if (library == null) {
            System.out.println("*** NOT TESTED: clocks that are set: the Debian package faketime is missing");
        }
        assumeTrue(library != null, "the Debian package faketime is missing");
        try (Workspace made = new Workspace(ClockIT.class)) {
            workspace = made;
            offset = workspace.path("offset");
            set(RIGHT);
            server = new Azekura(workspace.path("home"), starter(library), Map.of("LC_ALL", "C.UTF-8"));
            Azekura client = new Azekura(workspace.path("client"), List.of(), Map.of("LC_ALL", "C.UTF-8"));
            try (Azekura ours = server.up(); client) {
                join(client);
                boolean ntp = clock().get("by").toString().contains("ntp");
                whileItRuns(client);
                ours.down();
                overARestart(ntp);
            }
        } finally {
            sweep();
        }
    }

    /** What the library shares between processes it leaves behind when they end otherwise than by themselves. */
    private static void sweep() throws IOException {
        try (Stream<Path> shared = Files.list(Path.of("/dev/shm"))) {
            for (Path file : shared.toList()) {
                Matcher left = LEFT.matcher(file.getFileName().toString());
                if (left.matches() && ProcessHandle.of(Long.parseLong(left.group(1))).isEmpty()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** Only the clock that can be set is another: what waits for a time is left alone (without the fix that the library has for others it would spin). */
    private List<String> starter(Path library) {
        return List.of("env", "LD_PRELOAD=" + library, "FAKETIME_TIMESTAMP_FILE=" + offset, "FAKETIME_CACHE_DURATION=1", "FAKETIME_DONT_FAKE_MONOTONIC=1",
                "FAKETIME_FORCE_MONOTONIC_FIX=0", "NO_FAKE_STAT=1");
    }

    private static Path library() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("/usr/lib"))) {
            return folders.map(folder -> folder.resolve("faketime/libfaketimeMT.so.1")).filter(Files::isRegularFile).findAny().orElse(null);
        }
    }

    private void set(String by) throws IOException {
        // read whole or not at all, whenever the appliance looks
        Path made = Files.writeString(workspace.path("offset.new"), by + "\n");
        Files.move(made, offset, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The same under a running appliance, which sees it within a second. */
    private void jump(String by) throws IOException {
        set(by);
        Instant expected = Instant.now().plus(by.equals(NEXT_YEAR) ? YEAR : YEAR.negated());
        assertTrue(comes(() -> isNear(expected, clock().get("machineTime").asText())), () -> "expected about " + expected + ", found " + clock());
    }

    private void join(Azekura client) throws Exception {
        String code = server.json(0, "client", "enrol", "--name", "c1", "--role", "client").get("code").asText();
        client.call("join", Files.readString(server.home.resolve("run/url")).strip(), code, "--role", "client").exits(0);
    }

    private void awaitClient() {
        assertTrue(comes(() -> server.json(0, "client", "list").valueStream().anyMatch(host -> host.get("name").asText().equals("c1") && host.get("connected").asBoolean())),
                "the client did not come back");
    }

    /** What a clock that is set forward by a year has let fall due runs once, and nothing runs because it is set back. */
    private void awaitRuns(int count) {
        assertTrue(comes(() -> runs().size() >= count && runs().get(0).get("state").asText().equals("done")), () -> "the policy did not run: " + runs());
        assertEquals(count, runs().size(), () -> runs().toString());
    }

    private JsonNode runs() {
        return server.json(0, "policy", "show", "daily").get("last");
    }

    private static boolean comes(BooleanSupplier wanted) {
        for (long end = System.nanoTime() + LIMIT.toNanos(); System.nanoTime() < end; LockSupport.parkNanos(100_000_000)) {
            if (wanted.getAsBoolean()) {
                return true;
            }
        }
        return false;
    }

    private JsonNode clock() {
        return server.json(0, "server", "status").get("clock");
    }

    private static boolean isNear(Instant expected, String actual) {
        return Duration.between(expected, Instant.parse(actual)).abs().compareTo(NEAR) < 0;
    }

    private static void assertNear(Instant expected, String actual) {
        assertTrue(isNear(expected, actual), "expected about " + expected + ", found " + actual);
    }

    private String savesAndRestores(String name, String... options) throws Exception {
        Path source = workspace.directory(name);
        Files.writeString(source.resolve("file"), name);
        String snapshot = server.backup(source, options);
        assertEquals(name, Files.readString(server.restore(snapshot, source, workspace.path("restored-" + name)).resolve("file")));
        return snapshot;
    }

    private void whileItRuns(Azekura client) throws Exception {
        savesAndRestores("right", "--client", "c1");
        server.json(0, "save-set", "create", "daily", "--client", "c1", "--include", workspace.path("right").toString());
        String inHalfADay = LocalTime.now().plusHours(12).truncatedTo(ChronoUnit.MINUTES).toString();
        server.json(0, "policy", "create", "daily", "--save-set", "daily", "--pool", "default", "--schedule", "daily " + inHalfADay, "--keep", "last=1");
        for (String by : List.of(NEXT_YEAR, LAST_YEAR)) {
            jump(by);
            assertNear(Instant.now(), clock().get("retentionTime").asText());
            assertTrue(server.json(0, "status").get("warnings").toString().contains("365 days " + (by.equals(NEXT_YEAR) ? "ahead" : "behind")));
            if (by.equals(NEXT_YEAR)) {
                awaitRuns(1);
                // each job makes a new connection to the node; this makes one to the server
                client.down();
                client.call("up", "--detach", "--role", "client").exits(0);
                awaitClient();
            }
            savesAndRestores("set" + by, "--client", "c1");
        }
        jump(NEXT_YEAR);
        awaitRuns(2);
        String code = server.json(0, "client", "enrol", "--name", "c2", "--role", "client").get("code").asText();
        new Azekura(workspace.path("another"), List.of(), Map.of("LC_ALL", "C.UTF-8")).call("join", Files.readString(server.home.resolve("run/url")).strip(),
                code, "--role", "client", "--no-start").exits(0);
        for (JsonNode host : server.json(0, "client", "list")) {
            switch (host.get("name").asText()) {
                case "c1" -> assertNear(Instant.now().plus(Duration.ofDays(90)), host.get("expires").asText());
                // good by both, where nobody has confirmed the time
                case "c2" -> assertTrue(Instant.parse(host.get("expires").asText()).isAfter(Instant.now().plus(Duration.ofDays(89))), host::toString);
                default -> {}
            }
        }
        JsonNode snapshots = server.json(0, "snapshot", "list");
        assertEquals(5, snapshots.size(), "nothing expires because the clock was set");
        for (JsonNode snapshot : snapshots) {
            assertNear(Instant.now(), snapshot.get("time").asText());
        }
    }

    private void overARestart(boolean ntp) throws Exception {
        server.up();
        JsonNode frozen = clock();
        assertEquals("frozen", frozen.get("state").asText());
        assertNear(Instant.now(), frozen.get("retentionTime").asText());
        assertTrue(frozen.get("advice").asText().contains("azekura server clock confirm"), frozen::toString);
        String snapshot = savesAndRestores("frozen");
        assertNear(Instant.now(), server.json(0, "snapshot", "show", snapshot).get("time").asText());
        if (ntp) {
            // the kernel knows better
            assertTrue(server.call("server", "clock", "confirm").exits(4).oneErrorLine().contains("ntp says"));
            return;
        }
        assertEquals("[\"admin\"]", server.json(0, "server", "clock", "confirm").get("by").toString());
        assertNear(Instant.now().plus(YEAR), clock().get("retentionTime").asText());
        // what was received while nobody knew the time is not a year old
        assertNear(Instant.now().plus(YEAR), server.json(0, "snapshot", "show", snapshot).get("time").asText());
    }
}
