package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.azekura.testkit.Seeds;
import org.junit.jupiter.api.Test;

/** The web console as a person meets it, in a real browser. The steps are scripts in {@code bundles/console/browser}; pictures of all pages stay in {@code target/screenshots}. */
class ConsoleIT {

    private static final Path SCRIPTS = Path.of("../bundles/console/browser").toAbsolutePath().normalize();
    private static final Duration LIMIT = Duration.ofMinutes(20);

    @Test
    void aPersonComesToABackupAndSeesEveryPage() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/chromium")), "the Debian package chromium is missing");
        assumeTrue(Files.isDirectory(Path.of("/usr/share/fonts/opentype/noto")), "the Debian package fonts-noto-cjk is missing");
        try (var workspace = new Workspace(ConsoleIT.class); var azekura = Azekura.in(workspace.path("home"))) {
            // the provider of the walk is on loopback
            Files.writeString(Files.createDirectories(azekura.home.resolve("etc")).resolve("org.azekura.access.json"), "{\"org.azekura.access\": {\"localProvider\": true}}");
            azekura.up();
            Path pictures = Path.of("target/screenshots").toAbsolutePath();
            Path packages = workspace.directory("packages");
            var versions = new DiskVersions(packages);
            versions.good("7.0.0");
            versions.broken("7.1.0");
            Run run = Run.of(LIMIT, SCRIPTS, Map.of("AZEKURA_SLOW", Boolean.toString(Seeds.slow())), List.of("node", "main.mjs", azekura.home.toString(), pictures.toString(), packages.toString()));
            System.out.print(run.out());
            List<String> failed = new ArrayList<>();
            for (String line : run.outLines()) {
                var step = new ObjectMapper().readTree(line);
                if (step.has("failed")) {
                    failed.add(step.get("step").asText() + ": " + step.get("failed").asText());
                }
            }
            assertEquals("", String.join("\n", failed));
            run.exits(0);
        }
    }
}
