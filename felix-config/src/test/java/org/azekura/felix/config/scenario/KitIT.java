package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an author of drivers does, from the page that tells how to the appliance that takes his driver, and what it does not take. */
@ExtendWith(Shared.class)
@Timeout(600)
class KitIT {

    private static final Duration LIMIT = Duration.ofSeconds(200);
    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

    @Test
    void signsAPackageOfTheBuildAnewAndTriesItOnADevice() throws Exception {
        try (Workspace workspace = new Workspace(KitIT.class)) {
            Path working = workspace.directory("working");
            driver(working, "key", "mine", "--name", "Fine Drivers").exits(0);
            Path built = PROJECT.resolve("drivers/disk/target/disk-0.1.0.azd");
            assertTrue(Files.isRegularFile(built), () -> "the build has made no " + built);
            assertEquals("signed.azd", driver(working, "sign", built.toString(), "--key", "mine", "--to", "signed.azd").exits(0).out().strip());
            JsonNode report = new ObjectMapper().readTree(driver(working, "test", "signed.azd", "--set", "path=" + working.resolve("device"), "--json").exits(0).out());
            assertEquals("disk", report.get("driver").asText());
            assertTrue(report.get("passed").asInt() >= 16 && report.get("failed").asInt() == 0, report::toString);
            byte[] changed = Files.readAllBytes(working.resolve("signed.azd"));
            changed[changed.length / 2] ^= 1;
            Files.write(working.resolve("signed.azd"), changed);
            String line = driver(working, "test", "signed.azd", "--set", "path=/x").exits(4).oneErrorLine();
            assertTrue(line.contains("the driver package is refused: it was tampered with"), line);
        }
    }

    @Test
    void theDriverOfThePageForAuthorsKeepsItsContractAndRunsLive(Azekura azekura) throws Exception {
        try (Workspace workspace = new Workspace(KitIT.class)) {
            AuthorsPage.follow(PROJECT.resolve("drivers/README.md"), workspace.directory("author"), azekura);
            JsonNode shelf = row(azekura, "shelf");
            assertEquals(List.of("1.1.0", "Fine Drivers", "active", ""), Stream.of("version", "publisher", "state", "problem").map(key -> shelf.get(key).asText()).toList());
            String line = azekura.call("driver", "remove", "shelf").exits(4).oneErrorLine();
            assertTrue(line.contains("attic"), line);
        }
    }

    @Test
    void whatIsSpoiledIsRefusedWithItsReasonAndChangesNothing(Azekura azekura) throws Exception {
        try (Workspace workspace = new Workspace(KitIT.class)) {
            SpoiledPackages packages = new SpoiledPackages(workspace.directory("packages"));
            azekura.call("driver", "trust", "add", packages.certificate().toString()).exits(0);
            Path first = packages.whole("box", "1.0.0");
            azekura.call("driver", "install", first.toString()).exits(0);
            List<String> before = drivers(azekura);
            for (SpoiledPackages.Spoiled one : packages.all("crate", "1.0.0", "disk")) {
                assertRefused(azekura, before, one, "driver", "install");
            }
            for (SpoiledPackages.Spoiled one : packages.all("box", "2.0.0", "disk")) {
                assertRefused(azekura, before, one, "driver", "update");
            }
            if (!Tree.ROOT) {
                Path closed = Files.createFile(workspace.path("closed.azd"), PosixFilePermissions.asFileAttribute(Set.of()));
                assertRefused(azekura, before, new SpoiledPackages.Spoiled(closed, 2, "permission to read it is denied"), "driver", "install");
            }
            assertRefused(azekura, before, new SpoiledPackages.Spoiled(first, 4, "driver box is here already"), "driver", "install");
            assertRefused(azekura, before, new SpoiledPackages.Spoiled(first, 4, "1.0.0 is here, and only a newer one takes its place"), "driver", "update");
            assertRefused(azekura, before, new SpoiledPackages.Spoiled(packages.whole("box", "0.9.9"), 4, "only a newer one takes its place"), "driver", "update");
            Path next = packages.whole("box", "2.0.0");
            assertRefused(azekura, before, new SpoiledPackages.Spoiled(next, 4, "token"), "driver", "update", "--token", "wrong");
            azekura.call("driver", "update", next.toString()).exits(0);
            assertEquals("2.0.0", row(azekura, "box").get("version").asText());
            azekura.call("driver", "remove", "box").exits(0);
        }
    }

