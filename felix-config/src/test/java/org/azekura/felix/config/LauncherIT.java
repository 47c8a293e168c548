package org.azekura.felix.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher as a process, with what the build put together. */
class LauncherIT {

    private static final Duration STOP = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    @Test
    void startsEveryRoleRefusesASecondAndStopsOnSigterm() throws Exception {
        Path home = folder.resolve("home");
        Instant begin = Instant.now();
        try (var first = Launched.start(Distribution.FOLDER, "--home", home.toString(), "--port", "0")) {
            String login = first.line();
            assertTrue(login != null && login.matches("first login: user admin, password [a-z2-9-]{23} .*"), () -> login + first.terminate().errors());
            String ready = first.line();
            assertTrue(ready != null && ready.matches("ready https://127\\.0\\.0\\.1:[1-9][0-9]*"), () -> ready + first.terminate().errors());
            System.out.println("ready after " + seconds(begin) + " s");
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(home)));

            try (var second = Launched.start(Distribution.FOLDER, "--home", home.toString(), "--port", "0")) {
                assertEquals(1, second.exitCode());
                assertOneLine(second, "in use by process " + first.pid());
            }

            Instant told = Instant.now();
            assertEquals(0, first.terminate().exitCode());
            System.out.println("stopped after " + seconds(told) + " s");
            assertTrue(Duration.between(told, Instant.now()).compareTo(STOP) < 0);
            assertEquals("", first.errors());
            assertNowhere(home, login.split("password ")[1].substring(0, 23));
        }
    }

    /** As the appliance's unit starts it: what is on standard output is a log there. */
    @Test
    void showsTheFirstLoginInAFileInPlaceOfStandardOutputAndTakesItAwayAtTheEnd() throws Exception {
        Path home = folder.resolve("home");
        Path file = folder.resolve("first");
        try (var launched = Launched.start(Distribution.FOLDER, "--home", home.toString(), "--port", "0", "--first-login", file.toString())) {
            String ready = launched.line();
            assertTrue(ready != null && ready.startsWith("ready https://"), () -> ready + launched.terminate().errors());
            List<String> login = Files.readAllLines(file);
            assertEquals("admin", login.getFirst());
            assertTrue(login.get(1).matches("[a-z2-9-]{23}"), login::toString);
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            assertEquals(0, launched.terminate().exitCode());
            assertEquals("", launched.errors());
            assertFalse(Files.exists(file));
            assertNowhere(home, login.get(1));
        }
    }

    /** As a set-up file lays it down; who laid it there knows it. */
    @Test
    void showsNoFirstLoginWhereItsPasswordWasSaidBeforehand() throws Exception {
        Path home = folder.resolve("home");
        Path file = Files.writeString(Files.createDirectories(home.resolve("etc")).resolve("first-password"), "violet-harbour-71-lamps\n");
        try (var launched = Launched.start(Distribution.FOLDER, "--home", home.toString(), "--port", "0")) {
            String ready = launched.line();
            assertTrue(ready != null && ready.startsWith("ready https://"), () -> ready + launched.terminate().errors());
            assertFalse(Files.exists(file));
            assertEquals(0, launched.terminate().exitCode());
            assertNowhere(home, "violet-harbour-71-lamps");
        }
    }

    @Test
    void saysWhyThePasswordThatWasSaidBeforehandWasNotTaken() throws Exception {
        Path home = folder.resolve("home");
        Path file = folder.resolve("first");
        Files.writeString(Files.createDirectories(home.resolve("etc")).resolve("first-password"), "password123456\n");
        try (var launched = Launched.start(Distribution.FOLDER, "--home", home.toString(), "--port", "0", "--first-login", file.toString())) {
            String ready = launched.line();
            assertTrue(ready != null && ready.startsWith("ready https://"), () -> ready + launched.terminate().errors());
            List<String> login = Files.readAllLines(file);
            assertTrue(login.size() == 3 && login.get(2).startsWith("a password has 12 to 200 characters"), login::toString);
        }
    }

    /** Not in a log either. */
    private static void assertNowhere(Path home, String secret) throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertFalse(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(secret), file + " has the first password in it");
            }
        }
    }

    @Test
    void startsANodeAndAClientWhoseServerIsAway() throws Exception {
        Path home = joined("node/a", "client/a");
        try (var launched = Launched.start(Distribution.FOLDER, "--home", home.toString(), "--role", "node,client", "--host", "127.0.0.1",
                "--transport-port", "0", "--json")) {
            assertEquals("{\"url\":null,\"home\":\"" + home + "\"}", launched.line(), launched::errors);
            assertTrue(Files.readString(home.resolve("config/transport.port")).matches("[0-9]+\n"));
            assertEquals(0, launched.terminate().exitCode());
        }
    }

    /** The smallest heap that it is to be content with, and no role but the one that its certificate names. */
    @Test
    void startsAClientInItsHeapAndStopsIt() throws Exception {
        Path home = joined("client/web1");
        try (var launched = Launched.start(Distribution.FOLDER, List.of("-Xms16m", "-Xmx96m"), "--home", home.toString())) {
            Instant begin = Instant.now();
            assertEquals("ready", launched.line(), launched::errors);
            System.out.println("a client is ready after " + seconds(begin) + " s");
            assertFalse(Files.exists(home.resolve("node")));
            assertFalse(Files.exists(home.resolve("config/transport.port")));
            Instant told = Instant.now();
            assertEquals(0, launched.terminate().exitCode());
            assertTrue(Duration.between(told, Instant.now()).compareTo(STOP) < 0);
        }
    }

    @Test
    void refusesAHomeThatHasNotJoinedBeforeAnythingIsThere() throws Exception {
        Path home = folder.resolve("home");
        try (var launched = Launched.start(Distribution.FOLDER, "--home", home.toString(), "--role", "client")) {
            assertEquals(1, launched.exitCode());
            assertOneLine(launched, "has not joined a server; first, with a code from \"azekura client enrol\" there: azekura join URL CODE --role client");
            assertFalse(Files.exists(home));
        }
    }

    @Test
    void aRestartListensForOtherHostsWhereTheyLookForIt() throws Exception {
        Path home = joined("node/a");
        Path port = home.resolve("config/transport.port");
        startOnce(home);
        String first = Files.readString(port);
        startOnce(home);
        assertEquals(first, Files.readString(port));
        try (var taken = new ServerSocket(Integer.parseInt(first.strip()));
                var launched = Launched.start(Distribution.FOLDER, "--home", home.toString())) {
            assertEquals(1, launched.exitCode());
            assertOneLine(launched, "port " + taken.getLocalPort() + ": Address already in use; hosts that joined look for this one there");
        }
    }

    /** A home whose server is where nobody listens. */
    private Path joined(String... names) throws Exception {
        Path home = Files.createDirectory(folder.resolve("home"));
        Certified.as("tls:127.0.0.1:1/server", names).save(home);
        return home;
    }

    @Test
    void bringsConfigurationFilesIntoTheStoreAndTakesOutWhatIsGone() throws Exception {
        Path home = joined("node/a");
        Path file = Files.createDirectories(home.resolve("etc")).resolve("mine.json");
        Files.writeString(file, "{\"a.b~one\": {\"k:Integer\": 5}, \"c.d\": {\"t\": \"x\"}}");
        startOnce(home);
        assertTrue(Files.readString(home.resolve("config/a/b%007eone.config")).contains("k=I\"5\""));
        Files.writeString(file, "{\"c.d\": {\"t\": \"y\"}}");
        startOnce(home);
        assertFalse(Files.exists(home.resolve("config/a/b%007eone.config")));
        assertTrue(Files.readString(home.resolve("config/c/d.config")).contains("t=\"y\""));
    }

    private static void startOnce(Path home) throws Exception {
        try (var launched = Launched.start(Distribution.FOLDER, "--home", home.toString(), "--role", "node", "--port", "0")) {
            assertEquals("ready", launched.line(), launched::errors);
            assertEquals(0, launched.terminate().exitCode());
        }
    }

    @Test
    void refusesABrokenConfigurationFileBeforeAnythingStarts() throws Exception {
        Path home = folder.resolve("home");
        Path file = Files.createDirectories(home.resolve("etc")).resolve("mine.json");
        Files.writeString(file, "{\n  \"org.azekura.client\": {\n    \"threads:Integer\": two\n  }\n}\n");
        try (var launched = Launched.start(Distribution.FOLDER, "--home", home.toString())) {
            assertEquals(2, launched.exitCode());
            assertOneLine(launched, file + ", line 3: ");
            assertFalse(Files.exists(home.resolve("run/framework")));
        }
    }

    @Test
    void saysAtOnceWhyTheServerCannotStart() throws Exception {
        Path home = Files.createDirectory(folder.resolve("home"));
        Files.createFile(home.resolve("lock"));
        Files.writeString(home.resolve("token"), "short");
        try (var launched = Launched.start(Distribution.FOLDER, "--home", home.toString(), "--port", "0")) {
            assertEquals(1, launched.exitCode());
            assertOneLine(launched, "azekura: up: " + home.resolve("token") + " has 5 characters");
        }
    }

    @Test
    void refusesWrongUsageWithOneLine() throws Exception {
        Path home = folder.resolve("home");
        try (var launched = Launched.start(Distribution.FOLDER, "--home", home.toString(), "--role", "tape")) {
            assertEquals(2, launched.exitCode());
            assertOneLine(launched, "--role takes server, node and client");
            assertFalse(Files.exists(home));
        }
    }

    @Test
    void namesTheBundleThatMissesAPackage() throws Exception {
        Path distribution = distributionWithout("jackson-databind");
        try (var launched = Launched.start(distribution, "--home", joined("node/a").toString(), "--role", "node")) {
            assertEquals(1, launched.exitCode());
            assertOneLine(launched, "is not active: misses osgi.wiring.package; (&(osgi.wiring.package=com.fasterxml.jackson.databind)");
        }
    }

    @Test
    void namesABundleWhoseJarIsMissing() throws Exception {
        Path distribution = distributionWithout("nothing");
        Files.writeString(distribution.resolve("roles/node.bundles"), "25 org.azekura.driver.absent\n");
        try (var launched = Launched.start(distribution, "--home", joined("node/a").toString(), "--role", "node")) {
            assertEquals(1, launched.exitCode());
            assertOneLine(launched, "org.azekura.driver.absent.jar is missing");
        }
    }

    /** The built distribution with bundle lists of its own, from which one jar is struck out. */
    private Path distributionWithout(String jar) throws IOException {
        Path distribution = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "distribution");
        for (String part : List.of("bundles", "etc")) {
            Files.createSymbolicLink(distribution.resolve(part), Distribution.FOLDER.resolve(part));
        }
        // Copied: the launcher looks for the other parts beside its own jar.
        Path lib = Files.createDirectories(distribution.resolve("lib"));
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(Distribution.FOLDER.resolve("lib"))) {
            for (Path file : jars) {
                Files.copy(file, lib.resolve(file.getFileName()));
            }
        }
        Path roles = Files.createDirectories(distribution.resolve("roles"));
        for (String role : Distribution.EVERY_ROLE) {
            List<String> lines = Files.readAllLines(Distribution.roles().resolve(role + ".bundles"));
            Files.write(roles.resolve(role + ".bundles"), lines.stream().filter(line -> !line.endsWith(" " + jar)).toList());
        }
        return distribution;
    }

    private static void assertOneLine(Launched launched, String part) {
        String errors = launched.errors();
        assertEquals(1, errors.lines().count(), errors);
        assertTrue(errors.contains(part), errors);
    }

    private static double seconds(Instant since) {
        return Duration.between(since, Instant.now()).toMillis() / 1000.0;
    }
}
