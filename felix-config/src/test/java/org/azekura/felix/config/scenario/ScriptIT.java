package org.azekura.felix.config.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the script decides itself, before a program of ours runs. */
@Timeout(300)
class ScriptIT {

    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final Path SCRIPT = Path.of("../azekura").toAbsolutePath().normalize();

    private Workspace workspace;

    @BeforeEach
    void makeFolder() throws Exception {
        workspace = new Workspace(ScriptIT.class);
    }

    @AfterEach
    void clean() {
        workspace.close();
    }

    private Run script(Path script, Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        return Run.of(LIMIT, workspace.directory("working"), environment, command);
    }

    @Test
    void anEmptyNameIsNoHome() throws Exception {
        for (String command : List.of("up", "down", "quickstart", "status")) {
            String line = script(SCRIPT, Map.of(), command, "--home", "").exits(2).oneErrorLine();
            assertTrue(line.startsWith("azekura: --home takes a directory"), line);
            line = script(SCRIPT, Map.of("AZEKURA_HOME", ""), command).exits(2).oneErrorLine();
            assertTrue(line.startsWith("azekura: AZEKURA_HOME is empty"), line);
        }
        assertEquals(0, workspace.directory("working").toFile().list().length);
    }

    @Test
    void aFolderOfOthersStaysAsItIs() throws Exception {
        Path folder = workspace.directory("mine");
        Files.writeString(folder.resolve("letter"), "dear all");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        String line = script(SCRIPT, Map.of(), "up", "--detach", "--home", folder.toString()).exits(1).oneErrorLine();
        assertTrue(line.contains(folder + " is not empty"), line);
        assertEquals("rwxr-xr-x", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
        assertEquals(List.of("letter"), List.of(folder.toFile().list()));
    }

    @Test
    void upAndDownAnswerInJson() throws Exception {
        String home = workspace.path("home").toString();
        try {
            JsonNode up = new ObjectMapper().readTree(script(SCRIPT, Map.of(), "up", "--detach", "--json", "--port", "0", "--home", home).exits(0).out());
            assertTrue(up.get("url").asText().matches("https://127\\.0\\.0\\.1:[0-9]+"), up::toString);
            assertEquals(home, up.get("home").asText());
        } finally {
            assertEquals("{\"stopped\":true}\n", script(SCRIPT, Map.of(), "down", "--json", "--home", home).exits(0).out());
        }
        assertEquals("{\"stopped\":false}\n", script(SCRIPT, Map.of(), "down", "--json", "--home", home).exits(0).out());
    }

    @Test
    void onlyOneBuildRunsAndNoClientStartsOne() throws Exception {
        Path checkout = checkout();
        Path script = checkout.resolve("azekura");
        Map<String, String> environment = Map.of("PATH", checkout.resolve("bin") + ":" + System.getenv("PATH"),
                "JAVA_HOME", System.getProperty("java.home"));
        String line = script(script, environment, "status").exits(1).oneErrorLine();
        assertEquals("azekura: not built yet; run: " + script + " build", line);
        assertTrue(Files.notExists(checkout.resolve("runs")));

        // it holds at the pipe until somebody writes
        Process first = Run.start(checkout, environment, List.of(script.toString(), "build"));
        BufferedReader firstLines = new BufferedReader(new InputStreamReader(first.getErrorStream(), UTF_8));
        assertEquals("building", firstLines.readLine());
        Process second = Run.start(checkout, environment, List.of(script.toString(), "build"));
        BufferedReader secondLines = new BufferedReader(new InputStreamReader(second.getErrorStream(), UTF_8));
        assertEquals("azekura: another build runs; waiting for its end", secondLines.readLine());
        Files.writeString(checkout.resolve("pipe"), "go on\n");
        assertEquals(0, first.waitFor());
        assertEquals(0, second.waitFor());
        assertNull(secondLines.readLine());
        assertEquals("run\n", Files.readString(checkout.resolve("runs")));
    }

    /** A checkout without sources, and a Maven that waits, then puts there what a build does. */
    private Path checkout() throws Exception {
        Path checkout = workspace.directory("checkout");
        Files.copy(SCRIPT, checkout.resolve("azekura"));
        Files.createFile(checkout.resolve("pom.xml"));
        Files.createDirectory(checkout.resolve("felix-config"));
        Run.of(LIMIT, "mkfifo", checkout.resolve("pipe").toString()).exits(0);
        Path maven = Files.createDirectory(checkout.resolve("bin")).resolve("mvn");
        Files.writeString(maven, """
                #!/bin/sh
                cd %s
                echo run >>runs
                echo building >&2
                read -r word <pipe
                mkdir -p felix-config/target/azekura/bundles felix-config/target/azekura/lib
                touch felix-config/target/azekura/lib/org.azekura.felix.config.jar felix-config/target/azekura/lib/org.azekura.cli.jar
                """.formatted(checkout));
        Files.setPosixFilePermissions(maven, PosixFilePermissions.fromString("rwxr-xr-x"));
        return checkout;
    }
}
