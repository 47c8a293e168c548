package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an author of drivers calls, on the package that the build has made. No appliance runs. */
@Timeout(300)
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

    private static Run driver(Path working, String... arguments) {
        List<String> command = new ArrayList<>(List.of(PROJECT + "/azekura", "driver"));
        command.addAll(List.of(arguments));
        return Run.of(LIMIT, working, Map.of(), command);
    }
}
