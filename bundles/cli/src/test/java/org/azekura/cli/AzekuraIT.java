package org.azekura.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import org.azekura.cli.text.Json;
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

    /** Counted, because a time would depend on the machine; each class is work in every call. */
    @Test
    void loadsNoMoreThanAShortCommandNeeds(@TempDir Path local) throws Exception {
        try (MadeUpAppliance small = new MadeUpAppliance(local)) {
            for (String command : List.of("status", "snapshot list", "backup /a", "restore 01a2 /a --to /b")) {
                Path log = home.resolve("classes");
                int exit = command.contains("/a") ? 3 : 0;
                String line = command + " --home " + small.home();
                runJava(exit, List.of("-Xlog:class+load:file=" + log), line.split(" "));
                List<String> loaded = Files.readAllLines(log);
                assertTrue(loaded.size() > 500 && loaded.size() < 2200, () -> command + " loads " + loaded.size() + " classes");
                for (String large : List.of(" sun.security.ssl.", " java.net.http.", " com.fasterxml.jackson.databind.ObjectMapper ", " org.bouncycastle.")) {
                    assertTrue(loaded.stream().noneMatch(loads -> loads.contains(large)), () -> command + " loads" + large);
                }
            }
        }
    }

    /** Else no call has the cache that it makes. */
    @Test
    void rehearsesEveryCommandWell() throws Exception {
        Path jar = jar();
        assertEquals("", runJava(0, List.of("-cp", jar.toString(), Rehearsal.class.getName())));
    }

    @Test
    void keepsPicocliOfAnAgeThatACacheTakes() throws Exception {
        try (JarFile jar = new JarFile(jar().toFile()); InputStream in = jar.getInputStream(jar.getEntry("picocli/CommandLine.class"))) {
            byte[] head = in.readNBytes(8);
            assertTrue(head[7] >= 50, () -> "class file version " + head[7]);
        }
    }

    private static String run(int exit, String... args) throws IOException, InterruptedException {
        return runJava(exit, List.of(), args);
    }

    /** @param options with {@code -cp} among them the main class is theirs, too */
    private static String runJava(int exit, List<String> options, String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", "-Xmx40m"));
        command.addAll(options);
        if (!options.contains("-cp")) {
            command.addAll(List.of("-jar", jar().toString()));
        }
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

    private static Path jar() throws IOException {
        try (var files = Files.list(Path.of("target"))) {
            return files.filter(file -> file.getFileName().toString().matches("org\\.azekura\\.cli-[0-9.]+\\.jar")).findFirst().orElseThrow();
        }
    }
}
