package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who measures the product must be measured first. */
class TreeIT {

    @Test
    void theIndependentWalkSeesEveryChangeAndNothingElse() throws Exception {
        Path trees = Files.createDirectories(Path.of("target/trees").toAbsolutePath());
        Run run = Run.of(Duration.ofMinutes(3), Path.of("src/test/python"), Map.of("TREES", trees.toString()), List.of("python3", "tree_test.py"));
        run.exits(0);
        assertTrue(run.err().contains("Ran 6 tests") && run.err().contains("OK"), run::toString);
    }
}
