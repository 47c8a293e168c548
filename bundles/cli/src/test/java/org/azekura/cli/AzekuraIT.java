package org.azekura.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar as it is built, alone, as a process of its own. */
class AzekuraIT {

    @TempDir
    Path home;
    private FakeAppliance appliance;

    @BeforeEach
    void start() throws Exception {
        appliance = new FakeAppliance(home);
    }

    @AfterEach
    void stop() {
        appliance.stop();
    }

    @Test
    void runsAloneAndSpeaksToTheAppliance() throws Exception {
        appliance.on("GET jobs", 200, "[{\"id\":1,\"error\":\"校倉\"}]");
        String out = run(0, "job", "list", "--home", home.toString(), "--json");
        assertEquals("{\"id\":1,\"error\":\"校倉\"}", Json.read(out).path(0).toString().replaceAll("\"(kind|state|client|pool|started|ended|files|bytes)\":null,", ""));
    }

    @Test
    void endsWithTheExitCodeOfTheCommand() throws Exception {
        appliance.job("backup", "warned", null, "{\"snapshot\":\"s1\",\"job\":1,\"files\":0,\"bytes\":0,\"stored\":0,\"warnings\":[{\"path\":\"/x\",\"reason\":\"denied\"}]}");
        assertTrue(run(3, "backup", "/x", "--home", home.toString()).endsWith("\ns1\n"));
        run(2, "backup");
    }

    /** As one tree this answer alone would take more than the 40 MiB of the process. */
    @Test
    void tellsOfMoreFilesThanFitInMemory() throws Exception {
        StringBuilder listed = new StringBuilder("{\"snapshot\":null,\"job\":1,\"files\":600000,\"bytes\":0,\"stored\":0,\"warnings\":[],\"listed\":[");
        for (int i = 0; i < 600_000; i++) {
            listed.append(i == 0 ? "" : ",").append("\"/srv/data/").append(i).append('"');
        }
        appliance.job("backup", "done", null, listed.append("]}").toString());
        assertEquals(600_000, run(0, "backup", "--dry-run", "/srv/data", "--home", home.toString()).lines().count());
    }

    private static String run(int exit, String... args) throws IOException, InterruptedException {
        Path jar;
        try (var files = Files.list(Path.of("target"))) {
            jar = files.filter(file -> file.getFileName().toString().matches("org\\.azekura\\.cli-[0-9.]+\\.jar")).findFirst().orElseThrow();
        }
        List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", "-Xmx40m", "-jar", jar.toString()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        // names and texts must not depend on the caller's language
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(exit, process.exitValue());
        return out;
    }
}