    private static void assertRefused(Azekura azekura, List<String> before, SpoiledPackages.Spoiled spoiled, String... command) throws Exception {
        List<String> call = new ArrayList<>(List.of(command));
        call.add(spoiled.file().toString());
        String line = azekura.call(call.toArray(String[]::new)).exits(spoiled.exit()).oneErrorLine();
        assertTrue(line.contains(spoiled.said()), () -> "\"" + spoiled.said() + "\" is not said: " + line);
        assertTrue(line.startsWith("azekura: " + spoiled.file() + ": ") || line.contains("token"), line);
        assertEquals(before, drivers(azekura), line);
    }

    /** What is installed, and each file of it. */
    private static List<String> drivers(Azekura azekura) throws Exception {
        List<String> all = new ArrayList<>(List.of(Rest.get(azekura, "drivers").toString()));
        Azekura.files(azekura.home.resolve("drivers")).forEach((name, size) -> all.add(name + " " + size));
        return all;
    }

    @Test
    void developmentModeLetsInWhatNobodyHasSignedAndTellsOfIt(Azekura azekura) throws Exception {
        try (Workspace workspace = new Workspace(KitIT.class)) {
            SpoiledPackages packages = new SpoiledPackages(workspace.directory("packages"));
            azekura.call("driver", "trust", "add", packages.certificate().toString(), "--name", "Of development").exits(0);
            azekura.call("driver", "trust", "development", "on").exits(0);
            String file = packages.unsigned("draft", "1.0.0").toString();
            azekura.call("driver", "install", file).exits(0);
            String listed = azekura.call("driver", "list").exits(0).out();
            assertTrue(listed.contains("(unsigned)") && listed.matches("(?s).*development mode is on since .*, by .*let in.*"), listed);
            String warnings = azekura.json(0, "status").get("warnings").toString();
            assertTrue(warnings.matches(".*development mode is on since .*, by .*driver trust development off.*"), warnings);

            azekura.call("driver", "trust", "development", "off").exits(0);
            String line = azekura.call("driver", "update", packages.unsigned("draft", "1.1.0").toString()).exits(4).oneErrorLine();
            assertTrue(line.contains("it is unsigned; its publisher signs it"), line);
            assertEquals("1.0.0 unsigned false", signature(azekura));
            azekura.call("driver", "update", packages.whole("draft", "1.1.0").toString()).exits(0);
            assertEquals("1.1.0 Spoiled Drivers true", signature(azekura));
            azekura.call("driver", "remove", "draft").exits(0);
            assertFalse(azekura.json(0, "status").get("warnings").toString().contains("development mode"));
            String log = Files.readString(azekura.home.resolve("log/azekura.log"));
            assertTrue(log.contains("development mode is on since ") && log.contains("development mode is off since "), "the log does not tell who turned it on and off");
        }
    }

    private static String signature(Azekura azekura) throws Exception {
        JsonNode draft = row(azekura, "draft");
        return draft.get("version").asText() + " " + draft.get("publisher").asText() + " " + draft.get("signed").asBoolean();
    }

    private static JsonNode row(Azekura azekura, String driver) throws Exception {
        return StreamSupport.stream(Rest.get(azekura, "drivers").spliterator(), false).filter(row -> row.get("name").asText().equals(driver)).findFirst().orElseThrow();
    }

    private static Run driver(Path working, String... arguments) {
        List<String> command = new ArrayList<>(List.of(PROJECT + "/azekura", "driver"));
        command.addAll(List.of(arguments));
        return Run.of(LIMIT, working, Map.of(), command);
    }
}
